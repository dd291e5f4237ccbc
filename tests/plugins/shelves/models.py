"""What shelves remember."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from bumen import CompanyModel, Money, belongs_to, field, translator, unique

_ = translator(__file__, "shelves")


class Shelf(CompanyModel):
    """A shelf holds books and smaller shelves; one of its books is shown in the window."""

    __tablename__ = "shelves_shelf"
    named_by = ("name",)
    __table_args__ = (unique("name"),)

    name: Mapped[str] = field(String(100), label=_("Name"))
    parent: Mapped[Shelf | None] = belongs_to("Shelf", label=_("Stands in"))
    parent_id: Mapped[int | None]
    shown: Mapped[Book | None] = belongs_to("shelves_book", label=_("Shown"), later=True)
    shown_id: Mapped[int | None]


class Book(CompanyModel):
    """A book stands on a shelf."""

    __tablename__ = "shelves_book"
    named_by = ("title",)

    title: Mapped[str] = field(String(200), label=_("Title"))
    bought: Mapped[date | None] = field(label=_("Bought"))
    price: Mapped[Money | None] = field(label=_("Price"), minimum=0)
    shelf: Mapped[Shelf] = belongs_to(Shelf, label=_("Shelf"))
    shelf_id: Mapped[int]
