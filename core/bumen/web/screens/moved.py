"""How what was moved in a view is answered: to its script in JSON, to a plain form by a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request

from bumen.errors import BusinessError
from bumen.i18n import Text
from bumen.web.answers import answer, refusal
from bumen.web.pages.addresses import url_sent
from bumen.web.screens.base import say_refusal

QUERY = "query"
"""The box of a form that says which list it was sent from."""
_SAID_THERE = {409, 422}
"""Refusals by a rule, or by somebody who was faster: said above the list."""


@dataclass(frozen=True)
class Asking:
    """Where something is asked that must be answered before anything is moved."""

    url: str


def answered(endpoint: str, move: Callable[[], Text | Asking]) -> Any:
    """Move something; say what was done, or why not, to whoever asked."""
    if not _by_script():
        return _back(endpoint, move)
    try:
        told = move()
    except BusinessError as why:
        return refusal(why)
    return redirect(told.url) if isinstance(told, Asking) else answer({"message": str(told)})


def _back(endpoint: str, move: Callable[[], Text | Asking]) -> Any:
    """Move something, and go back to where it was sent from."""
    try:
        told = move()
        if isinstance(told, Asking):
            return redirect(told.url)
        flash(str(told), "success")
    except BusinessError as why:
        if why.status not in _SAID_THERE:
            raise
        say_refusal(why)
    return redirect(url_sent(endpoint, request.form.get(QUERY, "")), 303)


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"
