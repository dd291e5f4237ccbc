"""Names and phone numbers that are the same for people."""

import pytest

from bumen_base.models.likeness import beginnings, comparable_name, comparable_phone


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("臺灣茶葉股份有限公司", "台灣茶葉有限公司"),
        ("Acme Co., Ltd.", "ACME"),
        ("ＡＣＭＥ　Ｉｎｃ．", "acme"),
        ("Blondel père & fils", "Blondel Père et fils".replace(" et", "")),
        ("北京茶业有限责任公司", "北京茶业公司"),
    ],
)
def test_case_width_signs_and_legal_form_do_not_make_another_name(one: str, other: str) -> None:
    assert comparable_name(one) == comparable_name(other)


def test_two_names_are_not_alike_because_they_share_a_legal_form() -> None:
    assert comparable_name("東方有限公司") != comparable_name("西方有限公司")


@pytest.mark.parametrize("name", ["公司", "Co., Ltd.", "有限公司"])
def test_a_name_that_is_only_a_legal_form_stays_comparable(name: str) -> None:
    assert comparable_name(name) != ""


def test_a_folded_name_is_never_longer_than_a_name() -> None:
    assert len(comparable_name("㍿" * 200)) == 200


@pytest.mark.parametrize(
    "phone",
    ["(02) 2345-6789", "02-23456789", "+886 2 2345 6789", "00886223456789", "02-2345-6789 #12"],
)
def test_the_same_number_is_recognised_however_it_is_written(phone: str) -> None:
    assert comparable_phone(phone) == "223456789"


@pytest.mark.parametrize("phone", [None, "", "110", "02-12"])
def test_too_short_a_number_is_like_no_other(phone: str | None) -> None:
    assert comparable_phone(phone) == ""


def test_only_beginnings_of_four_letters_or_more_count() -> None:
    assert beginnings("台灣茶葉行") == ["台灣茶葉", "台灣茶葉行"]
