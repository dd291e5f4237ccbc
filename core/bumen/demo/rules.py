"""The rule book of a company of the demonstration, in the company's own script."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.resources import files

from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.regulations.content import ClauseRow, replace_content
from bumen.regulations.models import all_regulations, editions_of
from bumen.regulations.writing import publish_edition, write_regulation
from bumen.unit_of_work import company_now, session, today

_ = translator(__file__, "bumen")

CODE = "MKT-01"


def write_rules(*, by: User) -> None:
    """Give the company its rule book, in force since last year; what is there stays as it is."""
    if session().scalars(all_regulations().limit(1)).first() is not None:
        return
    locale = company_now().locale
    title = _("Rules of the marketing center").in_language(locale)
    regulation = write_regulation({"code": CODE, "title": title}, by=by)
    draft = session().scalars(editions_of(regulation.id)).one()
    replace_content(draft, _rows(locale), by=by)
    first = date(today().year - 1, 1, 1)
    said = {"valid_from": first.isoformat(), "version": draft.version}
    publish_edition(draft, said, by=by, at=datetime.now(UTC))


def _rows(locale: str) -> Iterator[ClauseRow]:
    with (files("bumen.demo") / "regulations" / f"{locale}.csv").open(encoding="utf-8") as lines:
        for place, row in enumerate(csv.DictReader(lines), start=2):
            yield ClauseRow(
                row=place,
                chapter_number=row["chapter"],
                chapter_title=row["chapter_title"],
                number=row["clause"],
                text=row["text"],
                demands=row["demands"],
            )
