"""What the kitchen remembers."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped

from bumen import (
    EVERYTHING,
    Choice,
    CompanyModel,
    Money,
    Percent,
    Quantity,
    belongs_to,
    field,
    has_lines,
    line_of,
    unique,
)
from kitchen.texts import _


class Course(Choice):
    """When a dish is served."""

    STARTER = "starter", _("Starter")
    MAIN = "main", _("Main course")


class Unit(Choice):
    """What an ingredient is measured in."""

    GRAM = "gram", _("Gram")
    PIECE = "piece", _("Piece")


class Supplier(CompanyModel):
    """A supplier is where ingredients come from."""

    __tablename__ = "kitchen_supplier"
    __table_args__ = (unique("name"),)
    named_by = ("name",)

    name: Mapped[str] = field(String(80), label=_("Name"))
    pin: Mapped[str | None] = field(String(20), label=_("PIN"), secret=True)


class Ingredient(CompanyModel):
    """An ingredient is one line of a dish."""

    __tablename__ = "kitchen_ingredient"

    dish: Mapped["Dish"] = line_of("kitchen_dish", label=_("Dish"))
    dish_id: Mapped[int]
    position: Mapped[int]
    name: Mapped[str] = field(String(80), label=_("Name"))
    supplier: Mapped[Supplier | None] = belongs_to(Supplier, label=_("Supplier"))
    supplier_id: Mapped[int | None]
    amount: Mapped[Quantity] = field(label=_("Amount"), minimum_exclusive=0)
    unit: Mapped[Unit] = field(label=_("Unit"), default=Unit.GRAM)
    price: Mapped[Money] = field(label=_("Price"), default=Decimal(1), minimum=0)
    optional: Mapped[bool] = field(label=_("Optional"), default=False)
    cost: Mapped[Money] = field(label=_("Cost"), default=Decimal(0), readonly=True)


class Dish(CompanyModel):
    """A dish is what the kitchen cooks."""

    __tablename__ = "kitchen_dish"
    __table_args__ = (unique("code"),)
    named_by = ("code", "name")
    keeps = EVERYTHING

    code: Mapped[str] = field(String(20), label=_("Code"), pattern=r"[A-Z0-9]+")
    name: Mapped[str] = field(String(80), label=_("Name"))
    recipe: Mapped[str | None] = field(label=_("Recipe"))
    course: Mapped[Course] = field(label=_("Course"))
    season: Mapped[Course | None] = field(label=_("Second course"))
    servings: Mapped[int] = field(Integer, label=_("Servings"), default=2, minimum=1)
    price: Mapped[Money] = field(label=_("Price"), minimum=0)
    weight: Mapped[Quantity | None] = field(label=_("Weight"))
    margin: Mapped[Percent | None] = field(label=_("Margin"))
    launched: Mapped[date | None] = field(label=_("On the menu since"))
    served_at: Mapped[datetime | None] = field(label=_("Last served"))
    vegan: Mapped[bool] = field(label=_("Vegan"), default=False)
    fresh: Mapped[bool] = field(label=_("Fresh"), default=True)
    spicy: Mapped[bool | None] = field(label=_("Spicy"))
    supplier: Mapped[Supplier | None] = belongs_to(Supplier, label=_("Supplier"))
    supplier_id: Mapped[int | None]
    points: Mapped[int | None] = field(Integer, label=_("Points"), readonly=True)
    cost: Mapped[Money] = field(label=_("Cost"), default=Decimal(0), readonly=True)
    ingredients: Mapped[list[Ingredient]] = has_lines(Ingredient)
