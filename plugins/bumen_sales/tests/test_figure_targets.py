"""Figures have targets: for a company, a department, a person, in any days, on cards and by API."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bumen import CurrentCompany, Days, Whose, create_record, run_action
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen.unit_of_work import today
from bumen_base.models import Department
from bumen_sales.errors import TargetIsOfNobody, TargetIsThere
from bumen_sales.models import FigureTarget, TargetedFigure
from bumen_sales.resources import FigureTargets, Orders
from bumen_sales.services import target_in
from bumen_sales.services.targets import months_of

API = "/api/v1/sales/figures"
DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)
EVERYBODY = Whose()
IN_2026 = Days(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def house(host: Host, company: CurrentCompany, make: Any) -> dict[str, int]:
    """Two salespeople with an order of 100 each this month, and an order that is nobody's."""
    user = make_user(host, "ann", company="TW01", roles=["sales.salesperson"])
    with host.unit_of_work(company="TW01", by="admin") as unit:
        ann, bob = make.employee(name="Ann", user_id=user.id), make.employee(name="Bob")
        for whose in (ann.id, bob.id, None):
            made = make.order(**DELIVERY, salesperson_id=whose, ordered_on=today())
            run_action(Orders, made, "confirm", {}, by=unit.user, version=made.version)
        return {"ann": ann.id, "bob": bob.id}


def aim(target: str, **said: Any) -> FigureTarget:
    """Write a target down, of the turnover of this year unless told otherwise."""
    said = {"figure": "turnover", "year": today().year, "target": target} | said
    made: FigureTarget = create_record(FigureTargets, said, by=None)
    return made


@pytest.fixture
def aimed(host: Host, house: dict[str, int]) -> dict[str, int]:
    """Targets of this month: 1,000 of the company, 400 of Ann, 500 of Bob."""
    with host.unit_of_work(company="TW01", by="admin"):
        month = today().month
        aim("1000", month=month)
        aim("400", month=month, employee_id=house["ann"])
        aim("500", month=month, employee_id=house["bob"])
    return house


@pytest.fixture
def browse(login: Any) -> Callable[[str], FlaskClient]:
    """A function that gives the browser of somebody who reads English."""

    def sign_in(name: str) -> FlaskClient:
        return login(name, language="en")

    return sign_in


@given(AMOUNTS, st.dictionaries(st.integers(1, 12), AMOUNTS, max_size=11))
def test_months_add_up_to_the_year(year: Decimal, own: dict[int, Decimal]) -> None:
    shares = months_of({**own, None: year})

    assert sum(shares.values()) == max(year, sum(own.values()))
    assert {month: shares[month] for month in own} == own
    rest = [shares[month] for month in shares if month not in own]
    assert max(rest) - min(rest) <= Decimal("0.01")


def test_a_target_is_told_for_any_days(host: Host, company: CurrentCompany, make: Any) -> None:
    def told(first: tuple[int, ...], last: tuple[int, ...], whose: Whose = EVERYBODY) -> Any:
        return target_in(TargetedFigure.TURNOVER, Days(date(*first), date(*last)), whose)

    with host.unit_of_work(company="TW01", by="admin"):
        person = make.employee()
        aim("1200", year=2026)
        aim("210", year=2026, month=2)
        aim("12", year=2027)
        aim("60", year=2026, month=4, employee_id=person.id)

        assert told((2026, 1, 1), (2026, 12, 31)) == 1200
        assert told((2026, 2, 1), (2026, 2, 28)) == 210
        assert told((2026, 2, 1), (2026, 2, 14)) == 105
        assert told((2026, 4, 1), (2026, 4, 30)) == 90
        assert told((2026, 12, 1), (2027, 1, 31)) == 91
        assert told((2025, 1, 1), (2025, 12, 31)) is None
        assert told((2026, 4, 1), (2026, 4, 30), Whose(person_id=person.id)) == 60
        assert told((2026, 5, 1), (2026, 5, 31), Whose(person_id=person.id)) is None


