"""Entries can be made anew while people work; one that is stopped goes on; a check finds gaps."""

from __future__ import annotations

from collections.abc import Iterator

from click.testing import CliRunner
from sqlalchemy import delete, insert, update

from bumen.checking import problems
from bumen.search.building import Built, fill_missing, rebuild
from bumen.search.command import search, totals
from bumen.search.models import ENTRIES, SearchBuild, SearchEntry
from bumen.unit_of_work import CurrentCompany
from bumen.upgrading import upgrade
from bumen_base.models import Category
from tests.core.search.conftest import Desk

KEY, KIND = "base.categories", "base_category"


def lose(desk: Desk) -> None:
    """Forget the entries of all categories, behind the back of the house."""
    with desk.host.database.engine.begin() as connection:
        connection.execute(delete(ENTRIES).where(ENTRIES.c.kind == KIND))


def built(desk: Desk, *, at_once: int = 2) -> Iterator[Built]:
    """Make all entries anew in small parts."""
    return rebuild(desk.host.database, desk.host.departments.indexed, at_once=at_once)


def test_what_was_lost_is_missed_and_comes_back(desk: Desk) -> None:
    ident = desk.category("大同")
    lose(desk)
    assert list(problems(desk.host)) == [f"Search of {KIND}: not known as they are: {ident}."]

    totals(built(desk))

    assert list(problems(desk.host)) == []
    assert desk.found(KEY, "大同") == [ident]


def test_what_was_written_behind_the_back_of_the_house_is_missed(desk: Desk) -> None:
    ident = desk.category("大同")
    with desk.host.database.engine.begin() as connection:
        connection.execute(update(Category.__table__).values(name="聲寶"))
    assert list(problems(desk.host)) == [f"Search of {KIND}: not known as they are: {ident}."]

    totals(built(desk))

    assert desk.found(KEY, "聲寶") == [ident]
    assert list(problems(desk.host)) == []


def test_what_is_known_but_gone_is_found_and_forgotten(desk: Desk, company: CurrentCompany) -> None:
    ghost = {"kind": KIND, "record_id": 99, "words": {"name": "鬼"}, "grams": "x鬼"}
    with desk.host.database.engine.begin() as connection:
        connection.execute(insert(ENTRIES).values(company_id=company.id, **ghost))
    assert list(problems(desk.host)) == [f"Search of {KIND}: known, but not there: 99."]

    totals(built(desk))

    assert list(problems(desk.host)) == []


def test_a_rebuild_that_was_stopped_goes_on(desk: Desk) -> None:
    idents = [desk.category(f"大同 {number}") for number in range(5)]
    lose(desk)
    stopped = (part for part in built(desk) if part.kind == KIND)
    assert next(stopped).records == 2
    stopped.close()

    left = sum(part.records for part in built(desk) if part.kind == KIND)

    assert left == 3
    assert desk.found(KEY, "大同") == idents


def test_a_rebuild_begins_anew_when_the_last_was_finished(desk: Desk) -> None:
    desk.category("大同")

    assert [totals(built(desk))[KIND] for _time in range(2)] == [1, 1]


def test_one_company_can_be_built_alone(desk: Desk, other_company: CurrentCompany) -> None:
    theirs = Desk(desk.host, company="CN01")
    mine, _its = desk.category("大同"), theirs.category("大同")
    lose(desk)

    done = CliRunner().invoke(
        search, ["rebuild", "--company", "TW01"], obj=desk.host, catch_exceptions=False
    )

    assert f"{KIND}: 1" in done.output
    assert desk.found(KEY, "大同") == [mine]
    assert theirs.found(KEY, "大同") == []


def test_what_is_written_while_it_is_built_is_kept(desk: Desk) -> None:
    idents = [desk.category(f"大同 {number}") for number in range(4)]
    parts = built(desk)
    for part in parts:
        if part.kind == KIND:
            break
    desk.change(KEY, idents[0], name="聲寶")
    with desk.unit() as unit:
        unit.session.delete(unit.session.get(Category, idents[1]))
    added = desk.category("聲寶")
    totals(parts)

    assert desk.found(KEY, "聲寶") == [idents[0], added]
    assert list(problems(desk.host)) == []


def test_an_upgrade_lets_the_search_know_what_it_did_not(desk: Desk) -> None:
    desk.category("大同")
    lose(desk)

    assert upgrade(desk.host).found[KIND] == 1
    assert upgrade(desk.host).found == {}
    assert list(problems(desk.host)) == []


def test_a_field_that_is_searched_from_now_on_is_filled(desk: Desk) -> None:
    desk.category("大同")
    upgrade(desk.host)
    with desk.host.database.wide_session() as wide, wide.begin():
        wide.execute(update(SearchBuild).values(fields="nothing"))
        wide.execute(update(SearchEntry).values(words={}, grams=""))

    totals(fill_missing(desk.host.database, desk.host.departments.indexed))

    assert list(problems(desk.host)) == []
