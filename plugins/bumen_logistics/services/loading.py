"""Shipments at the warehouse: the slip is taken, goods are counted and loaded."""

import re
from collections.abc import Mapping
from decimal import Decimal

from bumen import User, ask, round_money, session
from bumen_logistics.errors.requests import ReasonIsMissing
from bumen_logistics.errors.shipments import (
    CountedMoreThanOrdered,
    CountIsUnreadable,
    DifferenceNeedsReason,
    GoodsAreNotPrepared,
    NothingIsLoaded,
    SlipIsNotNeeded,
    SlipIsNotTaken,
)
from bumen_logistics.hooks import (
    logistics_may_take_slip,
    logistics_needs_slip,
    logistics_to_collect,
)
from bumen_logistics.models.shipments import (
    Shipment,
    ShipmentLine,
    cash_of_others,
    loaded_elsewhere,
)
from bumen_logistics.services.kept import is_kept
from bumen_logistics.services.locking import lock_shipment
from bumen_logistics.services.reservations import reserved_for

_NOTHING = Decimal(0)
_COUNT = re.compile(r"\s*([0-9]{1,4})\s*[:：]\s*([0-9]{1,15}(?:\.[0-9]{1,3})?)\s*")


def take_slip(shipment: Shipment, *, by: User | None) -> None:
    """Take the sales slip along, once it is issued; its number is kept. Source: E2.3, E2.4.

    Refuses goods that need none, and whatever keeps who sold them from having issued it.
    """
    lock_shipment(shipment)
    numbers = ask(logistics_may_take_slip, request=shipment.request)
    if not numbers:
        raise SlipIsNotNeeded(shipment)
    shipment.move("take_slip", by=by)
    shipment.slip_number = numbers[0]


def count_and_load(
    shipment: Shipment,
    *,
    by: User | None,
    counted: str | None = None,
    difference_reason: str | None = None,
    packages: int | None = None,
) -> None:
    """Load what was counted; the rest is left for another shipment. Source: E2.4.

    `counted` says of which line how much, “1: 6, 2: 3”; lines it leaves out were counted as they
    say themselves, or are all there. Refuses more than is to be shipped, less without a reason,
    what nobody has got ready, and sold goods whose slip was not taken or counts no longer.
    """
    lock_shipment(shipment)
    if any(ask(logistics_needs_slip, request=shipment.request)):
        _look_at_slip(shipment)
    with session().no_autoflush:
        _write_counts(shipment, _counts_in(counted), reason=(difference_reason or "").strip())
        _refuse_what_is_not_there(shipment)
    shipment.packages = packages or shipment.packages
    shipment.cash_on_delivery = share_of_cash(shipment)
    shipment.move("count_and_load", by=by)


def unload(shipment: Shipment, *, by: User | None, reason: str) -> None:
    """Take goods off the vehicle again, to be counted anew."""
    if not reason.strip():
        raise ReasonIsMissing
    lock_shipment(shipment)
    shipment.move("unload", by=by, opinion=reason.strip())
    for line in shipment.lines:
        line.counted = line.difference_reason = None


def share_of_cash(shipment: Shipment) -> Decimal:
    """Return what is collected for what was loaded: as large a part as it is of what is left.

    The last shipment of a request takes the rest, so that the parts add up. Asked again when the
    vehicle leaves: what was paid or changed while it stood loaded counts, too.
    """
    request = shipment.request
    with session().no_autoflush:
        said = ask(logistics_to_collect, request=request)
        request.cash_on_delivery = said[0] if said else request.cash_on_delivery
        others = session().scalar(cash_of_others(request.id, besides=shipment.id)) or _NOTHING
        query = loaded_elsewhere(request.id, besides=shipment.id)
        loaded = sum((much or _NOTHING for _line, much in session().execute(query)), _NOTHING)
    rest = max(request.cash_on_delivery - others, _NOTHING)
    left = sum((line.quantity - line.shipped for line in request.lines), _NOTHING) - loaded
    own = sum((line.counted or _NOTHING for line in shipment.lines), _NOTHING)
    return rest if own >= left else round_money(rest * own / left)


def _look_at_slip(shipment: Shipment) -> None:
    """Ask for the slip again: what was sold may have been changed since it was taken."""
    if not shipment.slip_number:
        raise SlipIsNotTaken(shipment)
    numbers = ask(logistics_may_take_slip, request=shipment.request)
    shipment.slip_number = numbers[0] if numbers else shipment.slip_number


def _counts_in(text: str | None) -> dict[int, Decimal]:
    """Read of which line (from 1) how much was counted, each once; commas stand between them."""
    counts: dict[int, Decimal] = {}
    for part in re.split("[,，;；、\n]", text or ""):
        if not part.strip():
            continue
        found = _COUNT.fullmatch(part)
        if found is None or int(found[1]) in counts:
            raise CountIsUnreadable(part.strip())
        counts[int(found[1])] = Decimal(found[2])
    return counts


def _write_counts(shipment: Shipment, counts: Mapping[int, Decimal], *, reason: str) -> None:
    unknown = [str(number) for number in counts if not 1 <= number <= len(shipment.lines)]
    if unknown:
        raise CountIsUnreadable(unknown[0])
    for place, line in enumerate(shipment.lines):
        if place + 1 in counts:
            line.counted = counts[place + 1]
        elif line.counted is None:
            line.counted = line.ordered
        if line.counted > line.ordered:
            raise CountedMoreThanOrdered(line, place=place)
        if line.counted < line.ordered:
            line.difference_reason = line.difference_reason or reason or None
            if not line.difference_reason:
                raise DifferenceNeedsReason(line, place=place)
    if not any(line.counted for line in shipment.lines):
        raise NothingIsLoaded(shipment)


def _refuse_what_is_not_there(shipment: Shipment) -> None:
    """Refuse what is not reserved for the request, or stands on another vehicle already."""
    kept = reserved_for([line.request_line for line in shipment.lines])
    query = loaded_elsewhere(shipment.request_id, besides=shipment.id)
    loaded = {line: much or _NOTHING for line, much in session().execute(query)}
    short: list[tuple[ShipmentLine, Decimal]] = []
    for line in shipment.lines:
        of = line.request_line_id
        ready = max(kept.get(of, _NOTHING) - loaded.get(of, _NOTHING), _NOTHING)
        if is_kept(line.product) and (line.counted or _NOTHING) > ready:
            short.append((line, ready))
    if short:
        raise GoodsAreNotPrepared(short)
