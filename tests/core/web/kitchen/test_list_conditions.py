"""Conditions of lists: what they mean, in addresses and through the API."""

from __future__ import annotations

from typing import Any

from bumen.model.describe import Kind, fields_of
from bumen.web.list_words import OPERATORS
from kitchen.resources import Dishes
from tests.core.web.addresses import address, codes, working
from tests.core.web.kitchens import Kitchen


def test_a_repeated_value_means_any_of_them(kitchen: Kitchen) -> None:
    farm, mill = kitchen.supplier("Farm"), kitchen.supplier("Mill")
    for code, name, supplier in (("A", "Tea", farm), ("B", "Soup", mill), ("C", "Cake", None)):
        kitchen.dish(code=code, name=name, supplier_id=supplier, vegan=code == "A")

    with working(kitchen):
        assert codes("filter.name=tea", "filter.name=CAKE") == ["A", "C"]
        assert codes("filter.name.ct=tea", "filter.name.ct=CAKE") == ["A", "C"]
        assert codes("filter.name.eq=Tea", "filter.name.eq=Cake", "filter.name.eq=So") == ["A", "C"]
        assert codes(f"filter.supplier={farm}", f"filter.supplier={mill}") == ["A", "B"]
        assert codes("filter.code.in=A", "filter.code.in=C") == ["A", "C"]
        assert codes("filter.vegan=0", "filter.vegan=1") == ["A", "B", "C"]
        assert codes("filter.price.ge=1", "filter.price.ge=9") == []


def test_what_has_no_value_is_empty_and_is_not_anything(kitchen: Kitchen) -> None:
    farm = kitchen.supplier("Farm")
    kitchen.dish(code="A", supplier_id=farm, spicy=True, course="main")
    kitchen.dish(code="B")

    with working(kitchen):
        assert codes("filter.supplier.empty=1") == codes("filter.spicy.empty=1") == ["B"]
        assert codes("filter.supplier.empty=0") == codes("filter.launched.empty=1")[:1] == ["A"]
        assert codes(f"filter.supplier.neq={farm}") == codes("filter.spicy.neq=1") == ["B"]


def test_a_day_stands_for_all_of_it_where_moments_are_compared(kitchen: Kitchen) -> None:
    moments = {"A": "2026-11-20T23:59", "B": "2026-11-21T00:00", "C": "2026-11-21T23:59"}
    for code, moment in {**moments, "D": "2026-11-22T00:00"}.items():
        kitchen.dish(code=code, served_at=f"{moment}:00+08:00")

    with working(kitchen):
        assert codes("filter.served_at=2026-11-21") == ["B", "C"]
        assert codes("filter.served_at.le=2026/11/21") == ["A", "B", "C"]
        assert codes("filter.served_at.lt=2026-11-21") == ["A"]
        assert codes("filter.served_at.gt=2026-11-21") == ["D"]
        assert codes("filter.served_at.ge=2026-11-21") == ["B", "C", "D"]
        assert codes("filter.served_at.ge=2026-11-21T23:59") == ["C", "D"]


def test_every_operator_that_is_offered_is_understood(kitchen: Kitchen) -> None:
    values = {
        Kind.TEXT: "a",
        Kind.DECIMAL: "1",
        Kind.DATE: "2026-11-21",
        Kind.MOMENT: "2026-11-21",
        Kind.CHOICE: "main",
        Kind.FLAG: "1",
        Kind.REFERENCE: str(kitchen.supplier("Farm")),
    }
    offered = [fields_of(Dishes.model)[name] for name in Dishes.filtered()]
    assert {field.kind for field in offered} == set(values)
    with working(kitchen):
        for field, code in ((one, code) for one in offered for code in OPERATORS[one.kind]):
            operator, _is, fixed = code.partition("=")
            value = "this_week" if operator == "period" else fixed or values[field.kind]
            argument = f"filter.{field.name}.{operator}={value}"

            assert codes(argument) == [], argument
            (one,) = address(argument).conditions
            assert one.code == code, argument


def test_the_api_takes_the_same_conditions(kitchen: Kitchen) -> None:
    kitchen.dish(code="A", course="main", launched="2026-11-21")
    kitchen.dish(code="B", course="starter")
    browser = kitchen.browser()

    def listed(*condition: Any) -> Any:
        one = "(col:{},opr:{},value:{})".format(*condition)
        q = f"(filters:!({one}),order_column:code,columns:!(code))"
        page = browser.get(f"/api/v1/kitchen/dishes/?q={q}")
        return [row["code"] for row in page.json["result"]] if page.status_code == 200 else None

    assert listed("course", "in", "!(main,starter)") == ["A", "B"]
    assert listed("code", "in", "!('B')") == ["B"]
    assert listed("code", "in", "!()") == []
    assert listed("launched", "empty", "!t") == ["B"]
    assert listed("launched", "empty", "!f") == ["A"]
    assert listed("launched", "period", "'2026-11'") == ["A"]
    assert listed("season", "in", "!(main,!n)") == ["A", "B"]
    for wrong in (("in", "main"), ("in", "!(dessert)"), ("in", "!(!(main))"), ("eq", "!(main)")):
        assert listed("course", *wrong) is None, wrong
    for wrong in (("empty", "maybe"), ("empty", "!n"), ("period", "!t"), ("period", "!(today)")):
        assert listed("launched", *wrong) is None, wrong
