"""Goods are got ready: begun, reported line by line, delayed, ready and reserved."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from bumen import Text, User, ask, current, next_number, publish, session
from bumen_logistics.errors import (
    CauseIsMissing,
    DateHasPassed,
    GoodsHaveLeft,
    LinesAreFixed,
    PreparedBeyond,
    ReasonIsMissing,
)
from bumen_logistics.errors.stock import plain
from bumen_logistics.events import (
    GoodsNotReady,
    GoodsReady,
    PreparationDelayed,
    PreparationProgressed,
)
from bumen_logistics.hooks import logistics_source_is_worked_on
from bumen_logistics.models import (
    DeliveryRequest,
    Preparation,
    PreparationLine,
    PreparationState,
    RequestLine,
)
from bumen_logistics.models.preparations import made_ready_later
from bumen_logistics.services.changes import was_written
from bumen_logistics.services.reservations import release_some, reserve
from bumen_logistics.texts import _

NUMBERED = "logistics.preparation"
NONE = Decimal(0)


def prepare(
    request: DeliveryRequest,
    quantities: Mapping[RequestLine, Decimal],
    *,
    by: User | None,
    on: date,
) -> Preparation:
    """Ask the warehouse of a request to get goods ready by the day they are wanted."""
    made = Preparation(
        number=next_number(kind=NUMBERED, on=on),
        request=request,
        warehouse=request.warehouse,
        due_on=max(request.wanted_on or on, on),
        lines=[
            PreparationLine(
                request_line=line,
                product=line.product,
                quantity=quantity,
                position=place,
            )
            for place, (line, quantity) in enumerate(quantities.items())
        ],
    )
    session().add(made)
    session().flush()
    return made


def begin_preparation(preparation: Preparation, *, by: User | None, at: datetime) -> None:
    """Begin to get the goods ready. Source: E2.2."""
    lock_preparation(preparation)
    preparation.move("begin", by=by)
    preparation.begun_at = at
    _tell(preparation, _("Preparation %(number)s has begun.", number=preparation.number))


def report_readiness(preparation: Preparation, *, by: User | None, at: datetime) -> None:
    """Keep what people wrote down of how much is ready, line by line, and since when some is not.

    The first report begins the preparation. Refuses more than is wanted, and lines of its own.
    """
    if was_written(preparation, "lines"):
        raise LinesAreFixed
    for line in preparation.lines:
        _compare(line, at=at)
    reported = [line for line in preparation.lines if was_written(line, "ready")]
    if not reported:
        return
    if preparation.state is PreparationState.REQUESTED:
        preparation.move("begin", by=by)
        preparation.begun_at = at
    _tell(preparation, _said_of(preparation, reported))


def report_exception(
    preparation: Preparation,
    *,
    by: User | None,
    on: date,
    at: datetime,
    cause: str,
    promised_on: date,
) -> None:
    """Say what has come in the way, and for when the goods are promised now. Source: A4.3.3.

    What is not ready counts as missing from now on. Refuses without a cause, or a day gone by.
    """
    if not cause.strip():
        raise CauseIsMissing
    if promised_on < on:
        raise DateHasPassed
    lock_preparation(preparation)
    preparation.move("report_exception", by=by)
    preparation.cause, preparation.due_on = cause.strip(), promised_on
    for line in preparation.lines:
        _compare(line, at=at)
    publish(PreparationDelayed(preparation.id, promised_on, preparation.cause))


def resume_preparation(preparation: Preparation, *, by: User | None, at: datetime) -> None:
    """Go on after an exception."""
    lock_preparation(preparation)
    preparation.move("resume", by=by)
    preparation.begun_at = preparation.begun_at or at
    _tell(preparation, _("Preparation %(number)s goes on.", number=preparation.number))


def finish_preparation(preparation: Preparation, *, by: User | None, at: datetime) -> None:
    """Say that all is ready: the goods are reserved for who was promised them.

    Refuses what is not on hand, naming each product; nothing is reserved then. Source: E2.2.
    """
    lock_preparation(preparation)
    preparation.move("ready", by=by)
    wanted = {line.request_line: line.quantity for line in preparation.lines}
    reserve(wanted, preparation.warehouse, by=by, at=at)
    for line in preparation.lines:
        line.ready, line.missing, line.missing_since = line.quantity, NONE, None
        line.request_line.prepared += line.quantity
    preparation.ready_at = at
    request = preparation.request
    if all(line.prepared == line.quantity for line in request.lines):
        publish(GoodsReady(request.id))


def reopen_preparation(
    preparation: Preparation, *, by: User | None, at: datetime, reason: str
) -> None:
    """Take back that goods are ready: nobody's they are again.

    Refuses once some have left, though they came back: those are prepared anew.
    """
    if not reason.strip():
        raise ReasonIsMissing
    lock_preparation(preparation)
    preparation.move("reopen", by=by)
    here = _still_here(preparation)
    if any(here[line.request_line] < line.quantity for line in preparation.lines):
        raise GoodsHaveLeft(preparation.request)
    _unprepare(preparation, by=by, at=at)
    preparation.ready_at, preparation.cause = None, reason.strip()
    publish(GoodsNotReady(preparation.request_id))


def cancel_preparation(
    preparation: Preparation, *, by: User | None, at: datetime, reason: str
) -> None:
    """Give a preparation up: what was kept for it is free again. Refuses once goods have left."""
    if not reason.strip():
        raise ReasonIsMissing
    lock_preparation(preparation)
    was_ready = preparation.state is PreparationState.READY
    preparation.move("cancel", by=by)
    preparation.cause = reason.strip()
    if was_ready:
        _unprepare(preparation, by=by, at=at)
        publish(GoodsNotReady(preparation.request_id))


def lock_preparation(preparation: Preparation) -> None:
    """Lock what it is for, then the preparation; what somebody else has kept is read again."""
    request = preparation.request
    if request.source_id is not None:
        ask(logistics_source_is_worked_on, request=request)
    for model, ident in ((DeliveryRequest, request.id), (Preparation, preparation.id)):
        locked = select(model).where(model.id == ident).with_for_update(of=model)
        session().scalars(locked.execution_options(populate_existing=True)).one()


def _unprepare(preparation: Preparation, *, by: User | None, at: datetime) -> None:
    """Let go of what is still here of a preparation; what came back was taken off before."""
    lines = [line.request_line for line in preparation.lines]
    if any(line.shipped > 0 for line in lines):
        raise GoodsHaveLeft(preparation.request)
    here = _still_here(preparation)
    release_some(here, by=by, at=at)
    for line, quantity in here.items():
        line.prepared -= quantity


def _still_here(preparation: Preparation) -> dict[RequestLine, Decimal]:
    """Return how much of which lines is ready by this preparation, and by no later one."""
    later = dict(session().execute(made_ready_later(preparation)).all())
    return {
        line.request_line: max(
            min(line.request_line.prepared - later.get(line.request_line_id, NONE), line.quantity),
            NONE,
        )
        for line in preparation.lines
    }


def _compare(line: PreparationLine, *, at: datetime) -> None:
    """Work out what is missing of a line, and keep since when."""
    if line.ready > line.quantity:
        raise PreparedBeyond(line)
    line.missing = line.quantity - line.ready
    line.missing_since = (line.missing_since or at) if line.missing else None


def _said_of(preparation: Preparation, lines: list[PreparationLine]) -> Text:
    """Say what is ready of some lines: three products, then how many more."""
    named = "; ".join(
        f"{line.product.name} {plain(line.ready)}/{plain(line.quantity)}" for line in lines[:3]
    )
    more = "…" if len(lines) > 3 else ""
    return _(
        "Preparation %(number)s, ready: %(lines)s",
        number=preparation.number,
        lines=f"{named}{more}",
    )


def _tell(preparation: Preparation, said: Text) -> None:
    """Tell others how far a preparation is, in the company's language."""
    company = current().company
    text = said.in_language(company.locale if company else "en")
    publish(PreparationProgressed(preparation.id, text))
