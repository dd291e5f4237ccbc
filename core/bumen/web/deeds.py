"""What a page does with what is sent to it: all of it, and says so; or shows why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, flash, redirect
from sqlalchemy.exc import OperationalError

from bumen.database import is_busy
from bumen.errors import BusinessError, Conflict
from bumen.i18n import Text, translator
from bumen.unit_of_work import committed, current
from bumen.web.answers import answer, refusal

_ = translator(__file__, "bumen")
_Asked = ParamSpec("_Asked")


class OthersAreSaving(Conflict):
    """The refusal to foretell what comes of something while others save: the script asks again."""

    def __init__(self) -> None:
        super().__init__(_("The system is busy. Please try again in a moment."))


def carried_out(
    deed: Callable[[], Text], *, then: str, refused: Callable[[BusinessError], str]
) -> Any:
    """Do a deed in one go, say what it returns, and go on to `then`.

    What is refused is undone and shown by `refused`: the page again, with what was typed.
    """
    try:
        with committed(current()):
            said = deed()
    except BusinessError as why:
        return refused(why), why.status
    flash(str(said), "success")
    return redirect(then, 303)


def foretelling(made: Callable[_Asked, dict[str, Any]]) -> Callable[_Asked, Response]:
    """Answer a script with what would come of something, or why nothing; none of it is kept."""

    @wraps(made)
    def foretold(*args: _Asked.args, **named: _Asked.kwargs) -> Response:
        try:
            return answer(made(*args, **named))
        except BusinessError as why:
            return refusal(why)
        except OperationalError as error:
            if not is_busy(error):
                raise
            return refusal(OthersAreSaving())
        finally:
            current().rollback()

    foretold.keeps_nothing = True  # type: ignore[attr-defined]  # requests.py asks for it
    return foretold
