"""Second files on the pages of imports: lines come from them, sent, read otherwise, let go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, request

from bumen.errors import BusinessError, InvalidInput
from bumen.i18n import translator
from bumen.importing.second import add_lines_file, drop_lines_file, read_lines_again
from bumen.imports import Import
from bumen.imports.models import LONGEST_READING
from bumen.unit_of_work import committed, current
from bumen.web.importing.pages import import_page
from bumen.web.importing.viewing import found_import, page_of

_ = translator(__file__, "bumen")


def second_pages(pages: Blueprint) -> None:
    """Add what is done with second files to the pages of imports."""
    for name, deed in _DEEDS.items():
        address = f"/<int:ident>/lines/<lines>/{name}"
        pages.add_url_rule(address, f"lines_{name}", _done(deed), methods=["POST"])


def _add(kept: Import, lines: str) -> None:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise InvalidInput({"file": [_("Choose a file first.")]})
    add_lines_file(kept, lines, name=file.filename, content=file.stream)


def _read_again(kept: Import, lines: str) -> None:
    reading = {name: request.form.get(name, "") for name in LONGEST_READING}
    read_lines_again(kept, lines, **reading)


Deed = Callable[[Import, str], None]
_DEEDS: dict[str, Deed] = {"add": _add, "read": _read_again, "drop": drop_lines_file}
"""What is done with the file that lines come from."""


def _done(deed: Deed) -> Callable[[int, str], Any]:
    def done(ident: int, lines: str) -> Any:
        kept = found_import(ident)
        try:
            with committed(current()):
                deed(kept, lines)
        except BusinessError as wrong:
            current().rollback()
            return import_page(found_import(ident), refusal=wrong)
        return redirect(page_of(kept), 303)

    return done
