"""What the host remembers of a company's regulations: documents, versions, chapters, clauses."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Integer,
    Select,
    String,
    Text,
    or_,
    select,
)
from sqlalchemy.orm import (
    Mapped,
    aliased,
    contains_eager,
    joinedload,
    mapped_column,
    selectinload,
)

from bumen.i18n import translator
from bumen.model import CompanyModel, belongs_to, field, has_lines, index, line_of, unique

_ = translator(__file__, "bumen")

DEMAND = r"[A-Z][0-9A-Za-z]*(\.[0-9A-Za-z]+)*"
"""What the name of a demand looks like: A4.3.1, E3.x, D1.m3."""
LONGEST_DEMAND = 20
LONGEST_CLAUSE = 4000
_CODE = r"[A-Za-z0-9][A-Za-z0-9._-]*"


class Regulation(CompanyModel):
    """A regulation is a document of rules that a company has given itself."""

    __tablename__ = "core_regulation"
    __table_args__ = (unique("code"),)
    named_by = ("code", "title")

    code: Mapped[str] = field(
        String(20),
        label=_("Code"),
        help=_("What the document is filed under, such as MKT-01."),
        pattern=_CODE,
    )
    title: Mapped[str] = field(String(200), label=_("Title"))


class Edition(CompanyModel):
    """An edition is one version of a regulation; once it is published nobody changes it.

    It is in force from `valid_from` until the next published one begins, or through `valid_to`.
    """

    __tablename__ = "core_regulation_edition"
    __table_args__ = (
        unique("regulation_id", "number"),
        index("published_at", "valid_from"),
        CheckConstraint("valid_to >= valid_from", name="ends_after_it_begins"),
        CheckConstraint(
            "published_at IS NULL OR valid_from IS NOT NULL", name="published_with_a_first_day"
        ),
    )
    named_by = ("number",)

    regulation: Mapped[Regulation] = belongs_to(Regulation, label=_("Regulation"), readonly=True)
    regulation_id: Mapped[int]
    number: Mapped[int] = field(Integer, label=_("Version"), readonly=True)
    note: Mapped[str | None] = field(
        String(500),
        label=_("What has changed"),
        help=_("In a sentence, for those who know the version before."),
    )
    valid_from: Mapped[date | None] = field(label=_("Valid from"))
    valid_to: Mapped[date | None] = field(label=_("Valid to"), readonly=True)
    published_at: Mapped[datetime | None] = field(label=_("Published at"), readonly=True)
    published_by_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    chapters: Mapped[list[Chapter]] = has_lines("core_regulation_chapter")

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.published_at is None


class Chapter(CompanyModel):
    """A chapter is a part of an edition about one subject."""

    __tablename__ = "core_regulation_chapter"
    named_by = ("number", "title")

    edition: Mapped[Edition] = line_of(Edition, label=_("Version"))
    edition_id: Mapped[int]
    position: Mapped[int]
    number: Mapped[str] = field(String(20), label=_("Number"))
    title: Mapped[str] = field(String(200), label=_("Title"))
    clauses: Mapped[list[Clause]] = has_lines("core_regulation_clause")


class Clause(CompanyModel):
    """A clause is a single rule, under the number people quote it by."""

    __tablename__ = "core_regulation_clause"
    named_by = ("number",)

    chapter: Mapped[Chapter] = line_of(Chapter, label=_("Chapter"))
    chapter_id: Mapped[int]
    position: Mapped[int]
    number: Mapped[str] = field(String(20), label=_("Number"))
    text: Mapped[str] = field(Text(), label=_("Text"))
    demands: Mapped[list[ClauseDemand]] = has_lines("core_regulation_demand")

    @property
    def demanded(self) -> tuple[str, ...]:
        """The names of the demands it puts into the company's words, in order."""
        return tuple(one.demand for one in self.demands)


class ClauseDemand(CompanyModel):
    """A clause's demand is what departments know a rule by, whatever the company's number is."""

    __tablename__ = "core_regulation_demand"
    __table_args__ = (index("demand", "clause_id"),)
    named_by = ("demand",)

    clause: Mapped[Clause] = line_of(Clause, label=_("Clause"))
    clause_id: Mapped[int]
    position: Mapped[int]
    demand: Mapped[str] = field(String(LONGEST_DEMAND), label=_("Demand"), pattern=DEMAND)


