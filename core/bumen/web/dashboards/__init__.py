"""Dashboards on screens: at home, and of each department."""
