"""Tax IDs of two countries, told by their check digits."""

import pytest

from bumen import BusinessError, create_record
from bumen.host import Host
from bumen.testing.makers import make_company
from bumen_base.errors import CreditCodeIsWrong, UniformNumberIsWrong
from bumen_base.resources import Customers
from bumen_base.services.tax_ids import is_credit_code, is_uniform_number, tidied_tax_id


@pytest.mark.parametrize(
    "tax_id",
    [
        "22099131",  # 台灣積體電路製造
        "04541302",  # 鴻海精密工業
        "84149961",  # 聯發科技
        "04595257",  # the ministry's example, divisible by ten
        "04595252",  # the same with the check digit that only the rule of 2023 allows
    ],
)
def test_a_uniform_number_with_a_sum_divisible_by_five_is_valid(tax_id: str) -> None:
    assert is_uniform_number(tax_id)


@pytest.mark.parametrize("tax_id", ["10458575", "10458574"])
def test_a_seven_in_the_seventh_place_counts_as_nothing_or_as_one(tax_id: str) -> None:
    assert is_uniform_number(tax_id)


@pytest.mark.parametrize(
    "tax_id",
    [
        "22099130",
        "22099132",
        "12345678",
        "53212538",
        "2209913",
        "220991310",
        "2209913A",
        "",
        "２２０９９１３１",
    ],
)
def test_any_other_number_is_not_a_uniform_number(tax_id: str) -> None:
    assert not is_uniform_number(tax_id)


@pytest.mark.parametrize(
    "tax_id",
    [
        "91350100M000100Y43",  # the example of GB 32100-2015
        "914403001922038216",  # 华为技术有限公司
        "9144030071526726XG",  # 深圳市腾讯计算机系统有限公司
        "91110000802100433B",  # 北京百度网讯科技有限公司
    ],
)
def test_a_credit_code_whose_check_character_fits_is_valid(tax_id: str) -> None:
    assert is_credit_code(tax_id)


@pytest.mark.parametrize(
    "tax_id",
    [
        "91350100M000100Y44",
        "91350100M000100Y34",
        "91350100M000100Y4",
        "91350100M000100Y433",
        "91350100I000100Y43",
        "91350100m000100y43",
        "22099131",
        "",
    ],
)
def test_any_other_text_is_not_a_credit_code(tax_id: str) -> None:
    assert not is_credit_code(tax_id)


def test_one_changed_sign_never_fits() -> None:
    valid = "91350100M000100Y43"
    changed = [valid[:p] + s + valid[p + 1 :] for p in range(18) for s in "0A9X" if valid[p] != s]

    assert [code for code in changed if is_credit_code(code)] == []


def test_a_tax_id_is_kept_in_half_width_capitals_without_spaces() -> None:
    assert tidied_tax_id(" ９１350100m000100 y43 ") == "91350100M000100Y43"


def test_an_empty_tax_id_is_none() -> None:
    assert tidied_tax_id("  ") is None


@pytest.mark.parametrize(
    ("country", "currency", "fits", "refusal"),
    [
        ("TW", "TWD", "22099131", UniformNumberIsWrong),
        ("CN", "CNY", "91350100M000100Y43", CreditCodeIsWrong),
    ],
)
def test_the_company_s_country_says_what_a_tax_id_is(
    host: Host, country: str, currency: str, fits: str, refusal: type[BusinessError]
) -> None:
    make_company(host, code="X1", plugins=["base"], country=country, currency=currency)

    with host.unit_of_work(company="X1"):
        customer = create_record(Customers, {"name": "甲", "tax_id": fits}, by=None)
        assert customer.tax_id == fits
        with pytest.raises(refusal):
            create_record(Customers, {"name": "乙", "tax_id": "12345678"}, by=None)


def test_in_other_countries_a_tax_id_is_free_text(host: Host) -> None:
    make_company(host, code="X1", plugins=["base"], country="HK", currency="HKD")

    with host.unit_of_work(company="X1"):
        customer = create_record(Customers, {"name": "甲", "tax_id": "12345678-000"}, by=None)

    assert customer.tax_id == "12345678-000"
