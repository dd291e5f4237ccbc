"""What becomes of a form that was sent: written, or shown again with what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import flash, redirect

from bumen.errors import BusinessError
from bumen.i18n import Text
from bumen.unit_of_work import committed, current
from bumen.web.people.forms import AccountForm

Made = TypeVar("Made")
Shown = Callable[[Any], Any]
"""Shows a form, with the sentences that belong to none of its boxes."""


def written(
    form: AccountForm,
    write: Callable[[], Made],
    *,
    shown: Shown,
    after: Callable[[Made], Any],
) -> Any:
    """Write what was sent and answer with what comes after; or show the form again.

    `after` gets what `write` returned: a number or a name, as records are read anew by then.
    """
    if not form.validate():
        return shown(()), 422
    try:
        with committed(current()):
            made = write()
    except BusinessError as refusal:
        return shown(form.say(refusal)), refusal.status
    return after(made)


def done(deed: Callable[[], Any], *, said: Text, after: str, refused: str) -> Any:
    """Do what a button asked for and go on; or say at the page it came from why it was refused."""
    try:
        with committed(current()):
            deed()
    except BusinessError as refusal:
        flash(str(refusal.message), "danger")
        return redirect(refused)
    return told(said, after=after)


def told(said: Text, *, after: str) -> Any:
    """Say what has been done, at the page that comes after."""
    flash(str(said), "success")
    return redirect(after)
