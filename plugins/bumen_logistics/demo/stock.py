"""Two warehouses, what lies in them, and what was found when it was counted."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from bumen import CurrentCompany, create_record, current, members, run_action, session, today
from bumen_base.models import Product, ProductKind, myself
from bumen_logistics.demo.words import words_in
from bumen_logistics.models import Location, Stock, Warehouse
from bumen_logistics.resources import StockCounts, Warehouses
from bumen_logistics.services import change_minimum, place_of, receive_goods, usual_warehouse

DELIVERIES = ((210, 30), (120, 45), (40, 60), (12, 80))
"""What was bought in: so many days ago so many cartons of each product."""
SHORT = 7
"""One product of so many runs low."""
LOST, FOUND = 2, 1


def fill(company: CurrentCompany) -> None:
    """Open the warehouses, receive goods over the last months, and count some of them."""
    words = words_in(company.locale)
    main = _main(words, company)
    said = {"name": words["second_warehouse"], "address": words["second_address"]}
    create_record(Warehouses, said, by=current().user)
    place = place_of(main)
    goods = session().scalars(_goods()).all()
    for days, cartons in DELIVERIES:
        for number, product in enumerate(goods):
            _receive(product, place, days=days, cartons=cartons + number % 5)
    _set_minimums(place)
    _count(place, goods, words)


def _main(words: dict[str, str], company: CurrentCompany) -> Warehouse:
    warehouse = usual_warehouse()
    warehouse.name, warehouse.address = words["main_warehouse"], words["main_address"]
    keepers = [one for one in session().scalars(members(company.id)) if "logistics" in one.username]
    for user in keepers[:1]:
        warehouse.keeper_id = session().scalar(myself(user.id))
    session().flush()
    return warehouse


def _goods() -> Select[Product]:
    return select(Product).where(Product.kind == ProductKind.GOODS).order_by(Product.code)


def _receive(product: Product, place: Location, *, days: int, cartons: int) -> None:
    at = datetime.now(UTC) - timedelta(days=days)
    source = f"PO-{at.year}-{at.timetuple().tm_yday:03}"
    receive_goods(product, place, Decimal(cartons), by=current().user, at=at, source=source)


def _set_minimums(place: Location) -> None:
    theirs = select(Stock).where(Stock.location_id == place.id).order_by(Stock.product_id)
    for number, stock in enumerate(session().scalars(theirs).all()):
        stock.minimum = stock.on_hand * 2 if number % SHORT == 0 else Decimal(20)
        change_minimum(stock, by=current().user)
    session().flush()


def _count(place: Location, goods: Sequence[Product], words: dict[str, str]) -> None:
    """Count six products a month ago, which was approved, and three yesterday, which waits."""
    booked = dict(session().execute(select(Stock.product_id, Stock.on_hand)).all())
    by = current().user
    for days, some, steps in ((30, goods[:6], ("submit", "approve")), (1, goods[6:9], ("submit",))):
        lines: list[dict[str, Any]] = [
            {"product_id": product.id, "counted": str(booked[product.id])} for product in some
        ]
        for line, change, why in ((0, -LOST, "lost"), (1, FOUND, "found")):
            counted = Decimal(lines[line]["counted"]) + change
            lines[line] |= {"counted": str(counted), "reason": words[why]}
        day = today() - timedelta(days=days)
        said = {"location_id": place.id, "counted_on": day, "lines": lines}
        count = create_record(StockCounts, said, by=by)
        for step in steps:
            run_action(StockCounts, count, step, {}, by=by, version=count.version)
