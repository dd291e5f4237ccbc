"""Regulations: what is published stays as it is, and one version is in force on a day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from bumen.errors import BusinessError, InvalidInput, StaleVersion
from bumen.host import Host
from bumen.registry import Candidate
from bumen.regulations import (
    Chapter,
    Clause,
    Edition,
    Regulation,
    clauses_in_force,
    demands_in_force,
)
from bumen.regulations.content import (
    ClauseRow,
    drop_chapter,
    drop_clause,
    replace_content,
    write_chapter,
    write_clause,
)
from bumen.regulations.errors import (
    BeginsTooEarly,
    DemandIsMalformed,
    DraftIsThere,
    EditionIsEmpty,
    EditionIsPublished,
    EndsTooEarly,
    NumberIsTaken,
    RegulationIsPublished,
    RowsAreWrong,
)
from bumen.regulations.writing import (
    begin_edition,
    drop_edition,
    drop_regulation,
    end_edition,
    write_regulation,
)
from bumen.unit_of_work import CurrentCompany, UnitOfWork, session
from tests.core.rule_books import FIRST, NOON, draft_of, numbers, publish, write_book

DAY = timedelta(days=1)


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return (Candidate("notes", "notes"),)


def test_a_draft_is_not_in_force_and_a_published_version_is_from_its_first_day(
    unit: UnitOfWork,
) -> None:
    draft = write_book(("1.1", "Orders are checked.", "A4.3.1 B9.2"))
    assert _in_force(FIRST) == []

    publish(draft)

    assert _in_force(FIRST - DAY) == []
    assert _in_force(FIRST) == ["1.1"]
    found = unit.session.execute(demands_in_force(FIRST)).all()
    assert [row[:3] for row in found] == [
        ("A4.3.1", "1.1", "Rule book"),
        ("B9.2", "1.1", "Rule book"),
    ]


def test_the_newest_version_that_has_begun_is_in_force(unit: UnitOfWork) -> None:
    first = publish(write_book(("1.1", "Orders are checked.", "A4.3.1")))
    second = begin_edition(first.regulation)
    write_clause(
        second.chapters[0], {"number": "1.2", "text": "Twice.", "demands": "A4.3.2"}, by=unit.user
    )
    later = FIRST + 30 * DAY
    publish(second, on=later)

    assert second.number == 2
    assert _in_force(later - DAY) == ["1.1"]
    assert _in_force(later) == ["1.1", "1.2"]


def test_a_version_that_has_ended_leaves_nothing_in_force(unit: UnitOfWork) -> None:
    edition = publish(write_book(("1.1", "Orders are checked.", "A4.3.1")))

    _end(edition, FIRST + DAY)

    assert _in_force(FIRST + DAY) == ["1.1"]
    assert _in_force(FIRST + 2 * DAY) == []
    with pytest.raises(EndsTooEarly):
        _end(edition, FIRST + 5 * DAY)


def test_nothing_of_a_published_version_can_be_changed(unit: UnitOfWork) -> None:
    edition = publish(write_book(("1.1", "Orders are checked.", "A4.3.1")))
    clause = unit.session.scalars(clauses_in_force(FIRST)).one()
    chapter, by = clause.chapter, unit.user
    attempts = (
        lambda: write_clause(chapter, {"number": "9", "text": "x"}, by=by),
        lambda: write_clause(chapter, {"text": "x", "version": 1}, by=by, clause=clause),
        lambda: write_chapter(edition, {"number": "9", "title": "x"}, by=by),
        lambda: drop_clause(clause),
        lambda: drop_chapter(chapter),
        lambda: replace_content(edition, [], by=by),
        lambda: drop_edition(edition),
        lambda: publish(edition),
    )

    for attempt in attempts:
        with pytest.raises(EditionIsPublished):
            attempt()
    with pytest.raises(RegulationIsPublished):
        drop_regulation(edition.regulation)


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE core_regulation_clause SET text = 'x'",
        "UPDATE core_regulation_chapter SET title = 'x'",
        "UPDATE core_regulation_edition SET valid_from = '2020-01-01'",
        "UPDATE core_regulation_demand SET demand = 'X1'",
        "DELETE FROM core_regulation_demand",
        "DELETE FROM core_regulation_clause",
        "DELETE FROM core_regulation_chapter",
        "DELETE FROM core_regulation_edition",
    ],
)
def test_the_database_itself_keeps_what_is_published(
    host: Host, company: CurrentCompany, deed: str
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        publish(write_book(("1.1", "Orders are checked.", "A4.3.1")))

    with (
        pytest.raises(DBAPIError, match="stays as it is"),
        host.database.wide_session() as wide,
        wide.begin(),
    ):
        wide.execute(text(deed))


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE core_regulation_chapter SET edition_id = 1 WHERE edition_id = 2",
        "UPDATE core_regulation_clause SET chapter_id = 1 WHERE chapter_id = 2",
    ],
)
def test_the_database_itself_lets_no_draft_be_moved_into_what_is_published(
    host: Host, company: CurrentCompany, deed: str
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        publish(write_book(("1.1", "Orders are checked.", "A4.3.1")))
        write_book(("1.1", "Orders are lost.", ""), code="MKT-02")

    with (
        pytest.raises(DBAPIError, match="stays as it is"),
        host.database.wide_session() as wide,
        wide.begin(),
    ):
        wide.execute(text(deed))


def test_an_empty_draft_and_one_without_a_first_day_cannot_be_published(unit: UnitOfWork) -> None:
    empty = draft_of(write_regulation({"code": "X", "title": "Empty"}, by=unit.user))
    full = write_book(("1.1", "Orders are checked.", ""))

    with pytest.raises(EditionIsEmpty):
        publish(empty)
    with pytest.raises(InvalidInput) as refused:
        publish(full, valid_from=None)
    assert list(refused.value.fields) == ["valid_from"]


def test_a_version_begins_after_the_one_it_follows_and_only_one_is_a_draft(
    unit: UnitOfWork,
) -> None:
    first = publish(write_book(("1.1", "Orders are checked.", "A4.3.1")))
    second = begin_edition(first.regulation)

    with pytest.raises(DraftIsThere):
        begin_edition(first.regulation)
    with pytest.raises(BeginsTooEarly):
        publish(second, on=FIRST)


def test_a_draft_goes_with_all_that_is_written_in_it(unit: UnitOfWork) -> None:
    draft = write_book(("1.1", "Orders are checked.", "A4.3.1"))

    drop_regulation(draft.regulation)

    for model in (Regulation, Edition, Chapter, Clause):
        assert unit.session.scalars(select(model)).all() == []


def test_a_clause_is_changed_from_the_version_people_have_seen(unit: UnitOfWork) -> None:
    draft = write_book(("1.1", "Orders are checked.", "A4.3.1"))
    clause = draft.chapters[0].clauses[0]
    seen = clause.version
    values = {"text": "Orders are checked twice.", "demands": "A4.3.2, A4.3.1", "version": seen}

    write_clause(clause.chapter, values, by=unit.user, clause=clause)

    assert (clause.text, clause.demanded) == ("Orders are checked twice.", ("A4.3.2", "A4.3.1"))
    with pytest.raises(StaleVersion):
        write_clause(clause.chapter, {"text": "x", "version": seen}, by=unit.user, clause=clause)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"number": "1.1", "text": "Again."}, NumberIsTaken),
        ({"number": "1.2", "text": "x", "demands": "whatever"}, DemandIsMalformed),
        ({"number": "1.2", "text": " "}, InvalidInput),
        ({"number": "1.2", "text": "x", "position": 1}, InvalidInput),
    ],
)
def test_a_clause_that_cannot_be_quoted_is_refused(
    unit: UnitOfWork, values: dict[str, object], refusal: type[BusinessError]
) -> None:
    draft = write_book(("1.1", "Orders are checked.", "A4.3.1"))

    with pytest.raises(refusal):
        write_clause(draft.chapters[0], values, by=unit.user)


def test_a_file_is_read_in_whole_or_every_wrong_row_is_named(unit: UnitOfWork) -> None:
    draft = write_book(("1.1", "Orders are checked.", "A4.3.1"))
    rows = [
        ClauseRow(row=2, chapter_number="1", chapter_title="A", number="1", text="x"),
        ClauseRow(row=3, chapter_number="1", chapter_title="A", number="1", text="x"),
        ClauseRow(row=4, chapter_number="", chapter_title="", number="2", text="x"),
        ClauseRow(row=5, chapter_number="1", chapter_title="A", number="3", text="x", demands="?"),
    ]

    with pytest.raises(RowsAreWrong) as refused:
        replace_content(draft, rows, by=unit.user)

    assert [one.row for one in refused.value.mistakes] == [3, 4, 4, 5]
    assert numbers(draft.chapters[0].clauses) == ["1.1"]


def test_companies_have_their_own_rules(
    host: Host, company: CurrentCompany, other_company: CurrentCompany
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        publish(write_book(("1.1", "Orders are checked.", "A4.3.1")))

    with host.unit_of_work(company=other_company.code):
        assert _in_force(date(2026, 12, 1)) == []
    with host.unit_of_work(company=company.code):
        assert _in_force(NOON.date()) == ["1.1"]


def _in_force(day: date) -> list[str]:
    return numbers(list(session().scalars(clauses_in_force(day))))


def _end(edition: Edition, day: date) -> None:
    said = {"valid_to": day.isoformat(), "version": edition.version}
    end_edition(edition, said)
