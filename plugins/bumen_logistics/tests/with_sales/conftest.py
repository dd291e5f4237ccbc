"""Logistics and sales together: orders come in, and are told how far their goods are."""

from collections.abc import Callable
from typing import Any

import pytest

from bumen import create_record, current
from bumen.registry import Candidate
from bumen_sales.models import Order
from bumen_sales.resources import Orders

DELIVERY = {"consignee": "Lin", "phone": "0912 345 678", "address": "Zhongshan Rd. 1"}


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Sales and logistics, and what both require."""
    return tuple(Candidate(name, f"bumen_{name}") for name in ("base", "logistics", "sales"))


@pytest.fixture
def draft(make: Any) -> Callable[..., Order]:
    """A function that makes a draft of an order on account, which is confirmed at once."""

    def made(*wanted: tuple[Any, str], **said: Any) -> Order:
        lines = [
            {"product_id": one.id, "quantity": number, "unit_price": "0"} for one, number in wanted
        ]
        customer = {"customer_id": make.customer().id, "payment_method": "on_account"}
        order: Order = create_record(
            Orders, {**customer, **DELIVERY, **said, "lines": lines}, by=current().user
        )
        return order

    return made
