"""How values are written for people, and how what people type is read back.

Money carries the currency's own sign: CLDR writes Taiwan's dollar as a bare "$", which could be
anybody's. Decimals are rounded half-up before they are written, never by way of floats. What
cannot be read is given back as it was typed, so that the schema refuses it with its own sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from bumen import values
from bumen.i18n import FORMATS, language, translator
from bumen.model.describe import Described, Kind
from bumen.unit_of_work import current

_ = translator(__file__, "bumen")

EMPTY = "–"
"""What stands where there is no value."""

_SIGNS = {
    "CNY": "¥",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "JPY": "JP¥",
    "MOP": "MOP$",
    "SGD": "S$",
    "TWD": "NT$",
    "USD": "US$",
}
_WITHOUT_CENTS = {"JPY", "KRW", "TWD"}
"""Currencies whose amounts are written without cents when they have none."""

_DAY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")


@dataclass(frozen=True, kw_only=True)
class Formats:
    """Formats are how one reader reads: in a language, a currency and a time zone."""

    language: str
    currency: str = ""
    timezone: str = "UTC"

    @property
    def locale(self) -> str:
        """The full locale: zh_Hant_TW, zh_Hans_CN or en."""
        return FORMATS[self.language]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone moments are written in."""
        return ZoneInfo(self.timezone)

    @property
    def sign(self) -> str:
        """The currency's own sign: NT$, ¥; its code where it has none."""
        return _SIGNS.get(self.currency, self.currency)

    def value(
        self, described: Described, value: Any, *, in_line: bool = False, whole: bool = False
    ) -> str:
        """Write a field's value. Amounts in a document's lines go without the currency.

        `whole` ones of them go without places, too (see `counts_whole`).
        """
        if value in (None, ""):
            return EMPTY
        if in_line and isinstance(described.column.type, values.MoneyType):
            return self.amount(value, whole=whole)
        return _WRITERS[described.kind](self, described, value)

    def in_column(self, described: Described, value: Any) -> str:
        """Write a value that others stand above and below, or what all of them come to.

        Amounts that were reckoned go without cents where nobody counts in them.
        """
        is_money = isinstance(described.column.type, values.MoneyType)
        if is_money and described.about.readonly and isinstance(value, Decimal):
            return self.total(value)
        return self.value(described, value)

    def money(self, amount: Decimal) -> str:
        """Write an amount with its currency: NT$1,234, ¥1,234.50, -HK$5.00."""
        whole = self.currency in _WITHOUT_CENTS and amount == amount.to_integral_value()
        number = self._decimal(abs(amount), "#,##0" if whole else "#,##0.00", places=2)
        sign = _SIGNS.get(self.currency, f"{self.currency}\N{NO-BREAK SPACE}".lstrip())
        return f"{'-' if amount < 0 else ''}{sign}{number}"

    def total(self, amount: Decimal) -> str:
        """Write what many amounts come to: NT$1,235 of 1,234.50, where nobody counts in cents."""
        if self.currency in _WITHOUT_CENTS:
            return self.money(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        return self.money(amount)

    def amount(self, amount: Decimal, *, whole: bool = False) -> str:
        """Write an amount without its currency: with two places, 1,234.50, or with none."""
        return self._decimal(amount, "#,##0" if whole else "#,##0.00", places=2)

    def counts_whole(self, amounts: Iterable[Decimal]) -> bool:
        """Whether amounts go without places: where nobody counts in cents, and none has any."""
        without = self.currency in _WITHOUT_CENTS
        return without and all(one == one.to_integral_value() for one in amounts)

    def quantity(self, quantity: Decimal) -> str:
        """Write a quantity without empty places: 1,234.5."""
        return self._decimal(quantity, "#,##0.###", places=3)

    def percent(self, percent: Decimal) -> str:
        """Write a percentage: 5 is 5%."""
        return f"{self._decimal(percent, '#,##0.####', places=4)}%"

    def day(self, day: date) -> str:
        """Write a day: 2026/11/21, or Nov 21, 2026."""
        length = "medium" if self.language == "en" else "short"
        return dates.format_date(day, length, locale=self.locale)

    def moment(self, moment: datetime, *, seconds: bool = False) -> str:
        """Write a moment where the company is, by a clock of 24 hours: 2026/11/21 15:04."""
        there = moment.astimezone(self.zone)
        return f"{self.day(there.date())} {there.strftime('%H:%M:%S' if seconds else '%H:%M')}"

    def decimal(self, described: Described, value: Decimal) -> str:
        """Write a decimal as what its field holds: money, a percentage or a quantity."""
        if isinstance(described.column.type, values.MoneyType):
            return self.money(value)
        if isinstance(described.column.type, values.PercentType):
            return self.percent(value)
        return self.quantity(value)

    def _decimal(self, value: Decimal, pattern: str, *, places: int) -> str:
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        return format_decimal(rounded, pattern, locale=self.locale)


Writer = Callable[[Formats, Described, Any], str]

_WRITERS: dict[Kind, Writer] = {
    Kind.TEXT: lambda _formats, _field, value: str(value),
    Kind.LONG_TEXT: lambda _formats, _field, value: str(value),
    Kind.NUMBER: lambda _formats, _field, value: str(value),
    Kind.DECIMAL: lambda formats, field, value: formats.decimal(field, value),
    Kind.DATE: lambda formats, _field, value: formats.day(value),
    Kind.MOMENT: lambda formats, _field, value: formats.moment(value),
    Kind.FLAG: lambda _formats, _field, value: str(_("Yes") if value else _("No")),
    Kind.CHOICE: lambda _formats, _field, value: str(value.label),
    Kind.REFERENCE: lambda _formats, _field, value: str(value),
    Kind.PICTURE: lambda _formats, field, _value: str(field.about.label),
}


def formats_here() -> Formats:
    """Return the formats of the moment: its language, and the company that is worked for."""
    company = current().company
    if company is None:
        return Formats(language=language())
    return Formats(language=language(), currency=company.currency, timezone=company.timezone)


def typed_decimal(value: Decimal, *, places: int = 0) -> str:
    """Write a decimal the way it is typed: exact, ungrouped, with no fewer than these places."""
    whole, _point, part = f"{value:f}".partition(".")
    part = part.rstrip("0").ljust(places, "0")
    return f"{whole}.{part}" if part else whole


def typed_moment(moment: datetime, formats: Formats) -> str:
    """Write a moment the way browsers type it, where the company is: 2026-11-21T15:04."""
    there = moment.astimezone(formats.zone).replace(tzinfo=None)
    return there.isoformat(timespec="seconds" if there.second else "minutes")


def read_number(text: str, formats: Formats) -> str:
    """Return a typed number as a numeral: "1,234.50" and "１２３４．５" are "1234.50", "1234.5"."""
    plain = unicodedata.normalize("NFKC", text).strip()
    group, point = get_group_symbol(formats.locale), get_decimal_symbol(formats.locale)
    grouped = rf"[+-]?[0-9]{{1,3}}({re.escape(group)}[0-9]{{3}})+({re.escape(point)}[0-9]+)?"
    if re.fullmatch(grouped, plain):
        plain = plain.replace(group, "")
    numeral = plain.replace(point, ".")
    return numeral if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", numeral) else text


def read_day(text: str) -> str:
    """Return a typed day as ISO 8601: "2026/11/21" and "2026年11月21日" become "2026-11-21"."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}" if found else text


def read_moment(text: str, formats: Formats) -> str:
    """Return a moment as browsers type it, where the company is, as ISO 8601 with its offset."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=formats.zone)
        return moment.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return text
