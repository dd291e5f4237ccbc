"""The boxes people type into: one for each kind of field.

A box keeps what was typed, letter for letter, and hands it on as a JSON-shaped value. Whether the
value fits is decided by the schema, for forms as for the API; its sentences are put at the box.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any, ClassVar, cast

from flask import get_template_attribute
from markupsafe import Markup
from sqlalchemy import Boolean
from wtforms import Field
from wtforms.fields.core import UnboundField

from bumen.formats import (
    formats_here,
    read_day,
    read_moment,
    read_number,
    typed_decimal,
    typed_moment,
)
from bumen.i18n import Text, translator
from bumen.model.describe import Kind
from bumen.values import MoneyType, PercentType
from bumen.web.asked import Asked

_ = translator(__file__, "bumen")

YES, NO = "1", "0"
_TICKED = {YES, "on", "true", "y"}


class Box(Field):
    """A box for one line of text; the other kinds say how theirs differ."""

    look: ClassVar[str] = "text"
    errors: Any

    def __init__(self, *, asked: Asked, **options: Any) -> None:
        super().__init__(label=asked.label, description=asked.help or "", **options)
        self.asked = asked
        self.typed = ""
        self.errors = []

    def __call__(self, **_attributes: Any) -> Markup:
        return Markup(get_template_attribute("bumen/boxes.html", "box")(self))  # noqa: S704

    @property
    def blank(self) -> str:
        """What stands in the box when the default applies."""
        return "" if self.asked.default is None else self.spelled(self.asked.default)

    @property
    def untouched(self) -> bool:
        """Whether nobody typed anything here."""
        return self.typed.strip() in ("", self.blank)

    def process_data(self, value: Any) -> None:
        """Show what is kept, unless it is a secret."""
        self.data = value
        self.typed = "" if value is None or self.asked.secret else self.spelled(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed; a box that was not sent keeps what it showed."""
        if valuelist:
            self.typed = valuelist[-1]

    def spelled(self, value: Any) -> str:
        """Return a value the way people type it."""
        return str(value)

    def json(self) -> Any:
        """Return what was typed as a JSON-shaped value; None when it is empty."""
        return self.read(self.typed) if self.typed.strip() else None

    def read(self, typed: str) -> Any:
        """Return what was typed as a JSON-shaped value."""
        return typed

    @property
    def said_at(self) -> str:
        """The ids of what is wrong with it, and of what it is for."""
        told = (("errors", self.errors), ("help", self.description))
        return " ".join(f"{self.id}-{one}" for one, text in told if text)


class LongTextBox(Box):
    """A box for a text of several lines."""

    look = "long_text"

    def read(self, typed: str) -> str:
        """Return the text with the line ends everybody else uses."""
        return typed.replace("\r\n", "\n")


class NumberBox(Box):
    """A box for a whole number."""

    look = "number"

    def read(self, typed: str) -> str:
        """Return the number without the grouping of the reader's language."""
        return read_number(typed, formats_here())


class DecimalBox(NumberBox):
    """A box for an exact decimal."""

    look = "decimal"

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and behind it: the currency's sign, the sign of percentages."""
        before = formats_here().sign if isinstance(self.asked.stored, MoneyType) else ""
        return before, "%" if isinstance(self.asked.stored, PercentType) else ""

    def spelled(self, value: Any) -> str:
        """Return the decimal without empty places, but money with its cents."""
        return typed_decimal(value, places=2 if isinstance(self.asked.stored, MoneyType) else 0)


class DayBox(Box):
    """A box for a day."""

    look = "date"

    def spelled(self, value: Any) -> str:
        """Return the day as browsers want it."""
        return str(value.isoformat())

    def read(self, typed: str) -> str:
        """Return the day in ISO 8601, however it was typed."""
        return read_day(typed)


class MomentBox(Box):
    """A box for a moment, in the time of the company."""

    look = "moment"

    def spelled(self, value: Any) -> str:
        """Return the moment as browsers want it."""
        return typed_moment(value, formats_here())

    def read(self, typed: str) -> str:
        """Return the moment with its offset."""
        return read_moment(typed, formats_here())


