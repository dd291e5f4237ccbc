"""What is remembered of products: what is sold, in which unit, at which price, how it is packed."""

from decimal import Decimal

from sqlalchemy import Select, String, select
from sqlalchemy.orm import Mapped

from bumen import (
    CompanyModel,
    Money,
    Percent,
    Picture,
    Quantity,
    belongs_to,
    field,
    index,
    unique,
)
from bumen_base.models.choices import ProductKind
from bumen_base.models.patterns import CODE
from bumen_base.texts import _


class Category(CompanyModel):
    """A category is a group of products; categories lie inside categories."""

    __tablename__ = "base_category"
    __table_args__ = (unique("code"), index("name"))
    named_by = ("code", "name")

    code: Mapped[str] = field(String(40), label=_("Code"), pattern=CODE, filled=True)
    name: Mapped[str] = field(String(200), label=_("Name"))
    parent: Mapped["Category | None"] = belongs_to("Category", label=_("Part of"))
    parent_id: Mapped[int | None]
    description: Mapped[str | None] = field(label=_("Description"))


class Product(CompanyModel):
    """A product is what the company sells: goods or a service, at a list price a unit."""

    __tablename__ = "base_product"
    __table_args__ = (
        unique("code"),
        index("name"),
        index("unit"),
        index("list_price"),
        index("kind"),
        index("barcode"),
        index("active", "name"),
    )
    named_by = ("code", "name")

    code: Mapped[str] = field(String(40), label=_("Code"), pattern=CODE, filled=True)
    name: Mapped[str] = field(String(200), label=_("Name"))
    category: Mapped[Category | None] = belongs_to(Category, label=_("Product category"))
    category_id: Mapped[int | None]
    kind: Mapped[ProductKind] = field(label=_("Type"), default=ProductKind.GOODS)
    unit: Mapped[str] = field(
        String(40),
        label=_("Unit of measure"),
        help=_("What one of it is: a piece, a box, an hour."),
    )
    list_price: Mapped[Money] = field(
        label=_("List price"), help=_("Before tax."), default=Decimal(0), minimum=0
    )
    tax_rate: Mapped[Percent] = field(
        label=_("Tax rate (%)"),
        help=_("The usual one of the company's country when left empty."),
        filled=True,
        minimum=0,
        maximum=100,
    )
    cost: Mapped[Money | None] = field(label=_("Cost"), minimum=0)
    barcode: Mapped[str | None] = field(
        String(40), label=_("Barcode"), pattern=r"[0-9A-Za-z][0-9A-Za-z .$/+%-]*"
    )
    description: Mapped[str | None] = field(label=_("Description"))
    picture: Mapped[Picture | None] = field(
        label=_("Picture"), help=_("PNG, JPEG or WebP, 1 MB at most."), deferred=True
    )
    active: Mapped[bool] = field(
        label=_("Active"), help=_("Only active products can be sold."), default=True
    )
    pieces_per_carton: Mapped[int | None] = field(
        label=_("Pieces per carton"), minimum_exclusive=0, maximum=1_000_000
    )
    weight: Mapped[Quantity | None] = field(
        label=_("Weight (kg)"), help=_("Gross weight of one carton."), minimum=0
    )
    volume: Mapped[Quantity | None] = field(
        label=_("Volume (m³)"), help=_("Volume of one carton."), minimum=0
    )


def first_product() -> Select[int]:
    """Select the id of any product there is."""
    return select(Product.id).limit(1)
