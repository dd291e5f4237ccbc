"""Telling whoever changed how the company counts that its deadlines take a while to follow."""

from __future__ import annotations

from flask import flash

from bumen.approvals.deadlines import is_worked_out
from bumen.i18n import translator

_ = translator(__file__, "bumen")


def say_that_deadlines_follow() -> None:
    """Say so where deadlines are being worked out beside the requests."""
    if is_worked_out():
        said = _("Deadlines that run are being worked out again in the background.")
        flash(str(said), "info")
