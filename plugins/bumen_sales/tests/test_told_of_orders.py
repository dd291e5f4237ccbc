"""Who is told of an order on its way: departments, customers, and whoever sells it when late."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bumen import NoticeKind, session, start, today
from bumen.mail import Mail
from bumen.notices import Notice
from bumen.testing import work_off
from bumen.testing.makers import make_user
from bumen_base.models import Contact, ContactLanguage
from bumen_sales.errors import OthersCarryItOut
from bumen_sales.jobs.orders import LATE
from bumen_sales.models import ProgressEntry
from bumen_sales.services import (
    cancel_order,
    confirm_order,
    find_vehicle_by_hand,
    goods_are_ready,
    issue_slip,
    ready_by_hand,
    ship_by_hand,
    tell_customer_it_left,
)

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


def test_three_departments_are_told_when_an_order_is_confirmed(host, company, make) -> None:
    for name in ("workshop", "finance", "service_manager"):
        make_user(host, name, company=company.code, roles=[f"sales.{name}"])

    with host.unit_of_work(company=company.code, by="admin") as unit:
        confirm_order(make.order(payment_method="prepaid"), by=unit.user)
        told = session().scalars(select(Notice)).all()
        said = {one.words["en"] for one in told}

    assert len(told) == 3
    assert said == {
        "Please prepare the goods of this order.",
        "Please say when the money for this order is in.",
        "Please find a vehicle for this order.",
    }


@pytest.fixture
def posted(host):
    """Mail leaves the house."""
    settings = {**host.settings.model_dump(), "smtp_url": "smtp://localhost:1025"}
    settings["public_url"] = "https://erp.test"
    host.settings = type(host.settings).model_validate(settings)


@pytest.fixture
def with_slip(unit, make):
    """A function that makes an order of a customer whose contact reads mail, with its slip."""

    def made(**contact):
        customer = make.customer(contacts=[Contact(name="Lin Mei", phone="02 1234", **contact)])
        said = {"customer_id": customer.id, "contact_id": customer.contacts[0].id}
        order = make.order(**said, payment_method="cash_on_delivery", reference="PO-7")
        confirm_order(order, by=unit.user)
        goods_are_ready(order, by=unit.user, at=NOW)
        issue_slip(order, by=unit.user, on=NOW.date())
        return order

    return made


def test_the_customer_is_written_to_when_goods_leave(unit, posted, with_slip) -> None:
    order = with_slip(email="lin@tea.example", language=ContactLanguage.ENGLISH)
    ship_by_hand(order, by=unit.user, at=NOW, carrier="Hsin", tracking_number="904")

    tell_customer_it_left(order, by=unit.user, at=NOW)
    session().flush()

    mail = session().scalars(select(Mail)).one()
    assert (mail.recipient, mail.subject) == ("lin@tea.example", "Your order PO-7 is on its way")
    assert mail.plain == (
        "Dear Lin Mei,\n\nthe goods of your order PO-7 have left our house today.\n\n"
        "Carrier: Hsin, tracking number: 904"
    )
    assert "lin@tea.example" in session().scalars(select(ProgressEntry.what)).one()


def test_who_has_no_address_is_not_written_to(unit, posted, with_slip) -> None:
    order = with_slip()

    tell_customer_it_left(order, by=unit.user, at=NOW)
    session().flush()

    assert session().scalars(select(Mail)).all() == []


def test_what_others_carry_out_is_not_done_by_hand_nor_written_of_twice(
    unit, posted, with_slip, neighbour
) -> None:
    neighbour(sales_is_carried_out=lambda: True)
    order = with_slip(email="lin@tea.example")

    for step in (ready_by_hand, find_vehicle_by_hand, ship_by_hand):
        with pytest.raises(OthersCarryItOut):
            step(order, by=unit.user, at=NOW)
    tell_customer_it_left(order, by=unit.user, at=NOW)
    session().flush()
    assert session().scalars(select(Mail)).all() == []


def test_an_order_is_kept_that_a_department_keeps(unit, with_slip, neighbour) -> None:
    def refuse(order) -> None:
        raise OthersCarryItOut(order)

    neighbour(sales_may_cancel_order=refuse)
    order = with_slip()

    with pytest.raises(OthersCarryItOut):
        cancel_order(order, by=unit.user, reason="Moved away")


def test_late_orders_are_told_of_each_morning_and_only_once(host, company, make) -> None:
    make_user(host, "bo", company=company.code, roles=["sales.salesperson"])
    with host.unit_of_work(company=company.code, by="bo") as unit:
        day, seller = today(), make.employee(user_id=unit.user.id).id
        long_ago = day - timedelta(days=20)
        said = {"salesperson_id": seller, "ordered_on": long_ago, "payment_method": "prepaid"}
        for wanted_on in (day - timedelta(days=2), day):
            confirm_order(make.order(**said, requested_on=wanted_on), by=None)

    for _morning in range(2):
        with host.unit_of_work(company=company.code, by="admin"):
            start(LATE)
        work_off(host)

    with host.unit_of_work(company=company.code, by="bo"):
        late = select(Notice).where(Notice.kind == NoticeKind.LATE, Notice.done_at.is_(None))
        (notice,) = session().scalars(late).all()
    assert notice.words["en"].endswith("is 2 days late.")
