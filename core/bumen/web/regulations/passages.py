"""The steps that show that a clause is kept, as far as whoever asks may see their documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import or_, select

from bumen.documents.called import Names, names_of
from bumen.documents.movements import Movement
from bumen.fulfilment import Fulfilment, Means
from bumen.i18n import Text
from bumen.regulations.evidence import Evidence, Period, passages
from bumen.resource import READ, Resource
from bumen.unit_of_work import session
from bumen.visibility import seen
from bumen.web.cells import screen_endpoint
from bumen.web.security import allowed

MOST_SHOWN = 200
MOST_IN_FILE = 10_000


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A passage is a document that took a step, when and by whom."""

    movement: Movement
    step: Text
    document: str
    href: str
    by: str
    instead_of: str


def passages_seen(
    fulfilments: Iterable[Fulfilment], period: Period, *, most: int = MOST_IN_FILE
) -> list[Passage]:
    """Return the passages of a period, the newest first, of documents this person may read."""
    steps = [
        one
        for one in fulfilments
        if one.means is Means.STEP and allowed(READ, one.resource.permission())
    ]
    query = passages(steps, period=period)
    for resource in {one.resource for one in steps}:
        if conditions := seen(resource):
            visible = select(resource.model.id).where(*conditions)
            others = Movement.resource != resource.key()
            query = query.where(or_(others, Movement.record_id.in_(visible)))
    movements = session().scalars(query.limit(most)).all()
    labels = {(one.resource.key(), one.name): one for one in steps}
    documents = _documents(movements, {one.resource for one in steps})
    names = names_of({who for one in movements for who in (one.by_id, one.instead_of_id)})
    return [_passage(one, labels[one.resource, one.step], documents, names) for one in movements]


def people_of(rows: Iterable[Evidence]) -> Names:
    """Return what the people are called who appear in evidence."""
    return names_of({who for row in rows for who in row.whole.people})


def _documents(
    movements: Iterable[Movement], resources: Iterable[type[Resource]]
) -> dict[tuple[str, int], Any]:
    found: dict[tuple[str, int], Any] = {}
    wanted: dict[str, set[int]] = {}
    for one in movements:
        wanted.setdefault(one.resource, set()).add(one.record_id)
    for resource in resources:
        if ids := wanted.get(resource.key()):
            records = session().scalars(select(resource.model).where(resource.model.id.in_(ids)))
            found |= {(resource.key(), record.id): record for record in records}
    return found


def _passage(
    movement: Movement,
    fulfilment: Fulfilment,
    documents: Mapping[tuple[str, int], Any],
    names: Names,
) -> Passage:
    record = documents.get((movement.resource, movement.record_id))
    endpoint = screen_endpoint(fulfilment.resource)
    return Passage(
        movement=movement,
        step=fulfilment.label,
        document=f"#{movement.record_id}" if record is None else str(record),
        href="" if record is None else url_for(f"{endpoint}.show", ident=record.id),
        by=names.get(movement.by_id or 0, ""),
        instead_of=names.get(movement.instead_of_id or 0, ""),
    )
