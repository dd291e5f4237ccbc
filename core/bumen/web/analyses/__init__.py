"""Analyses on screens, in files and through the API."""
