"""What people and programs are told when something is refused or fails."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_jwt_extended.exceptions import JWTExtendedException
from flask_wtf.csrf import CSRFError
from jwt.exceptions import PyJWTError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Conflict as Http409
from werkzeug.exceptions import HTTPException, MethodNotAllowed, ServiceUnavailable

from bumen.database import is_busy
from bumen.errors import BusinessError, NotSignedIn
from bumen.i18n import Text, translator
from bumen.unit_of_work import running
from bumen.web.answers import failure, refusal, when_again
from bumen.web.led_back import led_back
from bumen.web.requests import is_api

_ = translator(__file__, "bumen")
_log = logging.getLogger(__name__)

_SAID: dict[int, tuple[str, Text]] = {
    400: ("malformed", _("The request could not be understood.")),
    401: ("not_signed_in", _("Please sign in first.")),
    403: ("forbidden", _("You are not allowed to do this.")),
    404: ("not_found", _("This does not exist.")),
    405: ("method_not_allowed", _("This cannot be done here.")),
    409: ("conflict", _("Somebody else was faster. Please look again.")),
    413: ("too_large", _("The request is too large.")),
    415: ("malformed", _("The request must be JSON.")),
    429: ("too_many_requests", _("Too many attempts. Please wait a little and try again.")),
    503: ("busy", _("The system is busy. Please try again in a moment.")),
}
BUSY_FOR = 5
"""Seconds after which it is worth trying again when others hold the database."""
_LOST = {"40001", "40P01"}
"""PostgreSQL's words for a serialization failure and a deadlock."""
_TELLING = {"Allow", "Retry-After"}
_FAULT = (
    "fault",
    _("Something went wrong on our side. Nothing was changed. Please try again, or tell us."),
)


def answer_errors(app: Flask) -> None:
    """Answer refusals and faults in one shape each for people and programs."""
    app.register_error_handler(BusinessError, _on_refusal)
    app.register_error_handler(CSRFError, _on_forgery)
    app.register_error_handler(JWTExtendedException, _on_bad_token)
    app.register_error_handler(PyJWTError, _on_bad_token)
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(OperationalError, _on_lost_race)
    app.register_error_handler(StaleDataError, _on_stale)
    app.register_error_handler(Exception, _on_fault)
    app.after_request(_reshape)


def _undo() -> None:
    unit = running()
    if unit is not None:
        unit.rollback()


def _on_refusal(error: BusinessError) -> Any:
    _undo()
    if is_api():
        return refusal(error)
    if isinstance(error, NotSignedIn):
        flash(str(error.message), "info")
        return redirect(url_for("AuthDBView.login", next=request.full_path.rstrip("?")))
    told = page(error.status, str(error.message), at=error.fields)
    return told, error.status, when_again(error)


def _on_http(error: HTTPException) -> Any:
    _undo()
    status = error.code or 500
    if status < 400:
        return error
    if status == MethodNotAllowed.code and (place := led_back()):
        return redirect(place, 303)
    code, message = _SAID.get(status, _SAID[400] if status < 500 else _FAULT)
    if is_api():
        answered = failure(status, code=code, message=str(message))
    else:
        answered = Response(page(status, str(message)), status)
    told = {name: value for name, value in error.get_headers() if name in _TELLING}
    answered.headers.update(told)
    return answered


def _on_lost_race(error: OperationalError) -> Any:
    """Answer whoever met others in the database, and lost; anything else is a fault."""
    if is_busy(error):
        return _on_http(ServiceUnavailable(retry_after=BUSY_FOR))
    lost = getattr(error.orig, "sqlstate", None) in _LOST
    return _on_http(Http409()) if lost else _on_fault(error)


def _on_stale(_error: StaleDataError) -> Any:
    """Answer whoever changes what somebody else has changed at the same moment."""
    return _on_http(Http409())


def _on_forgery(_error: CSRFError) -> Any:
    _undo()
    message = _("The form has expired. Please go back, reload the page and send it again.")
    if is_api():
        return failure(400, code="csrf", message=str(message))
    return page(400, str(message)), 400


def _on_bad_token(_error: Exception) -> Any:
    _undo()
    return refusal(NotSignedIn())


def _on_fault(error: Exception) -> Any:
    """Log a fault with the request's id; show nobody what it was."""
    _undo()
    _log.error("request %s failed", g.get("request_id", "?"), exc_info=error)
    code, message = _FAULT
    if is_api():
        return failure(500, code=code, message=str(message))
    return page(500, str(message)), 500


def page(status: int, message: str, *, at: Iterable[str] = ()) -> str:
    """Return the page that says what went wrong, `at` which part of the address, where to go.

    When it went wrong on our side the page asks nobody anything that could go wrong again.
    """
    if status >= 500:
        plain = current_app.jinja_env.get_template("bumen/fault.html")
        return plain.render(status=status, message=message, request_id=g.get("request_id", ""))
    return render_template(
        "bumen/error.html",
        status=status,
        message=message,
        at=at,
        request_id=g.get("request_id", ""),
    )


def _reshape(response: Response) -> Response:
    """Give the errors of Flask-AppBuilder's own API the shape of ours."""
    if response.status_code < 400 or not is_api() or not response.is_json:
        return response
    try:
        body = json.loads(response.get_data())
    except ValueError:
        body = {}
    if isinstance(body, dict) and "error" in body:
        return response
    code, message = _SAID.get(response.status_code, _FAULT)
    shaped = failure(response.status_code, code=code, message=str(message))
    response.set_data(shaped.get_data())
    return response
