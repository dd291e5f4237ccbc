"""How records of one company point at each other: always through the company."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import foreign, mapped_column, relationship, remote

from bumen.i18n import Text, translator
from bumen.model.fields import About

_ = translator(__file__, "bumen")

Target = type[Any] | str


@dataclass(frozen=True, kw_only=True)
class BelongsTo:
    """A reference that waits for its class; see `belongs_to`."""

    target: Target
    about: About
    later: bool = False
    ondelete: str | None = None

    def place(self, cls: type[Any], name: str) -> list[Any]:
        """Make column and relationship on the class; return the composite key and the index."""
        column, table = f"{name}_id", cls.__tablename__
        may_be_empty = "None" in str(cls.__annotations__.get(name, ""))
        setattr(
            cls,
            column,
            mapped_column(
                column,
                sa.BigInteger,
                nullable=may_be_empty,
                info={"about": self.about, "reference": name},
            ),
        )
        setattr(cls, name, self._relationship(cls, column))
        return [
            sa.ForeignKeyConstraint(
                ["company_id", column],
                [f"{self._table(cls)}.company_id", f"{self._table(cls)}.id"],
                name=f"fk_{table}_{name}",
                ondelete=self.ondelete,
                use_alter=self.later,
            ),
            *self._indexes(table, name),
        ]

    def _indexes(self, table: str, name: str) -> list[sa.Index]:
        return [sa.Index(f"ix_{table}_{name}", "company_id", f"{name}_id", "id")]

    def _relationship(self, cls: type[Any], column: str) -> Any:
        def target() -> type[Any]:
            return self._class(cls)

        def join() -> Any:
            return foreign(getattr(cls, column)) == remote(target().id)

        return relationship(target, primaryjoin=join, info={"about": self.about})

    def _table(self, cls: type[Any]) -> str:
        if not isinstance(self.target, str):
            return str(self.target.__tablename__)
        return str(cls.__tablename__) if self.target == cls.__name__ else self.target

    def _class(self, cls: type[Any]) -> type[Any]:
        return self.target if not isinstance(self.target, str) else class_of(cls, self._table(cls))


@dataclass(frozen=True, kw_only=True)
class SignsIn(BelongsTo):
    """A reference to somebody who signs in: to an account, which no company owns; see `account`."""

    indexed: bool = True

    def place(self, cls: type[Any], name: str) -> list[Any]:
        *_key, index = super().place(cls, name)
        there = f"{self._table(cls)}.id"
        key = sa.ForeignKeyConstraint([f"{name}_id"], [there], ondelete=self.ondelete)
        return [key, index] if self.indexed else [key]


@dataclass(frozen=True, kw_only=True)
class LineOf(BelongsTo):
    """A line's reference to its document; see `line_of`."""

    ondelete: str | None = "CASCADE"

    def place(self, cls: type[Any], name: str) -> list[Any]:
        about = About(label=_("Position"), readonly=True)
        cls.position = mapped_column(sa.Integer, nullable=False, default=0, info={"about": about})
        return super().place(cls, name)

    def _indexes(self, table: str, name: str) -> list[sa.Index]:
        return [sa.Index(f"ix_{table}_{name}", "company_id", f"{name}_id", "position", "id")]


@dataclass(frozen=True)
class HasLines:
    """A document's lines that wait for its class; see `has_lines`."""

    target: Target

    def place(self, cls: type[Any], name: str) -> None:
        """Make the ordered relationship on the class."""
        document = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

        def target() -> type[Any]:
            return self.target if not isinstance(self.target, str) else class_of(cls, self.target)

        lines = relationship(
            target,
            primaryjoin=lambda: remote(foreign(getattr(target(), f"{document}_id"))) == cls.id,
            order_by=lambda: (target().position, target().id),
            cascade="all, delete-orphan",
            passive_deletes=True,
            back_populates=document,
            info={"lines": True},
        )
        setattr(cls, name, lines)


def belongs_to(
    target: Target,
    *,
    label: Text,
    help: Text | None = None,  # noqa: A002  # the word people know
    readonly: bool = False,
    filled: bool = False,
    later: bool = False,
) -> Any:
    """Refer to another record of the same company: `region: Mapped[Region | None] = belongs_to(…)`.

    Makes the column `<name>_id`, the relationship, a composite foreign key
    `(company_id, <name>_id)` and an index. `target` is the class, the class's own name for a tree,
    or the table's name where the class comes later. `later` marks one of two tables that refer to
    each other: its key is added after both exist.
    """
    about = About(label=label, help=help, readonly=readonly, filled=filled)
    return BelongsTo(target=target, about=about, later=later)


def account(
    *,
    label: Text,
    help: Text | None = None,  # noqa: A002  # the word people know
    readonly: bool = False,
    indexed: bool = True,
) -> Any:
    """Refer to somebody who signs in to the company: `user: Mapped[User | None] = account(…)`.

    Makes the column `<name>_id`, the relationship, a foreign key and an index; `indexed` is False
    where a unique constraint is index enough. Lookups offer the people of the company, and others
    are refused.
    """
    about = About(label=label, help=help, readonly=readonly)
    return SignsIn(target="ab_user", about=about, indexed=indexed)


def line_of(target: Target, *, label: Text) -> Any:
    """Make this a line of a document: deleted with it, kept in order by `position`."""
    return LineOf(target=target, about=About(label=label, readonly=True))


def has_lines(target: Target) -> Any:
    """Own lines, in order; a line that is taken out is deleted. `target`: class or table name.

    The line's class refers back by `line_of`, under the document's name: `order` for `Order`.
    """
    return HasLines(target)


def class_of(base: type[Any], table: str) -> type[Any]:
    """Return the mapped class of a table's name."""
    for mapper in base.registry.mappers:
        if mapper.local_table is not None and mapper.local_table.name == table:
            found: type[Any] = mapper.class_
            return found
    raise LookupError(f"No model has the table {table}.")
