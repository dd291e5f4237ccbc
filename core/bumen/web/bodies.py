"""What programs send: a JSON object with exact numbers, or a clear refusal."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from flask import request

from bumen.errors import Malformed
from bumen.i18n import translator

_ = translator(__file__, "bumen")


def body() -> dict[str, Any]:
    """Return the JSON object of a request, decimals exact; `Malformed` when there is none."""
    if not request.is_json:
        raise Malformed(_("The request must be a JSON object."))
    try:
        text = request.get_data().decode()
        found = json.loads(text, parse_float=Decimal, parse_constant=_no)
    except (ValueError, RecursionError, ArithmeticError):
        raise Malformed(_("The request must be a JSON object.")) from None
    if not isinstance(found, dict):
        raise Malformed(_("The request must be a JSON object."))
    return found


def _no(constant: str) -> Any:
    raise ValueError(constant)
