"""What a box of a form asks for: a field of a model, a filter, or an argument of an action."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeEngine

from bumen.argument import Argument
from bumen.i18n import Text
from bumen.model.describe import Described, Kind
from bumen.values import Choice


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a box asks for. `stored` is the column's type; `target` the model it refers to."""

    kind: Kind
    stored: TypeEngine[Any]
    label: Text
    help: Text | None = None
    required: bool = False
    nullable: bool = True
    filled: bool = False
    secret: bool = False
    default: Any = None
    target: type[Any] | None = None

    @classmethod
    def of_field(cls, described: Described) -> Asked:
        """Ask for a field of a model."""
        default = described.column.default
        return cls(
            kind=described.kind,
            stored=described.column.type,
            label=described.about.label,
            help=described.about.help,
            required=described.required,
            nullable=described.nullable,
            filled=described.about.filled,
            secret=described.about.secret,
            default=default.arg if isinstance(default, ScalarElementColumnDefault) else None,
            target=described.target,
        )

    @classmethod
    def of_argument(cls, argument: Argument) -> Asked:
        """Ask for an argument of an action."""
        return cls(
            kind=argument.kind,
            stored=argument.stored,
            label=argument.label,
            help=argument.help,
            required=argument.required,
            nullable=not argument.required,
            target=argument.target,
        )

    @classmethod
    def to_filter(cls, described: Described) -> Asked:
        """Ask what a list is narrowed to: nothing is required, nothing is chosen beforehand."""
        asked = cls.of_field(described)
        return replace(asked, required=False, nullable=True, default=None, help=None)

    @property
    def is_kept(self) -> bool:
        """Whether an empty box leaves what is there as it is: a secret, a picture."""
        return self.secret or self.kind is Kind.PICTURE

    @property
    def may_be_left_out(self) -> bool:
        """Whether a new record gets a value when none is sent."""
        return self.default is not None or self.filled

    @property
    def length(self) -> int | None:
        """The most letters a text may have."""
        return getattr(self.stored, "length", None) if self.kind is Kind.TEXT else None

    @property
    def choices(self) -> type[Choice]:
        """The codes to choose from."""
        found: type[Choice] = self.stored.enum_class  # type: ignore[attr-defined]  # sa.Enum's
        return found
