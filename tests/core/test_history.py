"""Every change is in the history: who, when, by which way, from what to what."""

from __future__ import annotations

from contextlib import suppress

import pytest
from sqlalchemy import delete, insert, update

from bumen.company.isolation import IsolationBreach
from bumen.documents.history import HistoryKind
from bumen.errors import BusinessError
from bumen.host import Host
from bumen.registry import Candidate
from kitchen.models import Dish, Ingredient, Supplier
from tests.core.histories import BEANS, KITCHEN, Cook, changed, lines_of


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return KITCHEN


@pytest.fixture
def cook(host: Host) -> Cook:
    return Cook.at_work(host)


def test_a_new_record_is_told_with_all_it_holds(cook: Cook) -> None:
    supplier = cook.make("kitchen.suppliers", name="Farm")
    dish = cook.make(supplier_id=supplier, vegan=True)

    [made] = cook.history(dish)

    assert (made.kind, made.label, made.by_name, made.way) == (
        HistoryKind.MADE,
        "SOUP Soup",
        "cook",
        "cli",
    )
    told = changed(made)
    assert told["price"] == (None, "3.50")
    assert told["supplier"] == (None, {"id": supplier, "label": "Farm"})
    assert told["vegan"] == (None, True)
    assert not {"recipe", "version", "changed_at"} & told.keys()


def test_a_change_is_told_from_what_to_what(cook: Cook) -> None:
    farm, mill = (cook.make("kitchen.suppliers", name=name) for name in ("Farm", "Mill"))
    dish = cook.make(supplier_id=farm)

    cook.change(dish, price="4.00", course="main", supplier_id=mill, launched="2026-11-22")

    entry = cook.history(dish)[-1]
    assert entry.kind is HistoryKind.CHANGED
    assert changed(entry) == {
        "price": ("3.50", "4.00"),
        "course": ("starter", "main"),
        "launched": (None, "2026-11-22"),
        "supplier": ({"id": farm, "label": "Farm"}, {"id": mill, "label": "Mill"}),
    }


def test_a_reference_keeps_the_name_it_had(cook: Cook) -> None:
    farm = cook.make("kitchen.suppliers", name="Farm")
    dish = cook.make(supplier_id=farm)
    cook.change(farm, "kitchen.suppliers", name="Estate")

    cook.change(dish, supplier_id=None)

    made, emptied = cook.history(dish)
    assert changed(made)["supplier"] == (None, {"id": farm, "label": "Farm"})
    assert changed(emptied)["supplier"] == ({"id": farm, "label": "Estate"}, None)


def test_lines_are_told_in_their_document(cook: Cook) -> None:
    dish = cook.make(ingredients=[BEANS, {"name": "Salt", "amount": "1"}])
    with cook.unit() as unit:
        beans, _salt = cook.record(unit, dish).ingredients
        beans_id = beans.id

    cook.change(
        dish, ingredients=[{**BEANS, "id": beans_id, "amount": "3"}, {"name": "Oil", "amount": "1"}]
    )

    entry = cook.history(dish)[-1]
    assert sorted(lines_of(entry)) == [("changed", "Beans"), ("deleted", "Salt"), ("made", "Oil")]
    beans_told = next(one for one in entry.changes["lines"] if one["id"] == beans_id)
    told = {one["field"]: (one["from"], one["to"]) for one in beans_told["fields"]}
    assert told == {"amount": ("2.000", "3.000"), "cost": ("2.00", "3.00")}
    assert {one.resource for one in cook.entries()} == {"kitchen.dishes"}


def test_an_action_is_told_by_its_name(cook: Cook) -> None:
    dish = cook.make()

    cook.act(dish, "taste", points=7)

    entry = cook.history(dish)[-1]
    assert (entry.kind, entry.action) == (HistoryKind.DONE, "taste")
    assert changed(entry) == {"points": (None, 7)}


def test_a_deleted_record_is_told_with_what_it_held(cook: Cook) -> None:
    dish = cook.make(ingredients=[BEANS])

    cook.delete(dish)

    entry = cook.history(dish)[-1]
    assert (entry.kind, entry.label) == (HistoryKind.DELETED, "SOUP Soup")
    assert changed(entry)["price"] == ("3.50", None)
    assert lines_of(entry) == [("deleted", "Beans")]


