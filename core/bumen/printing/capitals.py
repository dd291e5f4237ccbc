"""Amounts of money in capital numerals, as documents in Chinese write them out against forgery.

There is no library for it that could be taken: num2words knows no Chinese, and cn2an installs
packages called `build`, `src` and `example` beside its own.
Source: 支付结算办法, annex 1 (People's Bank of China, 1997); in Taiwan the custom of cheques.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bumen.values import round_money

_GROUP = 4


@dataclass(frozen=True, kw_only=True)
class _Script:
    digits: str
    tens: tuple[str, ...]
    groups: tuple[str, ...]
    yuan: str
    minus: str
    currencies: dict[str, str]


_SCRIPTS = {
    "zh_Hant": _Script(
        digits="零壹貳參肆伍陸柒捌玖",
        tens=("", "拾", "佰", "仟"),
        groups=("", "萬", "億", "兆", "京"),
        yuan="元",
        minus="負",
        currencies={
            "TWD": "新臺幣",
            "CNY": "人民幣",
            "HKD": "港幣",
            "MOP": "澳門幣",
            "USD": "美元",
            "JPY": "日圓",
            "EUR": "歐元",
            "SGD": "新加坡幣",
        },
    ),
    "zh_Hans": _Script(
        digits="零壹贰叁肆伍陆柒捌玖",
        tens=("", "拾", "佰", "仟"),
        groups=("", "万", "亿", "万亿", "亿亿"),
        yuan="元",
        minus="负",
        currencies={
            "TWD": "新台币",
            "CNY": "人民币",
            "HKD": "港币",
            "MOP": "澳门币",
            "USD": "美元",
            "JPY": "日元",
            "EUR": "欧元",
            "SGD": "新加坡元",
        },
    ),
}


def in_capitals(amount: Decimal, *, currency: str, language: str) -> str:
    """Write an amount out: 12000 is 新臺幣壹萬貳仟元整; "" in languages that do not do so.

    Rounded half-up to two places. What ends with whole yuan or jiao ends with 整.
    """
    script = _SCRIPTS.get(language)
    if script is None:
        return ""
    exact = round_money(abs(amount))
    whole, cents = int(exact), int(exact * 100) % 100
    name = script.currencies.get(currency, currency)
    minus = script.minus if amount < 0 and exact else ""
    return f"{name}{minus}{_yuan(whole, cents, script)}{_cents(whole, cents, script)}"


def _yuan(whole: int, cents: int, script: _Script) -> str:
    if whole:
        return f"{_number(whole, script)}{script.yuan}"
    return "" if cents else f"{script.digits[0]}{script.yuan}"


def _cents(whole: int, cents: int, script: _Script) -> str:
    jiao, fen = divmod(cents, 10)
    if not cents:
        return "整"
    zero = script.digits[0] if whole and not jiao else ""
    first = f"{script.digits[jiao]}角" if jiao else ""
    return f"{zero}{first}" + (f"{script.digits[fen]}分" if fen else "整")


def _number(whole: int, script: _Script) -> str:
    """Write a number by groups of four digits; a gap between them is said once."""
    said, gap = "", False
    for place, group in _groups(whole):
        if not group:
            gap = bool(said)
            continue
        if said and (gap or group < 10 ** (_GROUP - 1)):
            said += script.digits[0]
        said += f"{_of_four(group, script)}{script.groups[place]}"
        gap = False
    return said


def _groups(whole: int) -> list[tuple[int, int]]:
    """Return the groups of four digits with their places, the greatest first."""
    digits = str(whole)
    count = -(-len(digits) // _GROUP)
    filled = digits.zfill(count * _GROUP)
    starts = range(0, len(filled), _GROUP)
    return [
        (count - 1 - place, int(filled[start : start + _GROUP]))
        for place, start in enumerate(starts)
    ]


def _of_four(group: int, script: _Script) -> str:
    said, gap = "", False
    for place in reversed(range(_GROUP)):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(said)
            continue
        said += (script.digits[0] if gap else "") + script.digits[digit] + script.tens[place]
        gap = False
    return said
