"""The reports of coverage and evidence as sheets: one row for each clause, step or document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Integer, String

from bumen.documents.called import Names
from bumen.exchange.export import Heading, Sheet, Value
from bumen.exchange.export.sheet import Plainly, heading_of, plainly
from bumen.formats import formats_here
from bumen.fulfilment import Fulfilment
from bumen.i18n import Text, translator
from bumen.model.describe import Kind
from bumen.regulations.coverage import Covered
from bumen.regulations.evidence import Evidence, Shown
from bumen.values import UtcDateTime
from bumen.web.regulations.passages import Passage

_ = translator(__file__, "bumen")


def coverage_sheet(rows: Iterable[Covered]) -> Sheet:
    """Return the clauses in force with what fulfils them, and what nothing does."""
    labels = (
        _("Regulation"),
        _("Clause"),
        _("Text"),
        _("Demands"),
        _("Coverage"),
        _("Fulfilled by"),
        _("Fulfilled by nothing"),
    )
    told = (
        [
            str(row.clause.chapter.edition.regulation),
            row.clause.number,
            row.clause.text,
            " ".join(row.clause.demanded),
            str(row.cover.label),
            _joined(map(_told, row.fulfilments)),
            " ".join(row.missing),
        ]
        for row in rows
    )
    return Sheet(title=str(_("Coverage of the rules")), headings=_texts(labels), rows=told)


def evidence_sheet(rows: Iterable[Evidence], names: Names) -> Sheet:
    """Return what shows that clauses are kept: one row for each of what fulfils them."""
    words = (_("Regulation"), _("Clause"), _("Text"), _("Fulfilled by"), _("Records"))
    figures = (
        _("Times"),
        _("Documents"),
        _("In time"),
        _("Late"),
        _("Waiting too long"),
        _("By a substitute"),
    )
    headings = [*_texts(words), *(heading_of(one, Integer()) for one in figures)]
    return Sheet(
        title=str(_("Evidence")),
        headings=[*headings, *_texts((_("By whom"),))],
        rows=_rows(rows, names),
    )


def passages_sheet(passages: Iterable[Passage]) -> Sheet:
    """Return the documents that passed a clause, one by one."""
    clock = plainly(Kind.MOMENT, formats_here())
    kinds: Sequence[tuple[Text, Any]] = (
        (_("Document"), String()),
        (_("Step"), String()),
        (_("When"), UtcDateTime()),
        (_("Due"), UtcDateTime()),
        (_("In time"), String()),
        (_("By whom"), String()),
        (_("In place of"), String()),
        (_("Opinion"), String()),
    )
    headings = [heading_of(label, stored) for label, stored in kinds]
    rows = (_passage(one, clock) for one in passages)
    return Sheet(title=str(_("Evidence")), headings=headings, rows=rows)


def _told(one: Fulfilment) -> str:
    return f"{one.records} – {one.label}" if one.name and one.records else str(one.label)


def told_people(shown: Shown, names: Names) -> str:
    """Return who did something and how often, the busiest first."""
    return _joined(
        str(_("%(person)s (%(times)s)", person=names.get(who or 0) or _("The system"), times=times))
        for who, times in shown.people.most_common()
    )


def _rows(rows: Iterable[Evidence], names: Names) -> Iterator[Sequence[Value]]:
    for row in rows:
        clause = row.clause
        named = [str(clause.chapter.edition.regulation), clause.number, clause.text]
        for one, shown in row.parts:
            figures = [shown.times, shown.documents, shown.in_time, shown.late]
            figures += [shown.waiting_late, shown.instead]
            words = [str(one.label), str(one.records or "")]
            yield [*named, *words, *figures, told_people(shown, names)]
        if not row.parts:
            yield [*named, "", "", 0, 0, 0, 0, 0, 0, ""]


def _passage(one: Passage, clock: Plainly) -> list[Value]:
    moved = one.movement
    when = [clock(moved.at), clock(moved.was_due_at)]
    people = [one.by, one.instead_of]
    return [one.document, str(one.step), *when, _punctual(one), *people, moved.opinion or ""]


def _punctual(passage: Passage) -> str:
    if passage.movement.was_due_at is None:
        return ""
    return str(_("No") if passage.movement.was_late else _("Yes"))


def _texts(labels: Iterable[Text]) -> list[Heading]:
    return [heading_of(label, String()) for label in labels]


def _joined(words: Iterable[str]) -> str:
    return str(_(", ")).join(words)
