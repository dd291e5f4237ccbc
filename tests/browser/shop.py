"""A small shop for the browser: two companies, what they sell, whom to, and a few orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from bumen import create_record, run_action, today
from bumen.host import Host
from bumen.security.permissions import ADMINISTRATOR
from bumen.testing.makers import (
    PASSWORD,
    make_administrator,
    make_company,
    make_member,
    make_user,
)
from bumen.unit_of_work import current


@dataclass(frozen=True)
class Shop:
    """Where the browser goes: `anna` runs TW01 and CN01, `sally` sells in TW01; ids are its."""

    host: Host
    customers: Mapping[str, int]
    products: Mapping[str, int]
    orders: Mapping[str, int]
    password = PASSWORD


CUSTOMERS = {
    "TW01": ("青田選物有限公司", "竹塹辦公家具行", "港都餐飲設備有限公司"),
    "CN01": ("申城家居有限公司", "姑苏茶具商行", "岭南餐饮设备有限公司"),
}
TO_WHOM = {"consignee": "王小明", "phone": "02-2345-6789", "address": "中山路 7-1"}
PRODUCTS = {
    "TW01": (("橡木書桌", "12000"), ("藤編椅", "3500"), ("檯燈", "980.50")),
    "CN01": (("橡木书桌", "2600"), ("藤编椅", "780"), ("台灯", "215.50")),
}


def make_shop(host: Host) -> Shop:
    """Fill both companies; the orders of each are a draft, a confirmed and a cancelled one."""
    everything = host.registry.plugins
    make_company(host, code="TW01", plugins=everything)
    make_company(
        host, code="CN01", plugins=everything, country="CN", currency="CNY", locale="zh_Hans"
    )
    make_administrator(host, "anna", company="TW01")
    make_member(host, "anna", company="CN01", roles=[ADMINISTRATOR])
    make_user(host, "sally", company="TW01", roles=["sales.salesperson"])
    filled = {code: _fill(host, code) for code in ("CN01", "TW01")}
    return Shop(host, *filled["TW01"])


def _fill(host: Host, code: str) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    with host.unit_of_work(company=code, by="anna"):
        new = partial(_new, host)
        customers = {name: new("base.customers", name=name) for name in CUSTOMERS[code]}
        products = {
            name: new("base.products", name=name, unit="件", list_price=price, tax_rate="5")
            for name, price in PRODUCTS[code]
        }
        orders = {
            state: _order(host, customer, [*products.values()], state)
            for customer, state in zip(
                customers.values(), ("draft", "confirmed", "cancelled"), strict=True
            )
        }
    return (
        {name: one.id for name, one in customers.items()},
        {name: one.id for name, one in products.items()},
        orders,
    )


def _order(host: Host, customer: Any, products: list[Any], state: str) -> int:
    lines = [{"product_id": one.id, "quantity": "2"} for one in products]
    wanted = (today() + timedelta(days=14)).isoformat()
    order = _new(
        host,
        "sales.orders",
        customer_id=customer.id,
        requested_on=wanted,
        lines=lines,
        **TO_WHOM,
        payment_method="prepaid",
    )
    if state != "draft":
        name, said = ("confirm", {}) if state == "confirmed" else ("cancel", {"reason": "改期"})
        resource = host.registry.resources["sales.orders"]
        run_action(resource, order, name, said, by=current().user, version=order.version)
    return int(order.id)


def _new(host: Host, key: str, **values: Any) -> Any:
    return create_record(host.registry.resources[key], values, by=current().user)
