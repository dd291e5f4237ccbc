"""Between the password and the second factor: somebody who is known by half."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app, g, session

from bumen.errors import BusinessError
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.security.second_factor import CodeIsWrong, SecondFactor
from bumen.unit_of_work import current

_ = translator(__file__, "bumen")
WAITS = timedelta(minutes=5)
"""How long a password counts until the second factor is shown."""
MOST_WRONG = 10
"""After so many wrong codes the password is asked for again."""
_PENDING = "second"


class SecondFactorIsMissing(BusinessError):
    """The refusal of a password alone, where somebody has a second factor."""

    status, code = 401, "second_factor_is_missing"

    def __init__(self) -> None:
        super().__init__(_("Please send the code of your app, too."), field="code")


def has_second_factor(user: User) -> bool:
    """Whether the password alone lets nobody in as this person."""
    return current().session.get(SecondFactor, user.id) is not None


def begin_second(user: User) -> None:
    """Remember for some minutes that the password was right."""
    at = datetime.now(UTC).timestamp()
    session[_PENDING] = {"user": user.id, "epoch": user.epoch, "at": at}


def end_second() -> None:
    """Forget it again."""
    session.pop(_PENDING, None)


def may_try_again() -> bool:
    """Count a wrong code; after the last the password is forgotten, too."""
    pending = session.get(_PENDING) or {}
    wrong = pending.get("wrong", 0) + 1
    if wrong >= MOST_WRONG:
        end_second()
        return False
    session[_PENDING] = {**pending, "wrong": wrong}
    return True


def waits_for_second() -> str:
    """Return whose second factor is waited for, for counting attempts; "" when nobody's is."""
    return str((session.get(_PENDING) or {}).get("user", ""))


def user_of_second() -> Any:
    """Return who has shown the right password just now; None when it is too long ago."""
    pending = session.get(_PENDING)
    if not pending:
        return None
    age = datetime.now(UTC).timestamp() - pending["at"]
    user = current().session.get(User, pending["user"])
    if user is None or not user.active or user.epoch != pending["epoch"]:
        return None
    return user if 0 <= age <= WAITS.total_seconds() else None


def prove_second(user: User, code: str) -> None:
    """Count a code of somebody's as used; `CodeIsWrong` when it is none."""
    factor = current().session.get(SecondFactor, user.id, with_for_update=True)
    if factor is None:
        return
    try:
        factor.take(code, key=house_key(), at=datetime.now(UTC))
    except CodeIsWrong:
        g.wrong_code = True
        raise


def was_wrong() -> bool:
    """Whether this request sent a wrong code."""
    return "wrong_code" in g


def prove_by_program(user: User, code: Any) -> None:
    """Count the code a program has sent, where the person has a second factor."""
    if not has_second_factor(user):
        return
    if not isinstance(code, str) or not code:
        raise SecondFactorIsMissing
    prove_second(user, code)


def house_key() -> str:
    """Return what the secrets of second factors are kept under."""
    return str(current_app.config["SECRET_KEY"])