def test_a_secret_is_only_told_to_have_changed(cook: Cook) -> None:
    farm = cook.make("kitchen.suppliers", name="Farm", pin="1234")
    cook.change(farm, "kitchen.suppliers", pin="5678")

    made, entry = cook.history(farm, "kitchen.suppliers")

    assert entry.changes == {"fields": [{"field": "pin"}]}
    assert {"field": "pin"} in made.changes["fields"]
    assert not any("1234" in str(one.changes) for one in cook.entries())


@pytest.mark.parametrize("way", ["screen", "api", "import", "job"])
def test_the_way_is_told(cook: Cook, way: str) -> None:
    with cook.unit(way) as unit:
        unit.session.add(Supplier(name="Farm"))

    assert [one.way for one in cook.entries()] == [way]


def test_one_unit_of_work_is_one_entry_of_each_record(cook: Cook) -> None:
    dish = cook.make()
    with cook.unit() as unit:
        record = cook.record(unit, dish)
        for price in (5, 6):
            record.price = price
            unit.session.flush()

    assert [changed(one)["price"] for one in cook.history(dish)] == [
        (None, "3.50"),
        ("3.50", "6.00"),
    ]


def test_what_is_changed_back_in_one_unit_is_no_change(cook: Cook) -> None:
    dish = cook.make()
    with cook.unit() as unit:
        record = cook.record(unit, dish)
        for name in ("Stew", "Soup"):
            record.name = name
            unit.session.flush()

    assert len(cook.history(dish)) == 1


def test_what_was_made_and_deleted_in_one_unit_never_was(cook: Cook) -> None:
    with cook.unit() as unit:
        farm = Supplier(name="Farm")
        unit.session.add(farm)
        unit.session.flush()
        unit.session.delete(farm)

    assert cook.entries() == []


def test_what_was_undone_is_in_no_history(cook: Cook) -> None:
    with cook.unit() as unit:
        unit.session.add(Supplier(name="Farm"))
        with suppress(BusinessError), unit.attempt():
            unit.session.add(Supplier(name="Mill"))
            unit.session.flush()
            raise BusinessError("no")
        with suppress(BusinessError), unit.attempt():
            unit.session.add(Supplier(name="Farm"))
            unit.session.add(Supplier(name="Farm"))
            with suppress(Exception):
                unit.session.flush()
            raise BusinessError("no")
    with suppress(BusinessError), cook.unit() as unit:
        unit.session.add(Supplier(name="Dairy"))
        unit.session.flush()
        raise BusinessError("no")

    assert [one.label for one in cook.entries()] == ["Farm"]


def test_a_statement_on_many_records_is_told_of_each(cook: Cook) -> None:
    soup, stew = cook.make(ingredients=[BEANS]), cook.make(code="STEW", name="Stew", price="9")

    with cook.unit() as unit:
        unit.session.execute(update(Dish).where(Dish.code == "SOUP").values(price=5))
        unit.session.execute(update(Ingredient).values(optional=True))
        unit.session.execute(delete(Dish).where(Dish.code == "STEW"))

    told = cook.history(soup)[-1]
    assert changed(told) == {"price": ("3.50", "5.00")}
    assert [one["fields"] for one in told.changes["lines"]] == [
        [{"field": "optional", "from": False, "to": True}]
    ]
    assert cook.history(stew)[-1].kind is HistoryKind.DELETED
    assert cook.history(stew)[-1].label == "STEW Stew"


def test_what_would_be_in_no_history_is_refused(cook: Cook) -> None:
    row = {"name": "Farm", "company_id": cook.company.id}

    with pytest.raises(IsolationBreach), cook.unit() as unit:
        unit.session.execute(insert(Supplier), [row])


def test_lines_that_are_only_put_in_another_order_are_told(cook: Cook) -> None:
    dish = cook.make(ingredients=[{**BEANS, "name": name} for name in ("Beans", "Salt", "Oil")])
    with cook.unit() as unit:
        beans, salt, oil = ({"id": one.id} for one in cook.record(unit, dish).ingredients)
    beans, salt = {**BEANS, **beans}, {**BEANS, "name": "Salt", **salt}

    cook.change(dish, ingredients=[{**BEANS, "name": "Oil", **oil}, beans, salt])
    cook.change(dish, ingredients=[beans, salt])

    _made, moved, closed_up = cook.history(dish)
    assert moved.changes["orders"] == [
        {"lines": "ingredients", "from": ["Beans", "Salt", "Oil"], "to": ["Oil", "Beans", "Salt"]}
    ]
    assert lines_of(moved) == []
    assert "orders" not in closed_up.changes
    assert lines_of(closed_up) == [("deleted", "Oil")]
