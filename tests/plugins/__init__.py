"""Small plugins to test the host with, by what they are good at."""

from bumen.registry import Candidate

LENDING = tuple(
    Candidate(name, f"tests.plugins.{name}") for name in ("shelves", "loans", "stubborn", "absent")
)
"""Shelves, loans that require them, one that fails to set up a company, one that is not there."""
