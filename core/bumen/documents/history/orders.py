"""Whether the lines of a document stand in another order than before."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect, select

from bumen.company.isolation import CompanySession
from bumen.documents.history.changes import line_label
from bumen.documents.history.models import HistoryKind
from bumen.documents.history.stories import Order, Part, Story
from bumen.documents.history.values import document_of


def orders_of(session: CompanySession, story: Story) -> list[Order]:
    """Return what became of the order of a document's lines, of each kind where some were moved.

    Lines that came or went do not count: those around them only close up.
    """
    kinds = {name: part.model for (name, _id), part in story.lines.items()}
    found = (_order_of(session, story, name, model) for name, model in kinds.items())
    return [one for one in found if one is not None]


def _order_of(session: CompanySession, story: Story, name: str, model: type[Any]) -> Order | None:
    parts = {ident: part for (kind, ident), part in story.lines.items() if kind == name}
    if all(part.position is None for part in parts.values()):
        return None
    stayed = [one for one in _lines(session, story, model) if not _is_new(parts.get(one.id))]
    before = sorted(stayed, key=lambda line: (_stood(line, parts.get(line.id)), line.id))
    if before == stayed:
        return None
    first, last = (tuple(line_label(line) for line in some) for some in (before, stayed))
    return Order(lines=name, before=first, after=last)


def _lines(session: CompanySession, story: Story, model: type[Any]) -> list[Any]:
    document = document_of(model)
    if document is None:
        return []
    theirs = getattr(model, document.column) == story.whole.ident
    query = select(model).where(theirs).order_by(model.position, model.id)
    with session.no_autoflush:
        return list(session.scalars(query))


def _is_new(part: Part | None) -> bool:
    return part is not None and part.kind is HistoryKind.MADE


def _stood(line: Any, part: Part | None) -> int:
    before = None if part is None else part.position
    position: int = inspect(line).dict["position"]
    return position if before is None else before
