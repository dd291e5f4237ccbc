"""How single values come in: strict, exact, and refused with a sentence when they do not fit."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

from bumen.i18n import Text, translator
from bumen.values import BIGGEST_ID, LARGEST_PICTURE, Choice, ExactDecimal, picture_type

_ = translator(__file__, "bumen")

_DECIMAL = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters, and halves of characters."""
_EARLIEST, _LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
"""Between them every clock of the world can show a moment."""

COMMON: dict[str, Text] = {
    "required": _("This field is required."),
    "null": _("This field is required."),
    "validator_failed": _("This value is not allowed."),
}


class Value(fields.Field[Any]):
    """A value of a field; the messages are ours, in every language."""

    default_error_messages: Any = COMMON


def refuse_unstorable(value: str) -> str:
    """Return a text that every database can keep, in Unicode's composed form, or refuse it."""
    if _UNSTORABLE.search(value):
        raise ValidationError(_("This text contains characters that cannot be stored."))
    return unicodedata.normalize("NFC", value)


class TextValue(Value):
    """A text: trimmed, of a limited length, without control characters; "" is empty."""

    def __init__(self, *, length: int | None, pattern: str | None, **options: Any) -> None:
        super().__init__(**options)
        self.length, self.pattern = length, pattern

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> str | None:
        if not isinstance(value, str):
            raise ValidationError(_("This must be a text."))
        text = refuse_unstorable(value).strip()
        if not text:
            return self._emptied()
        if self.length is not None and len(text) > self.length:
            raise ValidationError(_("At most %(length)s characters.", length=self.length))
        if self.pattern is not None and not re.fullmatch(self.pattern, text):
            raise ValidationError(_("This does not have the right form."))
        return text

    def _emptied(self) -> str | None:
        if self.allow_none:
            return None
        raise ValidationError(_("This field is required."))


class WholeNumber(Value):
    """A whole number of at most 64 bits; a numeral or a JSON number, never true or 1.0."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> int:
        if isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]{1,19}", value.strip()):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError(_("This must be a whole number."))
        if abs(value) > BIGGEST_ID:
            raise ValidationError(_("This number is too large."))
        return value


class DecimalValue(Value):
    """An exact decimal; more places than the field keeps are refused, never rounded."""

    def __init__(self, *, type_: ExactDecimal, **options: Any) -> None:
        super().__init__(**options)
        self.type = type_

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> Decimal:
        exact = self._exact(value)
        if abs(exact) >= self.type.limit:
            raise ValidationError(_("This number is too large."))
        try:
            return self.type.checked(exact)
        except ValueError:
            raise ValidationError(
                _("At most %(places)s decimal places.", places=self.type.scale)
            ) from None

    @staticmethod
    def _exact(value: Any) -> Decimal:
        if isinstance(value, str) and _DECIMAL.fullmatch(value.strip()):
            return Decimal(value.strip())
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise ValidationError(_("This must be a number."))
        exact = Decimal(value)
        if not exact.is_finite() or exact.adjusted() > 40 or exact.as_tuple().exponent < -40:  # type: ignore[operator]
            raise ValidationError(_("This must be a number."))
        return exact


class DateValue(Value):
    """A day, as 2026-11-21."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
            try:
                return date.fromisoformat(value.strip())
            except ValueError:
                pass
        raise ValidationError(_("This must be a date such as 2026-11-21."))


class MomentValue(Value):
    """A moment with its offset, as 2026-11-21T08:30:00+08:00; kept in UTC."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> datetime:
        moment = self._parsed(value)
        if moment is None or moment.tzinfo is None:
            raise ValidationError(
                _("This must be a time with its offset, such as 2026-11-21T08:30:00+08:00.")
            )
        if not _EARLIEST <= moment < _LATEST:
            raise ValidationError(_("This date is out of range."))
        return moment.astimezone(UTC)

    @staticmethod
    def _parsed(value: Any) -> datetime | None:
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None


class FlagValue(Value):
    """Yes or no: true or false, nothing else."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError(_("This must be true or false."))
        return value


class ChoiceValue(Value):
    """One of a fixed set of codes."""

    def __init__(self, *, choices: type[Choice], **options: Any) -> None:
        super().__init__(**options)
        self.choices = choices

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> Choice:
        try:
            return self.choices(value)  # type: ignore[call-arg]
        except (ValueError, TypeError):
            allowed = ", ".join(member.value for member in self.choices)
            raise ValidationError(_("This must be one of: %(allowed)s.", allowed=allowed)) from None


class PictureValue(Value):
    """A small picture: Base64 of a PNG, a JPEG or a WebP, known by its content."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> bytes:
        try:
            content = b64decode(value, validate=True) if isinstance(value, str) else b""
        except ValueError:
            content = b""
        if len(content) > LARGEST_PICTURE:
            raise ValidationError([_("A picture may have 1 MB at most.")])
        if picture_type(content) is None:
            raise ValidationError([_("This must be a picture: PNG, JPEG or WebP.")])
        return content


class ReferenceValue(WholeNumber):
    """The id of another record; whether it exists is looked up for the whole request at once."""
