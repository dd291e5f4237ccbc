"""What the search knows is written with the record: never before it, never without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, event, select, update

from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.checking import problems
from bumen.host import Host
from bumen.listing import search_in
from bumen.search.models import SearchEntry
from bumen.unit_of_work import CurrentCompany
from bumen_base.models import Category
from tests.core.search.conftest import Desk

KEY = "base.categories"


class Undo(Exception):
    """What ends a unit of work or a part of it."""


def entries(desk: Desk) -> int:
    """Return how many categories the search knows."""
    with desk.host.database.wide_session() as wide:
        known = select(SearchEntry).where(SearchEntry.kind == "base_category")
        return len(wide.scalars(known).all())


def test_a_changed_name_is_found_and_the_old_one_is_not(desk: Desk) -> None:
    ident = desk.category("大同")

    desk.change(KEY, ident, name="聲寶")

    assert desk.found(KEY, "声宝") == [ident]
    assert desk.found(KEY, "大同") == []
    assert entries(desk) == 1


def test_a_change_of_something_else_writes_nothing(desk: Desk) -> None:
    ident = desk.make("base.products", name="茶", unit="盒", list_price="1")
    written: list[str] = []
    event.listen(desk.host.database.engine, "before_cursor_execute", noting(written))

    desk.change("base.products", ident, list_price="2")

    assert [one for one in written if "core_search" in one] == []


def noting(written: list[str]) -> Callable[..., None]:
    return lambda _c, _cursor, statement, *_rest: written.append(statement)


def test_what_is_deleted_is_found_no_more(desk: Desk) -> None:
    ident = desk.category("大同")

    with desk.unit() as unit:
        unit.session.delete(unit.session.get(Category, ident))

    assert desk.found(KEY, "大同") == []
    assert entries(desk) == 0


def test_what_is_undone_was_never_known(desk: Desk) -> None:
    with pytest.raises(Undo), desk.unit() as unit:
        unit.session.add(Category(code="T", name="大同"))
        unit.session.flush()
        raise Undo

    assert entries(desk) == 0


@pytest.mark.parametrize("is_asked_inside", [True, False])
def test_a_part_that_is_undone_takes_only_its_own_back(desk: Desk, is_asked_inside: bool) -> None:
    matching = select(Category.code)
    with desk.unit() as unit:
        unit.session.add(Category(code="A", name="大同"))
        unit.session.flush()
        with pytest.raises(Undo), unit.attempt():
            unit.session.add(Category(code="B", name="大同"))
            unit.session.flush()
            if is_asked_inside:
                here = matching.where(search_in(desk.resource(KEY), "大同"))
                assert len(unit.session.scalars(here).all()) == 2
            raise Undo

    assert len(desk.found(KEY, "大同")) == 1
    assert list(problems(desk.host)) == []


def test_what_one_statement_changes_of_many_is_known(desk: Desk) -> None:
    one, other = desk.category("甲甲"), desk.category("乙乙")

    with desk.unit() as unit:
        many = update(Category).where(Category.name == "甲甲").values(name="丙丙")
        unit.session.execute(many.execution_options(synchronize_session=False))
        unit.session.execute(delete(Category).where(Category.id == other))

    assert desk.found(KEY, "丙丙") == [one]
    assert desk.found(KEY, "甲甲") == desk.found(KEY, "乙乙") == []


def test_what_was_made_and_changed_at_once_is_known_as_it_is(desk: Desk) -> None:
    with desk.unit() as unit:
        made = Category(code="T", name="甲甲")
        unit.session.add(made)
        unit.session.flush()
        made.name = "乙乙"
        unit.session.flush()
        gone = Category(code="G", name="乙乙")
        unit.session.add(gone)
        unit.session.flush()
        unit.session.delete(gone)

    assert desk.found(KEY, "乙乙") == [made.id]
    assert desk.found(KEY, "甲甲") == []
    assert entries(desk) == 1


def test_many_records_are_written_with_one_statement(desk: Desk) -> None:
    written: list[str] = []
    event.listen(desk.host.database.engine, "before_cursor_execute", noting(written))

    with desk.unit() as unit:
        unit.session.add_all(Category(code=f"C{at}", name="大同") for at in range(5))

    assert len([one for one in written if "core_search" in one]) == 1


def test_a_department_that_was_purged_is_forgotten(
    desk: Desk, other_company: CurrentCompany, tmp_path: Path
) -> None:
    theirs = Desk(desk.host, company="CN01")
    desk.category("大同")
    kept = theirs.category("大同")
    for name in ("logistics", "sales", "base"):
        switch(desk.host, company="TW01", name=name, enabled=False)
        kept_in = tmp_path / f"{name}.zip"
        purge(desk.host, company="TW01", name=name, export=kept_in, confirm=name)

    assert entries(desk) == 1
    assert theirs.found(KEY, "大同") == [kept]
    assert list(problems(desk.host)) == []


def test_an_order_is_known_with_its_customer_by_name(host: Host, desk: Desk) -> None:
    customer = desk.make("base.customers", name="臺灣電力")
    product = desk.make("base.products", name="茶", unit="盒", list_price="1")
    order = desk.make(
        "sales.orders",
        customer_id=customer,
        consignee="王小明",
        lines=[{"product_id": product, "quantity": "1"}],
    )

    assert desk.found("sales.orders", "台湾电力") == [order]
    assert desk.found("sales.orders", "小明") == [order]
    desk.change("base.customers", customer, name="大同")
    assert desk.found("sales.orders", "台湾") == []
    assert desk.found("sales.orders", "大同 小明") == [order]
