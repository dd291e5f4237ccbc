"""What browsers keep for us: how pages look to whoever uses them, and nothing about anybody."""

from __future__ import annotations

from flask import Response, current_app

THEME = "bumen_theme"
"""Light, dark, or as the system is."""
FOLDED = "bumen_folded"
"""Which groups of the menu are folded up; js/menu.js writes it."""
STEPS_AWAY = "bumen_steps_away"
"""For which companies the first steps have been put away."""
_A_YEAR = 365 * 24 * 60 * 60


def keep(answered: Response, name: str, value: str) -> None:
    """Let the browser keep a value for a year, where no script and no other site reads it."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answered.set_cookie(name, value, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=secure)