def test_a_second_target_of_the_same_is_refused(host: Host, house: dict[str, int]) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        first = aim("1000", month=3)
        aim("1000", month=3, employee_id=house["ann"])

        assert f"{today().year}/03" in first.name
        with pytest.raises(TargetIsThere):
            aim("2000", month=3)


def test_a_target_is_of_a_department_or_of_a_person(host: Host, house: dict[str, int]) -> None:
    with host.unit_of_work(company="TW01", by="admin") as unit:
        root = unit.session.scalars(select(Department.id)).first()
        assert root is not None
        aim("800", year=2026, department_id=root)

        assert target_in(TargetedFigure.TURNOVER, IN_2026, Whose(department_id=root)) == 800
        assert target_in(TargetedFigure.TURNOVER, IN_2026, EVERYBODY) is None
        with pytest.raises(TargetIsOfNobody):
            aim("1", employee_id=house["ann"], department_id=root)


def card_on(page: str) -> str:
    """Return the card of the turnover on a dashboard."""
    return page.partition('id="card-sales-turnover"')[2].partition("</section>")[0]


def test_the_card_shows_target_and_attainment(
    browse: Callable[[str], FlaskClient], aimed: dict[str, int]
) -> None:
    card = card_on(browse("admin").get("/sales/dashboard/").text)

    assert "NT$300" in card
    assert "Target <strong>NT$1,000</strong>" in card
    assert "Reached 30%" in card
    assert 'value="30"' in card


def test_a_salesperson_is_held_against_the_own_target_alone(
    browse: Callable[[str], FlaskClient], aimed: dict[str, int]
) -> None:
    page = browse("ann").get("/sales/dashboard/").text
    card = card_on(page)

    assert "Your target <strong>NT$400</strong>" in card
    assert "Yours: NT$100" in card
    assert "Reached 25%" in card
    assert "1,000" not in page


def test_the_api_tells_a_figure_for_a_period_and_a_person(
    browse: Callable[[str], FlaskClient], aimed: dict[str, int]
) -> None:
    boss = browse("admin")
    found = boss.get(f"{API}/turnover").json["result"]
    bobs = boss.get(f"{API}/turnover?person_id={aimed['bob']}&period=this_month").json["result"]
    orders = boss.get(f"{API}/orders?period=this_year").json["result"]

    assert (found["value"], found["target"], found["attained"]) == ("300.00", "1000.00", "30.0")
    assert (bobs["value"], bobs["target"], bobs["attained"]) == ("100.00", "500.00", "20.0")
    assert bobs["before"]["year"]["value"] == "0.00"
    assert (orders["value"], orders["target"]) == (3, None)
    named = [one["name"] for one in boss.get(f"{API}/").json["result"]]
    assert named[:3] == ["turnover", "orders", "due"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("period=sometime", 400),
        ("period=", 200),
        ("person_id=x", 400),
        ("person_id=0", 404),
        ("person_id=999999999999", 404),
        ("department_id=999999", 404),
        ("nonsense=1", 400),
    ],
)
def test_what_a_figure_does_not_know_is_refused(
    browse: Callable[[str], FlaskClient], aimed: dict[str, int], query: str, status: int
) -> None:
    assert browse("admin").get(f"{API}/turnover?{query}").status_code == status


def test_nobody_asks_for_anothers_figure_without_seeing_their_orders(
    browse: Callable[[str], FlaskClient], aimed: dict[str, int]
) -> None:
    ann = browse("ann")
    own = ann.get(f"{API}/turnover?person_id={aimed['ann']}").json["result"]
    all_seen = ann.get(f"{API}/turnover").json["result"]

    assert (own["value"], own["target"]) == ("100.00", "400.00")
    assert ann.get(f"{API}/turnover?person_id={aimed['bob']}").status_code == 404
    assert (all_seen["value"], all_seen["target"]) == ("200.00", None)
    assert ann.get("/api/v1/sales/figure_targets/").status_code == 403
