"""What is refused about carriers, vehicles and freight rates."""

from bumen import BusinessError
from bumen_logistics.models.carriers import Carrier, FreightRate, Vehicle
from bumen_logistics.texts import _


class ContractEndsBeforeItBegins(BusinessError):
    """The refusal of a contract with a carrier whose last day is before its first."""

    def __init__(self) -> None:
        super().__init__(_("The contract ends before it begins."), field="contract_until")


class RateEndsBeforeItBegins(BusinessError):
    """The refusal of a rate whose last day is before its first."""

    def __init__(self) -> None:
        super().__init__(_("The rate ends before it begins."), field="valid_until")


class RateOverlaps(BusinessError):
    """The refusal of a rate while another of the carrier is valid on the same route."""

    def __init__(self, other: FreightRate) -> None:
        super().__init__(
            _(
                "%(carrier)s has another rate on this route, valid from %(day)s.",
                carrier=str(other.carrier),
                day=other.valid_from,
            ),
            field="valid_from",
        )


class CarrierIsNotActive(BusinessError):
    """The refusal to give goods to a carrier that is not worked with any more."""

    def __init__(self, carrier: Carrier) -> None:
        super().__init__(_("%(carrier)s is not active.", carrier=str(carrier)), field="carrier_id")


class VehicleIsNotActive(BusinessError):
    """The refusal to load a vehicle that is not used any more."""

    def __init__(self, vehicle: Vehicle) -> None:
        super().__init__(_("%(vehicle)s is not active.", vehicle=str(vehicle)), field="vehicle_id")


class VehicleOfAnother(BusinessError):
    """The refusal of a vehicle that belongs to somebody else than whoever takes the goods."""

    def __init__(self, vehicle: Vehicle) -> None:
        owner = vehicle.carrier
        said = (
            _("%(vehicle)s is a vehicle of our own, not of this carrier.", vehicle=str(vehicle))
            if owner is None
            else _("%(vehicle)s belongs to %(owner)s.", vehicle=str(vehicle), owner=str(owner))
        )
        super().__init__(said, field="vehicle_id")


class OwnTransportIsIncomplete(BusinessError):
    """The refusal to send goods by our own transport without a vehicle and a driver."""

    def __init__(self, *, lacks: str) -> None:
        super().__init__(
            _("Without a carrier it is our own transport: name the vehicle and the driver."),
            field=lacks,
        )


class VehicleIsTooSmall(BusinessError):
    """The refusal to load more on a vehicle than it may carry."""

    def __init__(self, vehicle: Vehicle) -> None:
        super().__init__(
            _(
                "%(vehicle)s may carry %(capacity)s kg at most.",
                vehicle=vehicle.plate,
                capacity=vehicle.capacity,
            ),
            field="weight",
        )
