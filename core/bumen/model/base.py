"""What every table of the house is made of."""

from __future__ import annotations

import enum
from copy import deepcopy
from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from flask_appbuilder import Model as AppBuilderModel
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from bumen import values
from bumen.i18n import translator
from bumen.model.fields import About
from bumen.model.keeps import Keeps
from bumen.model.references import BelongsTo, HasLines, LineOf

_ = translator(__file__, "bumen")


def _name_of_check(check: sa.CheckConstraint, _table: sa.Table) -> str:
    """Name the check of a choice after its column: two columns may offer the same choice."""
    if check.name is None:
        raise ValueError(f"The check {check.sqltext} has no name.")
    is_choice = check._type_bound  # noqa: SLF001  # SQLAlchemy says it nowhere else
    return "_".join(column.name for column in check.columns) if is_choice else str(check.name)


metadata = AppBuilderModel.metadata
metadata.naming_convention = {
    "constraint_name": _name_of_check,
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


def codes(choice: type[enum.Enum]) -> list[str]:
    """Return what is stored for the members of a choice: their codes."""
    return [member.value for member in choice]


AppBuilderModel.registry.update_type_annotation_map(
    {
        str: sa.Text(),
        int: sa.BigInteger(),
        date: sa.Date(),
        datetime: values.UtcDateTime(),
        values.Money: values.MoneyType(),
        values.Quantity: values.QuantityType(),
        values.Percent: values.PercentType(),
        values.Picture: sa.LargeBinary(),
        values.Choice: sa.Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=True,
            validate_strings=True,
            values_callable=codes,
            length=40,
        ),
    }
)


class Model(AppBuilderModel):  # type: ignore[misc]  # Flask-AppBuilder ships no types
    """A table; two tables of one name are refused, never merged."""

    __abstract__ = True
    __table_args__: Any = {}

    named_by: ClassVar[tuple[str, ...]] = ()
    """The columns that name a record to people: in lookups, references and messages."""

    def __str__(self) -> str:
        parts = (getattr(self, name) for name in self.named_by)
        named = " ".join(_said(part) for part in parts if part not in (None, ""))
        return named or f"#{self.id}"


def _said(part: Any) -> str:
    """Return a part of a name as people read it: the words of a code, not the code."""
    return str(part.label if isinstance(part, values.Choice) else part)


OF_EVERY_RECORD = frozenset(
    {"id", "version", "created_at", "created_by_id", "changed_at", "changed_by_id"}
)
"""What a record of a company keeps of itself: told beside its fields, never among them."""


class CompanyModel(Model):
    """A record of one company: seen, changed and referred to inside that company only.

    Brings the identifier, the company, the version for optimistic locking and who made and
    changed it when. References to other company records are composite foreign keys, made by
    `belongs_to`, so that the database itself keeps companies apart.
    """

    __abstract__ = True
    __mapper_args__: ClassVar[dict[str, Any]] = {}

    keeps: ClassVar[frozenset[Keeps]] = frozenset()
    """What people may add to a record beside its fields: `EVERYTHING` for documents."""
    in_history: ClassVar[bool] = True
    """Whether its changes are kept in the company's history."""

    id: Mapped[int] = mapped_column(
        values.BIG_ID,
        primary_key=True,
        sort_order=-20,
        info={"about": About(label=_("Id"), readonly=True)},
    )
    company_id: Mapped[int] = mapped_column(
        sa.ForeignKey("core_company.id"),
        sort_order=-19,
        info={"about": About(label=_("Company"), readonly=True)},
    )
    version: Mapped[int] = mapped_column(
        sa.Integer, sort_order=90, info={"about": About(label=_("Version"), readonly=True)}
    )
    created_at: Mapped[datetime] = mapped_column(
        sort_order=91, info={"about": About(label=_("Created at"), readonly=True)}
    )
    created_by_id: Mapped[int | None] = mapped_column(
        sa.Integer,
        sa.ForeignKey("ab_user.id"),
        sort_order=92,
        info={"about": About(label=_("Created by"), readonly=True)},
    )
    changed_at: Mapped[datetime] = mapped_column(
        sort_order=93, info={"about": About(label=_("Changed at"), readonly=True)}
    )
    changed_by_id: Mapped[int | None] = mapped_column(
        sa.Integer,
        sa.ForeignKey("ab_user.id"),
        sort_order=94,
        info={"about": About(label=_("Changed by"), readonly=True)},
    )

    def __init_subclass__(cls, **keywords: Any) -> None:
        if "__tablename__" in cls.__dict__:
            cls.__table_args__ = (*_written_args(cls), *_company_args(cls))
            cls.__mapper_args__ = {"version_id_col": cls.__dict__.get("version", cls.version)}
        super().__init_subclass__(**keywords)


def unique(*columns: str) -> sa.UniqueConstraint:
    """Let no two records of a company share these values: `unique("code")`."""
    return sa.UniqueConstraint("company_id", *columns)


def index(*columns: str) -> sa.Index:
    """Keep lists that filter or sort by these columns fast: `index("state", "name")`."""
    return sa.Index(None, "company_id", *columns)


def _written_args(cls: type[CompanyModel]) -> tuple[Any, ...]:
    inherited: list[Any] = []
    for base in cls.__mro__:
        written = base.__dict__.get("__table_args__", ())
        if isinstance(written, tuple):
            inherited += written if base is cls else deepcopy(written)
    return tuple(inherited)


def _company_args(cls: type[CompanyModel]) -> list[Any]:
    """Make what isolation needs: the target of composite keys, the keys, and their indexes."""
    args: list[Any] = [sa.UniqueConstraint("company_id", "id")]
    for name, declared in list(cls.__dict__.items()):
        if isinstance(declared, BelongsTo | LineOf):
            args += declared.place(cls, name)
        elif isinstance(declared, HasLines):
            declared.place(cls, name)
        elif isinstance(declared, MappedColumn):
            args += _sign_checks(name, declared.column.info.get("about"))
    return args


def _sign_checks(name: str, about: About | None) -> list[sa.CheckConstraint]:
    """Repeat the limits at zero in the database: they read the same however it stores decimals."""
    if about and about.minimum_exclusive == 0:
        return [sa.CheckConstraint(f"{name} > 0", name=f"{name}_positive")]
    if about and about.minimum == 0:
        return [sa.CheckConstraint(f"{name} >= 0", name=f"{name}_not_negative")]
    return []
