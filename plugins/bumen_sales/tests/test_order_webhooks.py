"""Other programs hear of orders: made, moved to a new state, and of what that means."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from bumen import CurrentCompany, run_action
from bumen.dispatching import terms_of
from bumen.host import Host
from bumen.webhooks import Delivery
from bumen.webhooks.catalogue import offered
from bumen.webhooks.service import Wish, make_webhook
from bumen_sales.resources import Orders

PREPAID = {
    "payment_method": "prepaid",
    "consignee": "林美玲",
    "phone": "0912 345 678",
    "address": "高雄市中正路 1 號",
}
EVENTS = ("sales.orders.made", "sales.orders.moved", "sales.OrderConfirmed")


def test_a_confirmed_order_is_told_of(host: Host, company: CurrentCompany, make: Any) -> None:
    with host.unit_of_work(company="TW01", by="admin") as unit:
        known = [one.name for one in offered(host.registry, on=unit.on)]
        wish = Wish(name="Shop", url="https://shop.example.com/", events=EVENTS)
        make_webhook(wish, known=known, terms=terms_of(host.settings))

    with host.unit_of_work(company="TW01", by="admin"):
        order = make.order(**PREPAID)
    with host.unit_of_work(company="TW01", by="admin") as unit:
        kept = unit.session.get_one(Orders.model, order.id)
        run_action(Orders, kept, "confirm", {}, by=unit.user, version=kept.version)

    with host.database.wide_session() as wide:
        told = [
            json.loads(one) for one in wide.scalars(select(Delivery.body).order_by(Delivery.id))
        ]
    assert [one["event"] for one in told] == list(EVENTS)
    made, moved, confirmed = told
    assert made["id"] == moved["id"] == confirmed["ids"]["order_id"] == order.id
    assert moved["version"] > made["version"]
