"""How a shipment goes: from a plan, onto a vehicle, past the customer's door."""

from sqlalchemy import Date, Enum, Integer, String
from sqlalchemy import Text as LongText

from bumen import (
    Argument,
    Choice,
    Deadline,
    RecordOf,
    Tone,
    Workflow,
    WorkingDays,
    transition,
)
from bumen_logistics.models.carriers import Carrier, Vehicle
from bumen_logistics.texts import _


class ShipmentState(Choice):
    """How far a shipment has come."""

    DRAFT = "draft", _("To arrange"), Tone.PLAIN
    ARRANGED = "arranged", _("Vehicle arranged"), Tone.PLAIN
    SLIP_TAKEN = "slip_taken", _("Slip taken"), Tone.PLAIN
    LOADED = "loaded", _("Loaded"), Tone.ACTIVE
    IN_TRANSIT = "in_transit", _("On the road"), Tone.ACTIVE
    EXCEPTION = "exception", _("Exception"), Tone.WARNING
    ARRIVED = "arrived", _("Arrived"), Tone.GOOD
    SETTLED = "settled", _("Settled"), Tone.GOOD
    CANCELLED = "cancelled", _("Cancelled"), Tone.BAD
    RETURNED = "returned", _("Returned"), Tone.BAD


BEFORE_LOADING = frozenset({ShipmentState.DRAFT, ShipmentState.ARRANGED, ShipmentState.SLIP_TAKEN})
"""While a shipment may still be changed."""
NOT_YET_LEFT = BEFORE_LOADING | {ShipmentState.LOADED}
"""While the goods are still in the house."""
ON_THE_ROAD = frozenset({ShipmentState.IN_TRANSIT, ShipmentState.EXCEPTION})
"""While a carrier has the goods."""
ENDED_WELL = frozenset({ShipmentState.ARRIVED, ShipmentState.SETTLED})
"""Once the customer has the goods."""
UNDER_WAY = ON_THE_ROAD | ENDED_WELL | {ShipmentState.LOADED}
"""Once the goods stand on a vehicle, unless they came back."""


class ExceptionKind(Choice):
    """What may go wrong on the way."""

    LATE = "late", _("Late")
    DAMAGED = "damaged", _("Damaged")
    LOST = "lost", _("Lost")
    REFUSED = "refused", _("Refused by the customer")
    WRONG_GOODS = "wrong_goods", _("Wrong goods")


_REASON = Argument("reason", String(500), label=_("Reason"))
_EXPECTED = Argument(
    "expected_on",
    Date(),
    label=_("Expected on"),
    help=_("The day the customer should have the goods; left as it is when empty."),
    required=False,
)
ARRANGING = (
    Argument(
        "carrier",
        RecordOf(Carrier),
        label=_("Carrier"),
        help=_("Left empty for our own transport."),
        required=False,
    ),
    Argument("vehicle", RecordOf(Vehicle), label=_("Vehicle"), required=False),
    Argument("driver", String(100), label=_("Driver"), required=False),
    Argument("driver_phone", String(40), label=_("Driver's phone"), required=False),
    Argument("planned_on", Date(), label=_("Pick-up on"), required=False),
    _EXPECTED,
)
"""What is asked of who takes the goods, and when."""
COUNTING = (
    Argument(
        "counted",
        String(500),
        label=_("Counted"),
        help=_("Of which line how much: “1: 6, 2: 3”. What is not named is all there."),
        required=False,
    ),
    Argument(
        "difference_reason",
        String(200),
        label=_("Reason for the difference"),
        help=_("Why less was counted than was to be shipped."),
        required=False,
    ),
    Argument("packages", Integer(), label=_("Packages"), required=False, minimum=1),
)
"""What is asked when goods are loaded."""
TROUBLE = (
    Argument(
        "kind",
        Enum(ExceptionKind, native_enum=False, values_callable=lambda kinds: [*kinds]),
        label=_("Kind of exception"),
    ),
    Argument("cause", String(500), label=_("Cause")),
    Argument("solution", LongText(), label=_("Solution"), required=False),
)
"""What is asked when something went wrong on the way."""

SHIPMENT_FLOW = Workflow(
    transition(
        "arrange_vehicle",
        {ShipmentState.DRAFT},
        ShipmentState.ARRANGED,
        label=_("Arrange vehicle"),
        arguments=ARRANGING,
        clauses=("E2.2",),
    ),
    transition(
        "take_slip",
        {ShipmentState.ARRANGED},
        ShipmentState.SLIP_TAKEN,
        label=_("Take slip"),
        clauses=("E2.4",),
    ),
    transition(
        "count_and_load",
        {ShipmentState.ARRANGED, ShipmentState.SLIP_TAKEN},
        ShipmentState.LOADED,
        label=_("Count and load"),
        arguments=COUNTING,
        clauses=("E2.4",),
    ),
    transition(
        "unload",
        {ShipmentState.LOADED},
        ShipmentState.ARRANGED,
        label=_("Unload"),
        arguments=(_REASON,),
    ),
    transition(
        "ship",
        {ShipmentState.LOADED},
        ShipmentState.IN_TRANSIT,
        label=_("Ship"),
        confirm=_("The goods leave the stock. Has the vehicle left?"),
        clauses=("E2.4", "E2.5b", "A4.3.4"),
    ),
    transition(
        "report_exception",
        {ShipmentState.IN_TRANSIT},
        ShipmentState.EXCEPTION,
        label=_("Report exception"),
        arguments=TROUBLE,
        clauses=("E2.4", "E3.x"),
    ),
    transition(
        "resume",
        {ShipmentState.EXCEPTION},
        ShipmentState.IN_TRANSIT,
        label=_("Resume"),
        arguments=(
            Argument("solution", LongText(), label=_("Solution")),
            _EXPECTED,
        ),
        clauses=("E3.x",),
    ),
    transition(
        "confirm_arrival",
        {ShipmentState.IN_TRANSIT},
        ShipmentState.ARRIVED,
        label=_("Confirm arrival"),
        arguments=(
            Argument("signed_by", String(100), label=_("Signed by")),
            Argument(
                "arrived_on",
                Date(),
                label=_("Arrived on"),
                help=_("The present day when left empty."),
                required=False,
            ),
        ),
        clauses=("E2.5", "E2.5b"),
    ),
    transition("settle", {ShipmentState.ARRIVED}, ShipmentState.SETTLED, label=_("Settle")),
    transition(
        "take_up_again",
        {ShipmentState.SETTLED},
        ShipmentState.ARRIVED,
        label=_("Taken up again"),
    ),
    transition(
        "cancel",
        BEFORE_LOADING,
        ShipmentState.CANCELLED,
        label=_("Cancel shipment"),
        arguments=(_REASON,),
        confirm=_("A cancelled shipment cannot be taken up again. Cancel this shipment?"),
    ),
    transition(
        "return_goods",
        ON_THE_ROAD,
        ShipmentState.RETURNED,
        label=_("Return goods"),
        arguments=(_REASON,),
        confirm=_("The goods come back to quarantine. Have they been brought back?"),
        clauses=("E3.x",),
    ),
    deadlines=(
        Deadline(ShipmentState.DRAFT, WorkingDays(2)),
        Deadline(ShipmentState.LOADED, WorkingDays(1)),
        Deadline(ShipmentState.EXCEPTION, WorkingDays(2)),
    ),
)
"""What is loaded has been counted; what has left is followed until it is signed for or back."""
