"""What the search costs beside LIKE on the same columns: a first page of a list, and its count.

Both are asked as lists ask them, with the building of their statements, in rounds that take turns.
Both must find the same, or the run fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from benchmarks.figures import Goal, medians, table
from benchmarks.statements import Figures, measured
from bumen.database import Database
from bumen.listing import MOST_COUNTED, Listing, count_of, page_of, wheres_of
from bumen.resource import Resource
from bumen.unit_of_work import session

SEARCH, LIKE = "search", "LIKE"


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question is what a list is asked for, and what LIKE is asked in its place."""

    title: str
    resource: type[Resource]
    asked: Listing
    plain: Listing
    like: ColumnElement[bool]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What one way of asking found and cost."""

    hits: int
    page: Figures
    count: Figures

    @property
    def seconds(self) -> float:
        """What the page and its count took together."""
        return self.page["seconds"] + self.count["seconds"]


Ways = Mapping[str, Found]


def like_in(columns: Sequence[Any], words: str) -> ColumnElement[bool]:
    """Say by LIKE that each word occurs in one of the columns."""
    return and_(
        *(or_(*(one.icontains(word, autoescape=True) for one in columns)) for word in words.split())
    )


def settle(database: Database) -> None:
    """Let the database know what is in its tables now."""
    alone = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with alone:
        alone.exec_driver_sql("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE")


def beside_like(question: Question, *, rounds: int) -> Ways:
    """Ask in both ways, inside a unit of work; they must find the same."""
    resource, hits = question.resource, _hits(question)
    works: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        SEARCH: (
            lambda: _page(page_of(resource, question.asked, ahead=1)),
            lambda: session().scalar(count_of(resource, question.asked)),
        ),
        LIKE: (
            lambda: _page(page_of(resource, question.plain, ahead=1).where(question.like)),
            lambda: session().scalar(_like_count(question)),
        ),
    }
    costs: dict[str, list[list[Figures]]] = {name: [[], []] for name in works}
    for number in range(rounds + 1):
        told = []
        for name, work in works.items():
            answers = [measured(one) for one in work]
            told.append([answer for answer, _cost in answers])
            if number:
                for kept, (_answer, cost) in zip(costs[name], answers, strict=True):
                    kept.append(cost)
        assert told[0] == told[1], (question.title, told)
    return {
        name: Found(hits=hits, page=medians(page), count=medians(count))
        for name, (page, count) in costs.items()
    }


def as_table(found: Mapping[str, Ways]) -> str:
    """Return what each question found and cost."""
    rows: list[Sequence[str]] = [("", "hits", "page, search", LIKE, "capped count, search", LIKE)]
    for title, ways in found.items():
        ours, like = ways[SEARCH], ways[LIKE]
        figures = (ours.page, like.page, ours.count, like.count)
        cells = [f"{one['seconds'] * 1000:.1f} ms" for one in figures]
        rows.append((title, f"{ours.hits:,}", *cells))
    return table(rows)


def goals(found: Mapping[str, Ways], *, times: float) -> list[Goal]:
    """Say whether page and count together take at most so many times what LIKE takes."""
    return [
        Goal(
            promise=f"{title}: ≤ {times:g}× LIKE, page and count together",
            found=f"{ways[SEARCH].seconds / ways[LIKE].seconds:.2f}×",
            met=ways[SEARCH].seconds <= times * ways[LIKE].seconds,
        )
        for title, ways in found.items()
    ]


def _page(query: Select[Any]) -> list[int]:
    return [row.id for row in session().scalars(query)]


def _like_count(question: Question) -> Select[int]:
    id_, wheres = question.resource.model.id, wheres_of(question.resource, question.plain)
    rows = select(id_).where(*wheres, question.like).limit(MOST_COUNTED + 1)
    return select(func.count()).select_from(rows.subquery())


def _hits(question: Question) -> int:
    """Count all that each way finds, however many, and that both find the same records."""
    id_, resource = question.resource.model.id, question.resource
    ours = select(id_).where(*wheres_of(resource, question.asked))
    theirs = select(id_).where(*wheres_of(resource, question.plain), question.like)
    found = [set(session().scalars(query)) for query in (ours, theirs)]
    assert found[0] == found[1], (question.title, *map(len, found))
    return len(found[0])
