"""Approvals on pages and in the API: who is asked, what was said, and a company's own rules."""
