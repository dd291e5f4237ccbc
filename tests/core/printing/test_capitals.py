"""Amounts in capitals: exact to the cent, each gap said once, and read back as the same amount."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bumen.printing.capitals import in_capitals

WRITTEN = [
    ("0", "新臺幣零元整", "人民币零元整"),
    ("0.05", "新臺幣伍分", "人民币伍分"),
    ("0.50", "新臺幣伍角整", "人民币伍角整"),
    ("12000", "新臺幣壹萬貳仟元整", "人民币壹万贰仟元整"),
    ("10010.10", "新臺幣壹萬零壹拾元壹角整", "人民币壹万零壹拾元壹角整"),
    ("1001.01", "新臺幣壹仟零壹元零壹分", "人民币壹仟零壹元零壹分"),
    ("20456.75", "新臺幣貳萬零肆佰伍拾陸元柒角伍分", "人民币贰万零肆佰伍拾陆元柒角伍分"),
    ("100000000.05", "新臺幣壹億元零伍分", "人民币壹亿元零伍分"),
    ("101000000", "新臺幣壹億零壹佰萬元整", "人民币壹亿零壹佰万元整"),
    ("-3", "新臺幣負參元整", "人民币负叁元整"),
]
DIGITS = {sign: place for place, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
TENS = {"拾": 10, "佰": 100, "仟": 1000}


def read_back(words: str) -> Decimal:
    """Read an amount in capitals, in yuan, the way a cashier does."""
    whole, yuan, cents = words.removesuffix("整").rpartition("元")
    total, group, digit = 0, 0, 0
    for sign in whole if yuan else "":
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in TENS:
            group, digit = group + digit * TENS[sign], 0
        else:
            value = 10**4 if sign == "万" else 10**8
            total, group, digit = (
                (total + group + digit) * value
                if value == 10**8
                else (total + (group + digit) * value),
                0,
                0,
            )
    parts = {"角": 0, "分": 0}
    for place, sign in enumerate(cents):
        if sign in parts:
            parts[sign] = DIGITS[cents[place - 1]]
    return Decimal(total + group + digit) + Decimal(parts["角"] * 10 + parts["分"]) / 100


@pytest.mark.parametrize(("amount", "in_taiwan", "on_the_mainland"), WRITTEN)
def test_amounts_are_written_out_in_both_scripts(
    amount: str, in_taiwan: str, on_the_mainland: str
) -> None:
    exact = Decimal(amount)

    assert in_capitals(exact, currency="TWD", language="zh_Hant") == in_taiwan
    assert in_capitals(exact, currency="CNY", language="zh_Hans") == on_the_mainland


def test_english_has_no_capitals_and_unknown_currencies_keep_their_code() -> None:
    assert in_capitals(Decimal(5), currency="TWD", language="en") == ""
    assert in_capitals(Decimal(5), currency="KRW", language="zh_Hant") == "KRW伍元整"


@given(st.integers(min_value=0, max_value=10**11 - 1))
def test_what_is_written_out_reads_back_as_the_same_amount(cents: int) -> None:
    amount = Decimal(cents) / 100

    words = in_capitals(amount, currency="CNY", language="zh_Hans").removeprefix("人民币")

    assert read_back(words) == amount
