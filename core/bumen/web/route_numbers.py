"""Numbers in addresses: an address with one that no record can have leads nowhere."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

from bumen.values import BIGGEST_ID


class RecordNumber(IntegerConverter):
    """What stands for `<int:…>` in every address: the id of a record, of at most 64 bits."""

    regex = r"[0-9]{1,%d}" % len(str(BIGGEST_ID))  # noqa: UP031  # braces of its own

    def __init__(self, rules: Map) -> None:
        super().__init__(rules, max=BIGGEST_ID)


def bound_numbers(app: Flask) -> None:
    """Keep numbers in addresses within what databases can look for; before any are added."""
    app.url_map.converters["int"] = RecordNumber