def all_regulations() -> Select[Regulation]:
    """Select the regulations in the order of their codes."""
    return select(Regulation).order_by(Regulation.code, Regulation.id)


def published_regulations() -> Select[Regulation]:
    """Select the regulations of which a version was ever published, in the same order."""
    published = select(Edition.regulation_id).where(Edition.published_at.is_not(None))
    return all_regulations().where(Regulation.id.in_(published))


def editions_of(regulation_id: int | None = None) -> Select[Edition]:
    """Select the editions of a regulation, or of all, the newest first."""
    query = select(Edition).order_by(Edition.regulation_id, Edition.number.desc())
    return query if regulation_id is None else query.where(Edition.regulation_id == regulation_id)


def in_force(on: date) -> ColumnElement[bool]:
    """Say that an edition is in force on a day: published, begun, not ended, none newer begun."""
    newer = aliased(Edition)
    overtaken = (
        select(newer.id)
        .where(
            newer.regulation_id == Edition.regulation_id,
            newer.published_at.is_not(None),
            newer.valid_from <= on,
            newer.valid_from > Edition.valid_from,
        )
        .exists()
    )
    begun = Edition.published_at.is_not(None) & (Edition.valid_from <= on)
    return begun & or_(Edition.valid_to.is_(None), Edition.valid_to >= on) & ~overtaken


def clauses_in_force(on: date, *, regulation_id: int | None = None) -> Select[Clause]:
    """Select the clauses in force on a day in the order of their documents, demands loaded."""
    query = (
        select(Clause)
        .join(Chapter, Chapter.id == Clause.chapter_id)
        .join(Edition, Edition.id == Chapter.edition_id)
        .join(Regulation, Regulation.id == Edition.regulation_id)
        .where(in_force(on))
        .options(
            contains_eager(Clause.chapter)
            .contains_eager(Chapter.edition)
            .contains_eager(Edition.regulation),
            selectinload(Clause.demands),
        )
        .order_by(Regulation.code, Regulation.id, Chapter.position, Chapter.id)
        .order_by(Clause.position, Clause.id)
    )
    return query if regulation_id is None else query.where(Regulation.id == regulation_id)


def answering(clauses: Select[Clause], demands: Collection[str]) -> Select[Clause]:
    """Narrow clauses to those that put one of these demands into the company's words."""
    named = select(ClauseDemand.clause_id).where(ClauseDemand.demand.in_(sorted(demands)))
    return clauses.where(Clause.id.in_(named))


def demands_in_force(on: date, *, of: Collection[str] | None = None) -> Select[str, str, str, int]:
    """Select what is demanded on a day: demand, number of the clause, its regulation, its id.

    `of` narrows it to some demands.
    """
    query = (
        select(ClauseDemand.demand, Clause.number, Regulation.title, Clause.id)
        .join(Clause, Clause.id == ClauseDemand.clause_id)
        .join(Chapter, Chapter.id == Clause.chapter_id)
        .join(Edition, Edition.id == Chapter.edition_id)
        .join(Regulation, Regulation.id == Edition.regulation_id)
        .where(in_force(on))
        .order_by(Regulation.code, Chapter.position, Clause.position, Clause.id)
    )
    return query if of is None else query.where(ClauseDemand.demand.in_(sorted(of)))


def whole(edition_id: int) -> Select[Edition]:
    """Select an edition with all its chapters, clauses and demands."""
    clauses = selectinload(Edition.chapters).selectinload(Chapter.clauses)
    return (
        select(Edition)
        .where(Edition.id == edition_id)
        .options(clauses.selectinload(Clause.demands), selectinload(Edition.regulation))
    )


def clause_called(ident: int) -> Select[Clause]:
    """Select a clause with the document it stands in."""
    edition = joinedload(Clause.chapter).joinedload(Chapter.edition)
    return (
        select(Clause)
        .where(Clause.id == ident)
        .options(edition.joinedload(Edition.regulation), selectinload(Clause.demands))
    )
