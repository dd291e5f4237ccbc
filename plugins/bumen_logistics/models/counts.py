"""Counting what lies at a location: what was found, what should have been there."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from bumen import (
    Choice,
    CompanyModel,
    Document,
    Quantity,
    Tone,
    Workflow,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
    transition,
)
from bumen_base.models import Product
from bumen_logistics.models.warehouses import Location
from bumen_logistics.texts import _


class CountState(Choice):
    """How far a count has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    SUBMITTED = "submitted", _("Submitted"), Tone.ACTIVE
    APPROVED = "approved", _("Approved"), Tone.GOOD


class StockCountLine(CompanyModel):
    """A count line is how much of a product was found, beside how much should have been there."""

    __tablename__ = "logistics_count_line"

    stock_count: Mapped["StockCount"] = line_of("logistics_count", label=_("Stock count"))
    stock_count_id: Mapped[int]
    position: Mapped[int]
    product: Mapped[Product] = belongs_to(Product, label=_("Product"))
    product_id: Mapped[int]
    counted: Mapped[Quantity] = field(label=_("Counted"), minimum=0)
    booked: Mapped[Quantity] = field(
        label=_("Booked"), help=_("What was on hand when it was counted."), readonly=True
    )
    difference: Mapped[Quantity] = field(label=_("Difference"), readonly=True)
    reason: Mapped[str | None] = field(String(200), label=_("Reason"))


class StockCount(Document):
    """A stock count is what was found at a location on a day, line by line."""

    __tablename__ = "logistics_count"
    __table_args__ = (
        index("state", "id"),
        index("counted_on", "id"),
        index("created_by_id", "id"),
    )
    workflow = Workflow(
        transition(
            "submit", {CountState.DRAFT}, CountState.SUBMITTED, label=_("Submit differences")
        ),
        transition(
            "return",
            {CountState.SUBMITTED},
            CountState.DRAFT,
            label=_("Have it counted again"),
            opinion=True,
        ),
        transition(
            "approve",
            {CountState.SUBMITTED},
            CountState.APPROVED,
            label=_("Approve"),
            confirm=_("The differences are booked as moves of the stock. Approve this count?"),
        ),
    )

    state: Mapped[CountState] = field(label=_("Status"), default=CountState.DRAFT, readonly=True)
    location: Mapped[Location] = belongs_to(Location, label=_("Location"))
    location_id: Mapped[int]
    counted_on: Mapped[date] = field(
        label=_("Counted on"), help=_("The present day when left empty."), filled=True
    )
    approved_at: Mapped[datetime | None] = field(label=_("Approved at"), readonly=True)
    lines: Mapped[list[StockCountLine]] = has_lines(StockCountLine)