class ChoiceBox(Box):
    """A box to choose one of a few codes; it has an empty one where nothing may be chosen."""

    look = "choice"

    def process_data(self, value: Any) -> None:
        """Show what is kept, or the default where something must be chosen."""
        super().process_data(value)
        if value is None and not self.asked.nullable:
            self.typed = self.blank

    @property
    def options(self) -> list[tuple[str, Text]]:
        """The codes with their labels."""
        return [(member.value, member.label) for member in self.asked.choices]

    @property
    def may_be_empty(self) -> bool:
        """Whether the empty choice is offered: also where nothing, or nothing known, is chosen."""
        return self.asked.nullable or self.typed not in dict(self.options)

    def spelled(self, value: Any) -> str:
        """Return the code."""
        return str(getattr(value, "value", value))


class YesNoBox(ChoiceBox):
    """A box for a flag that may be unknown."""

    @property
    def options(self) -> list[tuple[str, Text]]:
        """Yes and no."""
        return [(YES, _("Yes")), (NO, _("No"))]

    def spelled(self, value: Any) -> str:
        """Return the code of yes or no."""
        return YES if value else NO

    def read(self, typed: str) -> Any:
        """Return true or false."""
        return {YES: True, NO: False}.get(typed, typed)


class FlagBox(Box):
    """A box to tick. An empty text is sent before it, so that unticking it is sent too."""

    look = "flag"

    @property
    def ticked(self) -> bool:
        """Whether it is ticked."""
        return self.typed in _TICKED

    def process_data(self, value: Any) -> None:
        """Show what is kept, or the default."""
        super().process_data(bool(self.asked.default) if value is None else value)

    def spelled(self, value: Any) -> str:
        """Return what is sent when it is ticked, or nothing."""
        return YES if value else ""

    def json(self) -> Any:
        """Return true or false; what is neither is refused by the schema."""
        return self.ticked or (self.typed if self.typed else False)


class LookupBox(Box):
    """A box to look another record up: it holds its id and knows its name, and no other record.

    Whoever shows it sets the name of what is chosen and, "" where nobody may, the `address` to
    search at, the `page` of number 0, and where a new one is begun, up to its name: `adding`.
    """

    look = "lookup"
    name_of: str = ""
    address: str = ""
    page: str = ""
    adding: str = ""

    @property
    def target(self) -> type[Any]:
        """The model it refers to."""
        return cast("type[Any]", self.asked.target)

    @property
    def chosen(self) -> int | None:
        """The id that is chosen, if it can be one at all."""
        plain = self.typed.strip()
        return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 19 else None


class SecretBox(Box):
    """A box for what is never shown: left empty, what is kept stays."""

    look = "password"


class PictureBox(Box):
    """A box to choose a picture: what is kept stays until another is chosen or it is taken away."""

    look = "picture"
    GONE = "-"

    def process_data(self, value: Any) -> None:
        """Remember whether there is one; it is shown, but never sent back."""
        self.data = value
        self.typed = ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was chosen, also while other boxes are corrected."""
        texts = [one for one in valuelist if isinstance(one, str) and one]
        files = [one for one in valuelist if not isinstance(one, str) and one.filename]
        self.typed = b64encode(files[0].read()).decode() if files else "".join(texts[-1:])

    def json(self) -> str | None:
        """Return the picture as Base64; None takes the one that is kept away."""
        return None if self.typed in ("", self.GONE) else self.typed


_KINDS: dict[Kind, type[Box]] = {
    Kind.TEXT: Box,
    Kind.LONG_TEXT: LongTextBox,
    Kind.NUMBER: NumberBox,
    Kind.DECIMAL: DecimalBox,
    Kind.DATE: DayBox,
    Kind.MOMENT: MomentBox,
    Kind.FLAG: FlagBox,
    Kind.CHOICE: ChoiceBox,
    Kind.REFERENCE: LookupBox,
    Kind.PICTURE: PictureBox,
}


def box_for(asked: Asked, **options: Any) -> UnboundField[Any]:
    """Return the box for what is asked, ready for a form."""
    kind = _KINDS[asked.kind]
    if isinstance(asked.stored, Boolean) and asked.nullable:
        kind = YesNoBox
    if asked.secret:
        kind = SecretBox
    return unbound(kind(asked=asked, **options))


def unbound(field: Any) -> UnboundField[Any]:
    """Say what WTForms makes of a field outside a form: something to bind to one."""
    return cast("UnboundField[Any]", field)
