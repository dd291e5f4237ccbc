"""Exact values: money, quantities, percentages, moments and choices, alike on every database.

SQLite has no exact decimal, so decimals are stored there as whole numbers of their smallest
unit; PostgreSQL stores NUMERIC. Sums and comparisons in SQL are exact on both. Nothing is ever
rounded on its way in: a value with too many places is refused.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Numeric
from sqlalchemy.types import TypeDecorator, TypeEngine

from bumen.i18n import Text

BIG_ID = BigInteger().with_variant(Integer, "sqlite")
"""The type of identifiers: 64 bits on both databases (SQLite's INTEGER is its row id)."""
BIGGEST_ID = 2**63 - 1
"""The biggest id a record can have."""
BIGGEST_ACCOUNT_ID = 2**31 - 1
"""The biggest id a person or a role can have: accounts are kept with 32 bits."""

_CENT = Decimal("0.01")


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal with a fixed number of places, exact on both databases."""

    impl = Numeric
    cache_ok = True
    precision: ClassVar[int]
    scale: ClassVar[int]
    limit: ClassVar[Decimal]
    """The first value that is too large."""
    _least: ClassVar[Decimal]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.limit = Decimal(10) ** (cls.precision - cls.scale)
        cls._least = Decimal(1).scaleb(-cls.scale)

    def __init__(self) -> None:
        super().__init__(self.precision, self.scale)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(self.precision, self.scale))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        exact = self.checked(value)
        return int(exact.scaleb(self.scale)) if dialect.name == "sqlite" else exact

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return Decimal(int(value)).scaleb(-self.scale)
        return Decimal(value)

    def checked(self, value: Any) -> Decimal:
        """Return the value with its places filled up, or raise ValueError."""
        if type(value) is Decimal and value.same_quantum(self._least) and abs(value) < self.limit:
            return value
        if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
            raise ValueError(f"{value!r} is not an exact decimal")  # noqa: TRY004  # one kind of refusal
        exact = Decimal(value)
        if not exact.is_finite() or abs(exact) >= self.limit:
            raise ValueError(f"{value!r} does not fit {self.precision} digits")
        filled = exact.quantize(self._least)
        if filled != exact:
            raise ValueError(f"{value!r} has more than {self.scale} decimal places")
        return filled


class MoneyType(ExactDecimal):
    """An amount in the company's currency, in cents."""

    cache_ok = True
    precision, scale = 18, 2


class QuantityType(ExactDecimal):
    """A quantity in the product's unit, in thousandths."""

    cache_ok = True
    precision, scale = 18, 3


class PercentType(ExactDecimal):
    """A percentage: 5 is five percent; up to four places."""

    cache_ok = True
    precision, scale = 9, 4


Money = Annotated[Decimal, "money"]
"""An exact amount of money with two places, for `Mapped[Money]`."""
Quantity = Annotated[Decimal, "quantity"]
"""An exact quantity with three places, for `Mapped[Quantity]`."""
Percent = Annotated[Decimal, "percent"]
"""An exact percentage with four places, for `Mapped[Percent]`."""


Picture = Annotated[bytes, "picture"]
"""A small picture kept with its record, for `Mapped[Picture | None]`; see `picture_type`."""
LARGEST_PICTURE = 1024 * 1024
"""The most bytes a picture may have."""
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def picture_type(content: bytes) -> str | None:
    """Return the media type of a picture by its content; None for what is none of ours."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _PICTURES if content.startswith(start)), None)


def is_record_id(number: int) -> bool:
    """Whether a record could have this id at all; no database is asked for any other."""
    return 0 < number <= BIGGEST_ID


def is_account_id(number: int) -> bool:
    """Whether a person or a role could have this id at all."""
    return 0 < number <= BIGGEST_ACCOUNT_ID


def round_money(amount: Decimal) -> Decimal:
    """Round half-up to two places, as invoices do."""
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: always aware, stored in UTC, given back in UTC. Naive ones are refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise ValueError(f"{value!r} is not an aware moment")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Tone(StrEnum):
    """What a code means at a glance; screens colour its badge, beside the words."""

    PLAIN = "plain"
    ACTIVE = "active"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


class Choice(StrEnum):
    """One of a fixed set of codes, each with a label for people, and a tone if it has one.

    class InvoiceState(Choice):
        OPEN = "open", _("Open"), Tone.ACTIVE
        PAID = "paid", _("Paid"), Tone.GOOD
    """

    label: Text
    tone: Tone | None

    def __new__(cls, code: str, label: Text, tone: Tone | None = None) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.tone = tone
        return member
