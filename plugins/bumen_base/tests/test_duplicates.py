"""Customers that may be one and the same are pointed out."""

from typing import Any

import pytest

from bumen import create_record
from bumen_base.models import Customer
from bumen_base.resources import Customers
from bumen_base.services import find_likely_duplicates

pytestmark = pytest.mark.usefixtures("unit")


def make_customer(name: str, **values: Any) -> Customer:
    made: Customer = create_record(Customers, {"name": name, **values}, by=None)
    return made


def test_a_similar_name_is_pointed_out() -> None:
    there = make_customer("台灣茶葉有限公司")

    similar = ["臺灣茶葉股份有限公司", "台灣茶葉", "台灣茶葉行銷有限公司", "臺灣 茶葉"]

    assert [find_likely_duplicates(name=name) for name in similar] == [[there]] * 4


def test_a_longer_name_that_is_there_already_is_pointed_out() -> None:
    there = make_customer("台灣茶葉行銷有限公司")

    assert find_likely_duplicates(name="台灣茶葉") == [there]


def test_another_name_is_not_pointed_out() -> None:
    make_customer("台灣茶葉有限公司")

    others = ["台灣咖啡有限公司", "茶葉", "台灣", "台_茶葉", "%"]

    assert [name for name in others if find_likely_duplicates(name=name)] == []


def test_the_same_phone_is_pointed_out_however_it_is_written() -> None:
    there = make_customer("春水茶行", phone="(02) 2345-6789")

    assert find_likely_duplicates(name="東方", phone="+886 2 2345 6789") == [there]


def test_no_phone_is_not_the_same_phone() -> None:
    make_customer("春水茶行")

    assert find_likely_duplicates(name="東方") == []


def test_a_customer_is_not_its_own_duplicate() -> None:
    there = make_customer("春水茶行總店")

    assert find_likely_duplicates(name=there.name, besides=there.id) == []


def test_a_likely_duplicate_is_no_reason_to_refuse() -> None:
    make_customer("台灣茶葉有限公司", phone="02-2345-6789")

    assert make_customer("台灣茶葉有限公司", phone="02-2345-6789").id
