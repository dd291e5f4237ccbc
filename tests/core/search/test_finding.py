"""The search finds what LIKE finds, and what is the same word in another script."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from sqlalchemy import or_, select

from bumen.folding import folded
from bumen.listing import search_in
from bumen.unit_of_work import CurrentCompany
from bumen_base.models import Category
from tests.core.search.conftest import Desk

SIGNS = "aAbZß1234-_%'\"\\*:&|!() 臺台灣湾電电子股份有限公司ＡａÉ着"
KEY = "base.categories"


@pytest.mark.parametrize("words", ["台灣", "臺灣", "台湾", "臺湾電", "湾 电子"])
def test_a_word_is_found_in_whichever_script_it_is_written(desk: Desk, words: str) -> None:
    ident = desk.category("臺灣電子股份有限公司")
    desk.category("大同電子")

    assert desk.found(KEY, words) == [ident]


@pytest.mark.parametrize("words", ["訂單", "客户", "單", "戶", "ＩＫ", "ik", "K-9"])
def test_short_words_are_found(desk: Desk, words: str) -> None:
    ident = desk.category("訂單與客戶 IK-9")

    assert desk.found(KEY, words) == [ident]


def test_every_word_must_occur_wherever_it_stands(desk: Desk) -> None:
    desk.category("宏達精密 台北")
    ident = desk.category("宏達精密 高雄")

    assert desk.found(KEY, "高雄 宏達") == [ident]
    assert desk.found(KEY, "宏雄") == []


def test_pairs_that_stand_apart_are_no_word(desk: Desk) -> None:
    desk.category("甲乙 乙丙")

    assert desk.found(KEY, "甲乙丙") == []


def test_a_word_does_not_run_from_one_field_into_the_next(desk: Desk) -> None:
    desk.make("base.products", code="AB", name="CD", unit="盒", list_price="1")

    assert desk.found("base.products", "ABCD") == []
    assert desk.found("base.products", "BC") == []


@pytest.mark.slow
def test_it_finds_what_like_finds_and_what_is_alike(desk: Desk) -> None:
    """By search and by filter, over names made of awkward signs."""
    dice = random.Random(20261122)  # noqa: S311  # the same names every time
    names = {"".join(dice.choices(SIGNS, k=dice.randint(1, 12))).strip() for _ in range(250)} - {""}
    with desk.unit() as unit:
        unit.session.add_all(Category(code=f"#{at}", name=name) for at, name in enumerate(names))
    for word in [*SIGNS.replace(" ", ""), *_words(dice, sorted(names))]:
        alike, like = _alike(desk, word)
        found = set(desk.found(KEY, word))

        assert found == alike["code"] | alike["name"], word
        assert found >= like, word
        assert set(desk.filtered(KEY, "name", "ct", word)) == alike["name"], word
        assert set(desk.filtered(KEY, "name", "nct", word)) == alike[""] - alike["name"], word


def test_what_a_reference_names_is_searched_too(desk: Desk) -> None:
    customer = desk.make("base.customers", name="臺灣電力", phone="02-23666666")
    desk.make("base.customers", name="大同")
    ident = desk.make("base.contacts", name="王小明", customer_id=customer)

    assert desk.found("base.contacts", "台湾") == [ident]
    assert desk.found("base.contacts", "小明 电力") == [ident]
    assert desk.found("base.contacts", "23666666") == []


def test_a_company_finds_its_own_only(desk: Desk, other_company: CurrentCompany) -> None:
    theirs = Desk(desk.host, company="CN01")
    mine, its = desk.category("臺灣"), theirs.category("台湾")

    assert desk.found(KEY, "臺灣") == [mine]
    assert theirs.found(KEY, "臺灣") == [its]


def test_a_filter_looks_into_its_own_field(desk: Desk) -> None:
    one = desk.make("base.products", code="TEA", name="Oolong", unit="盒", list_price="1")
    other = desk.make("base.products", code="X1", name="Green tea", unit="盒", list_price="1")

    assert desk.filtered("base.products", "name", "ct", "tea") == [other]
    assert desk.filtered("base.products", "code", "ct", ["tea", "x"]) == [one, other]
    assert desk.filtered("base.products", "name", "nct", "tea") == [one]


def test_spaces_count_in_a_filter(desk: Desk) -> None:
    ident = desk.category("green tea")
    desk.category("tea, green tee")

    assert desk.filtered(KEY, "name", "ct", "green tea") == [ident]


def test_what_was_made_in_this_unit_of_work_is_found_in_it(desk: Desk) -> None:
    with desk.unit() as unit:
        unit.session.add(Category(code="T", name="台灣"))
        matching = select(Category.code).where(search_in(desk.resource(KEY), "臺灣"))
        assert list(unit.session.scalars(matching)) == ["T"]


def _words(dice: random.Random, names: list[str]) -> Iterator[str]:
    """Yield parts of names."""
    for _time in range(120):
        name = dice.choice(names)
        start = dice.randrange(len(name))
        yield from name[start : start + dice.randint(1, 5)].split()


def _alike(desk: Desk, word: str) -> tuple[dict[str, set[int]], set[int]]:
    """Return what should be found by each field (all by none), and what LIKE finds."""
    by_field: dict[str, set[int]] = {"": set(), "code": set(), "name": set()}
    with desk.unit() as unit:
        for ident, code, name in unit.session.execute(
            select(Category.id, Category.code, Category.name)
        ):
            texts = {"": word, "code": code, "name": name}
            for field, text in texts.items():
                by_field[field] |= {ident} if folded(word) in folded(text) else set()
        either = (one.icontains(word, autoescape=True) for one in (Category.code, Category.name))
        return by_field, set(unit.session.scalars(select(Category.id).where(or_(*either))))
