"""A workbook to fill in: headings that explain themselves, and lists where there is a choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

import xlsxwriter

from bumen.exchange.safety import storable
from bumen.i18n import translator

_ = translator(__file__, "bumen")

_ROWS = 1_000
_LONGEST_TITLE = 31
_LONGEST_LIST = 255
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_workbook(
    title: str,
    headings: Sequence[str],
    helps: Sequence[str],
    choices: Sequence[Sequence[str]],
    file: IO[bytes],
) -> None:
    """Write the headings with a note each, and a second sheet that says the same to read."""
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bg_color": "#E8EDF5", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_titled(title))
    sheet.freeze_panes(1, 0)
    help_sheet = book.add_worksheet(_titled(str(_("Help"))))
    help_sheet.set_column(0, 0, 24)
    help_sheet.set_column(1, 1, 90)
    for place, (heading, help_, some) in enumerate(zip(headings, helps, choices, strict=True)):
        sheet.write_string(0, place, storable(heading), bold)
        sheet.set_column(place, place, max(12, min(32, 2 * len(heading) + 2)))
        said = "\n".join(
            [*([help_] if help_ else []), *([str(_(", ")).join(some)] if some else [])]
        )
        if said:
            sheet.write_comment(0, place, storable(said))
        help_sheet.write_string(place, 0, storable(heading), wrapped)
        help_sheet.write_string(place, 1, storable(said), wrapped)
        if some and len(",".join(some)) <= _LONGEST_LIST:
            sheet.data_validation(
                1, place, _ROWS, place, {"validate": "list", "source": list(some)}
            )
    book.close()


def _titled(title: str) -> str:
    return storable(title).translate(_NOT_IN_TITLES).strip()[:_LONGEST_TITLE] or "Sheet1"
