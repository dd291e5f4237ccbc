"""What the workshop gets ready: which goods, from which warehouse, by when, and what is missing."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ColumnElement, Date, Select, String, func, select, tuple_
from sqlalchemy.orm import Mapped, selectinload

from bumen import (
    Argument,
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
from bumen_base.models import Employee, Product
from bumen_logistics.models.requests import REASON, DeliveryRequest, RequestLine
from bumen_logistics.models.warehouses import Warehouse
from bumen_logistics.texts import _


class PreparationState(Choice):
    """How far a preparation has come."""

    REQUESTED = "requested", _("Requested"), Tone.PLAIN
    IN_PREPARATION = "in_preparation", _("In preparation"), Tone.ACTIVE
    EXCEPTION = "exception", _("Exception"), Tone.WARNING
    READY = "ready", _("Ready"), Tone.GOOD
    CANCELLED = "cancelled", _("Cancelled"), Tone.BAD


AHEAD = frozenset(
    {
        PreparationState.REQUESTED,
        PreparationState.IN_PREPARATION,
        PreparationState.EXCEPTION,
    }
)
"""The states in which goods are still to be got ready."""


class PreparationLine(CompanyModel):
    """A preparation line is one product to be got ready, and how much of it is."""

    __tablename__ = "logistics_preparation_line"
    __table_args__ = (
        index("missing", "id"),
        CheckConstraint("ready <= quantity", name="not_ready_beyond"),
    )

    preparation: Mapped["Preparation"] = line_of("logistics_preparation", label=_("Preparation"))
    preparation_id: Mapped[int]
    position: Mapped[int]
    request_line: Mapped[RequestLine] = belongs_to(
        RequestLine, label=_("Line of the request"), readonly=True
    )
    request_line_id: Mapped[int]
    product: Mapped[Product] = belongs_to(Product, label=_("Product"), readonly=True)
    product_id: Mapped[int]
    quantity: Mapped[Quantity] = field(label=_("Quantity"), minimum=0, readonly=True)
    ready: Mapped[Quantity] = field(label=_("Ready"), minimum=0, default=Decimal(0))
    missing: Mapped[Quantity] = field(
        label=_("Missing"), minimum=0, default=Decimal(0), readonly=True
    )
    missing_since: Mapped[datetime | None] = field(label=_("Missing since"), readonly=True)


class Preparation(Document):
    """A preparation is the order to a workshop or warehouse to get the goods of a request ready."""

    __tablename__ = "logistics_preparation"
    __table_args__ = (
        index("state", "due_on", "id"),
        index("due_on", "id"),
        index("begun_at", "id"),
        index("ready_at", "id"),
        index("created_by_id", "id"),
    )
    workflow = Workflow(
        transition(
            "begin",
            {PreparationState.REQUESTED},
            PreparationState.IN_PREPARATION,
            label=_("Begin"),
            clauses=("E2.2",),
        ),
        transition(
            "report_exception",
            {PreparationState.REQUESTED, PreparationState.IN_PREPARATION},
            PreparationState.EXCEPTION,
            label=_("Report exception"),
            arguments=(
                Argument("cause", String(500), label=_("Cause")),
                Argument("promised_on", Date(), label=_("New date")),
            ),
            clauses=("A4.3.3",),
        ),
        transition(
            "resume",
            {PreparationState.EXCEPTION},
            PreparationState.IN_PREPARATION,
            label=_("Resume"),
        ),
        transition(
            "ready",
            {PreparationState.IN_PREPARATION, PreparationState.EXCEPTION},
            PreparationState.READY,
            label=_("All is ready"),
            confirm=_("Is everything ready? The goods are reserved then."),
            clauses=("E2.2",),
        ),
        transition(
            "reopen",
            {PreparationState.READY},
            PreparationState.IN_PREPARATION,
            label=_("Not ready after all"),
            arguments=(REASON,),
        ),
        transition(
            "cancel",
            {*AHEAD, PreparationState.READY},
            PreparationState.CANCELLED,
            label=_("Cancel preparation"),
            arguments=(REASON,),
        ),
    )

    state: Mapped[PreparationState] = field(
        label=_("Status"), default=PreparationState.REQUESTED, readonly=True
    )
    request: Mapped[DeliveryRequest] = belongs_to(
        DeliveryRequest, label=_("Delivery request"), readonly=True
    )
    request_id: Mapped[int]
    warehouse: Mapped[Warehouse] = belongs_to(Warehouse, label=_("Warehouse"), readonly=True)
    warehouse_id: Mapped[int]
    due_on: Mapped[date] = field(label=_("Due on"))
    person: Mapped[Employee | None] = belongs_to(
        Employee, label=_("Person in charge"), help=_("Who gets the goods ready.")
    )
    person_id: Mapped[int | None]
    cause: Mapped[str | None] = field(String(500), label=_("Cause of the delay"), readonly=True)
    begun_at: Mapped[datetime | None] = field(label=_("Begun at"), readonly=True)
    ready_at: Mapped[datetime | None] = field(label=_("Ready at"), readonly=True)
    lines: Mapped[list[PreparationLine]] = has_lines(PreparationLine)


def preparations_of(request_id: int) -> Select[Preparation]:
    """Select the preparations of a request that were not cancelled, the oldest first."""
    theirs = (Preparation.request_id == request_id, Preparation.state != PreparationState.CANCELLED)
    return select(Preparation).where(*theirs).order_by(Preparation.id)


def being_prepared(request_id: int) -> Select[int, Decimal]:
    """Sum what is still to be got ready of a request, by its lines (ids)."""
    return (
        select(PreparationLine.request_line_id, func.sum(PreparationLine.quantity))
        .join(Preparation, Preparation.id == PreparationLine.preparation_id)
        .where(Preparation.request_id == request_id, Preparation.state.in_(AHEAD))
        .group_by(PreparationLine.request_line_id)
    )


def made_ready_later(preparation: Preparation) -> Select[int, Decimal]:
    """Sum what preparations of the same request got ready after this one, by its lines (ids)."""
    moment = (preparation.ready_at, preparation.id)
    return (
        select(PreparationLine.request_line_id, func.sum(PreparationLine.quantity))
        .join(Preparation, Preparation.id == PreparationLine.preparation_id)
        .where(
            Preparation.request_id == preparation.request_id,
            Preparation.state == PreparationState.READY,
            tuple_(Preparation.ready_at, Preparation.id) > moment,
        )
        .group_by(PreparationLine.request_line_id)
    )


def late_preparations(day: date, *, after: int) -> Select[Preparation]:
    """Select what should have been ready before a day and is not, by id, behind one of them."""
    late = (Preparation.state.in_(AHEAD), Preparation.due_on < day, Preparation.id > after)
    return select(Preparation).where(*late).order_by(Preparation.id)


def lines_missing(*seen: ColumnElement[bool]) -> Select[PreparationLine]:
    """Select the lines of which something is missing, of what is still to be got ready."""
    return (
        select(PreparationLine)
        .join(Preparation, Preparation.id == PreparationLine.preparation_id)
        .where(PreparationLine.missing > 0, Preparation.state.in_(AHEAD), *seen)
        .order_by(PreparationLine.missing_since, PreparationLine.id)
        .options(
            selectinload(PreparationLine.product),
            selectinload(PreparationLine.preparation).selectinload(Preparation.request),
        )
    )
