"""In which order what is shipped is locked: who it is for, the request, the shipment."""

from bumen import session
from bumen_logistics.models.shipments import Shipment, lines_to_read_again, shipment_to_lock
from bumen_logistics.services.requests import lock_request


def lock_shipment(shipment: Shipment) -> None:
    """Let nobody else work on a shipment until this is done; call it before anything is written.

    What somebody else has kept meanwhile is read again.
    """
    lock_request(shipment.request)
    with session().no_autoflush:
        session().scalars(shipment_to_lock(shipment.id)).one()
        session().scalars(lines_to_read_again(shipment.id)).all()
