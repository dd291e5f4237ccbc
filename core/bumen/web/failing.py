"""How often somebody may fail to prove who it is."""

from __future__ import annotations

from typing import Any

from flask import Response, request, session
from flask_appbuilder.utils.limit import Limit
from flask_limiter.util import get_remote_address
from werkzeug.datastructures import MultiDict

from bumen.web.second_proof import waits_for_second, was_wrong

LOGINS = "10 per minute"
"""How often one address may fail to sign in as one person."""
SPRAYS = "100 per minute"
"""How often one address may fail, whoever it tries to be: an office shares one."""
CODES = "10 per minute; 50 per hour"
"""How often wrong codes may be sent for one person, from wherever they come."""


def failed(response: Response) -> bool:
    """Return whether an attempt to sign in failed: only those count."""
    return response.status_code in (400, 401)


def sent_wrong_code(_response: Response) -> bool:
    """Return whether a second factor was not proved: only those count against codes."""
    return was_wrong()


def signing_in() -> str:
    """Return whose attempts are counted together: those from one address for one name."""
    return f"{request.remote_addr} {_named()}"


def proving() -> str:
    """Return for whom a page is sent a code: who waits for the second factor, or is signed in.

    What is sent says nothing about it: whoever guesses would send another name each time.
    """
    own = waits_for_second() or session.get("_user_id")
    return f"person {own}" if own else get_remote_address()


def proving_by_program() -> str:
    """Return for whom a program sends a code: codes are looked at behind the password only."""
    return f"name {_named()}"


def _named() -> str:
    """Return the name that was sent, however it is written, as it signs the same person in."""
    sent: Any = request.get_json(silent=True) if request.is_json else request.form
    name = sent.get("username", "") if isinstance(sent, dict | MultiDict) else ""
    return str(name).casefold()[:200]


_POST = {"methods": ("POST",)}
FAILURES = [
    Limit(LOGINS, key_func=signing_in, deduct_when=failed, **_POST),
    Limit(SPRAYS, key_func=get_remote_address, deduct_when=failed, **_POST),
]
WRONG_CODES = [Limit(CODES, key_func=proving, deduct_when=sent_wrong_code, **_POST)]
WRONG_CODES_OF_PROGRAMS = [
    Limit(CODES, key_func=proving_by_program, deduct_when=sent_wrong_code, **_POST)
]
