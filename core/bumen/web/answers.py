"""Answers to programs: JSON in one shape, errors included."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Response, g
from flask_babel.speaklater import LazyString

from bumen.errors import BusinessError


def plain(value: Any) -> Any:
    """Return what JSON cannot hold as what it can: decimals as text, times with their offset."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | LazyString):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not go into JSON")


def dumped(body: Any) -> str:
    """Return the JSON text of an answer."""
    return json.dumps(body, default=plain, ensure_ascii=False, separators=(",", ":"))


def answer(body: Any, status: int = 200) -> Response:
    """Answer in JSON; half a character that somebody sent is named as JSON writes it: \\ud800."""
    told = dumped(body).encode("utf-8", "backslashreplace")
    return Response(told, status=status, mimetype="application/json")


def refusal(error: BusinessError) -> Response:
    """Answer with the reason of a refusal, in the language of the moment."""
    fields = {name: [str(one) for one in said] for name, said in error.fields.items()}
    told = failure(error.status, code=error.code, message=str(error.message), fields=fields)
    told.headers.update(when_again(error))
    return told


def when_again(error: BusinessError) -> dict[str, str]:
    """Return the header that says when to try again, where waiting is all it takes."""
    return {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}


def failure(
    status: int, *, code: str, message: str, fields: dict[str, list[str]] | None = None
) -> Response:
    """Answer with an error in the shape of all errors."""
    error = {
        "code": code,
        "message": message,
        "fields": fields or {},
        "request_id": g.get("request_id", ""),
    }
    return answer({"error": error}, status)
