"""How a regulation comes to be: written, given versions, published, ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from bumen.errors import InvalidInput
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.records import draw_up
from bumen.records.constraints import explained
from bumen.records.write import check_version
from bumen.regulations.declared import ENDING, Editions, Regulations
from bumen.regulations.errors import (
    BeginsTooEarly,
    DraftIsThere,
    EditionIsDraft,
    EditionIsEmpty,
    EditionIsPublished,
    EndsTooEarly,
    RegulationIsPublished,
)
from bumen.regulations.models import (
    Chapter,
    Clause,
    ClauseDemand,
    Edition,
    Regulation,
    editions_of,
    whole,
)
from bumen.resource import Resource
from bumen.schema import arguments_schema, loaded
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

Values = Mapping[str, Any]


def write_regulation(values: Values, *, by: User | None) -> Regulation:
    """Open a document of rules, with a first draft to write them in."""
    regulation: Regulation = written(Regulations, draw_up(Regulations, values, by=by))
    begin_edition(regulation)
    return regulation


def rename_regulation(regulation: Regulation, values: Values, *, by: User | None) -> None:
    """Change what a regulation is called; what it says changes by a new edition only."""
    check_version(regulation, values.get("version"))
    given = draw_up(Regulations, _without_version(values), by=by, record=regulation)
    written(Regulations, given)


def drop_regulation(regulation: Regulation) -> None:
    """Delete a regulation that was never published, with its draft."""
    editions = list(session().scalars(editions_of(regulation.id)))
    if any(not edition.is_draft for edition in editions):
        raise RegulationIsPublished
    with explained(Regulations, deleting=True):
        for edition in editions:
            session().delete(edition)
        session().flush()
        session().delete(regulation)
        session().flush()


def begin_edition(regulation: Regulation) -> Edition:
    """Begin a draft that says what the newest edition says; `DraftIsThere` if there is one."""
    newest = session().scalars(editions_of(regulation.id).limit(1)).first()
    if newest is not None and newest.is_draft:
        raise DraftIsThere(newest.number)
    edition = Edition(regulation=regulation, number=1 if newest is None else newest.number + 1)
    if newest is not None:
        _copy(session().scalars(whole(newest.id)).one(), edition)
    written(Editions, edition)
    return edition


def publish_edition(edition: Edition, values: Values, *, by: User, at: datetime) -> None:
    """Make a draft what the company goes by; from now on nobody changes it.

    `valid_from` must lie after the first day of every edition before it.
    """
    open_draft(edition)
    check_version(edition, values.get("version"))
    draw_up(Editions, _without_version(values), by=by, record=edition)
    if edition.valid_from is None:
        raise InvalidInput({"valid_from": [_("This field is required.")]})
    if not session().scalar(_number_of_clauses(edition)):
        raise EditionIsEmpty
    latest = session().scalar(_latest_beginning(edition))
    if latest is not None and edition.valid_from <= latest:
        raise BeginsTooEarly(before=latest)
    edition.published_at, edition.published_by_id = at, by.id
    written(Editions, edition)


def end_edition(edition: Edition, values: Values) -> None:
    """Let a published edition end: `valid_to` is the last day people go by it."""
    session().refresh(edition, with_for_update=True)
    if edition.valid_from is None or edition.is_draft:
        raise EditionIsDraft
    check_version(edition, values.get("version"))
    on: date = loaded(arguments_schema(ENDING), _without_version(values))["valid_to"]
    if on < edition.valid_from or (edition.valid_to is not None and on >= edition.valid_to):
        raise EndsTooEarly
    edition.valid_to = on
    written(Editions, edition)


def drop_edition(edition: Edition) -> None:
    """Delete a draft with all that is written in it."""
    open_draft(edition)
    session().delete(edition)
    session().flush()


def open_draft(edition: Edition) -> None:
    """Keep others from publishing a draft while it is written; `EditionIsPublished` if it is."""
    session().refresh(edition, with_for_update=True)
    if not edition.is_draft:
        raise EditionIsPublished


def written(resource: type[Resource], record: Any) -> Any:
    """Write a record, and say in words what the database refuses."""
    with explained(resource):
        session().add(record)
        session().flush()
    return record


def _without_version(values: Values) -> Values:
    return {name: value for name, value in values.items() if name != "version"}


def _copy(old: Edition, new: Edition) -> None:
    for chapter in old.chapters:
        copied = Chapter(number=chapter.number, title=chapter.title, position=chapter.position)
        new.chapters.append(copied)
        for clause in chapter.clauses:
            again = Clause(number=clause.number, text=clause.text, position=clause.position)
            copied.clauses.append(again)
            again.demands = demanded(clause.demanded)


def demanded(names: tuple[str, ...]) -> list[ClauseDemand]:
    """Return the demands of a clause, as they are kept."""
    return [ClauseDemand(demand=name, position=place) for place, name in enumerate(names)]


def _number_of_clauses(edition: Edition) -> Any:
    inside = select(Chapter.id).where(Chapter.edition_id == edition.id)
    return select(func.count(Clause.id)).where(Clause.chapter_id.in_(inside))


def _latest_beginning(edition: Edition) -> Any:
    return select(func.max(Edition.valid_from)).where(
        Edition.regulation_id == edition.regulation_id,
        Edition.published_at.is_not(None),
        Edition.id != edition.id,
    )
