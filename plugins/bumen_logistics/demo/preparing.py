"""Deliveries that were written down by hand, and what the workshop has made of open orders."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import cycle

from sqlalchemy import select

from bumen import (
    BusinessError,
    CurrentCompany,
    change_record,
    create_record,
    current,
    run_action,
    session,
    today,
)
from bumen_base.models import Customer, Product, ProductKind
from bumen_logistics.demo.words import words_in
from bumen_logistics.errors import NothingToPickUp
from bumen_logistics.models import DeliveryRequest, Preparation, PreparationState
from bumen_logistics.resources import DeliveryRequests, Preparations
from bumen_logistics.services import pick_up_open_orders, usual_warehouse

FATES = ("ready", "ready", "partly", "delayed", "waits")
"""What becomes of one preparation after the other."""


def fill(company: CurrentCompany) -> None:
    """Write down samples that go out, pick up what was ordered, and work on it for a while."""
    words = words_in(company.locale)
    for number in range(2):
        request = _request(words, number)
        if number:
            run_action(
                DeliveryRequests, request, "request", {}, by=current().user, version=request.version
            )
    with suppress(NothingToPickUp):
        pick_up_open_orders(usual_warehouse(), by=current().user, at=datetime.now(UTC))
    waiting = select(Preparation).where(Preparation.state == PreparationState.REQUESTED)
    found = session().scalars(waiting.order_by(Preparation.due_on, Preparation.id)).all()
    for preparation, fate in zip(found, cycle(FATES), strict=False):
        _work_on(preparation, fate, words)


def _request(words: dict[str, str], number: int) -> DeliveryRequest:
    customer = session().scalars(select(Customer).order_by(Customer.code)).all()[number]
    goods = select(Product).where(Product.kind == ProductKind.GOODS).order_by(Product.code)
    lines = [
        {"product_id": product.id, "quantity": "1"}
        for product in session().scalars(goods).all()[number : number + 2]
    ]
    said = {
        "customer_id": customer.id,
        "consignee": words["consignee"],
        "phone": words["phone"],
        "address": words["address"],
        "packing_requirement": words["packing"],
        "wanted_on": today() + timedelta(days=3 + number),
        "lines": lines,
    }
    made: DeliveryRequest = create_record(DeliveryRequests, said, by=current().user)
    return made


def _work_on(preparation: Preparation, fate: str, words: dict[str, str]) -> None:
    """Bring a preparation as far as it has come; what is not on hand stays where it is."""
    if fate == "waits":
        return
    _step(preparation, "begin")
    if fate == "ready":
        with suppress(BusinessError), current().attempt():
            _step(preparation, "ready")
        return
    _report_half(preparation)
    if fate == "delayed":
        later = today() + timedelta(days=6)
        _step(preparation, "report_exception", cause=words["cause"], promised_on=later)


def _report_half(preparation: Preparation) -> None:
    half = [
        {"id": line.id, "ready": str((line.quantity / 2).quantize(Decimal(1)))}
        for line in preparation.lines
    ]
    by, version = current().user, preparation.version
    change_record(Preparations, preparation, {"lines": half}, by=by, version=version)


def _step(preparation: Preparation, name: str, **said: object) -> None:
    by, version = current().user, preparation.version
    run_action(Preparations, preparation, name, said, by=by, version=version)
