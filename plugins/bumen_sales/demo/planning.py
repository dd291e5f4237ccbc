"""What the demonstration aims at and plans: a target, a strategy, plans, a monthly report."""

from typing import Any

from sqlalchemy import select

from bumen import CurrentCompany, create_record, current, run_action, session, today
from bumen_base.models import Customer, Employee, Product
from bumen_sales.demo.orders import TARGETS
from bumen_sales.resources import (
    MonthlyReports,
    Plans,
    ReportPeople,
    Strategies,
    Targets,
)

SAID = {
    "zh_Hant": {
        "title": "深耕通路，提高直營占比",
        "channels": "北區以直營展售為主，中南區由經銷商供貨；飯店客戶由專人服務。",
        "pricing": "經銷商依級距折扣，專案客戶由主管核定；折扣逾授權者一律簽核。",
        "promotions": "農曆年前禮盒組合、九月開學季、十一月週年慶。",
        "research": "去年市場調查顯示飯店業者最重視交期，其次才是價格。",
        "remarks": "以老客戶回購為主，第三季起開發兩家新客戶。",
        "comments": "本月飯店訂單較多，南區仍待加強。",
    },
    "zh_Hans": {
        "title": "巩固渠道，扩大直销比重",
        "channels": "华东以直销展厅为主，华南、华北由经销商供货；酒店客户由专人服务。",
        "pricing": "经销商按级别折扣，项目客户由主管核定；超出授权的折扣一律审批。",
        "promotions": "春节前礼盒组合、九月开学季、十一月周年庆。",
        "research": "去年的市场调研显示酒店客户最重视交期，其次才是价格。",
        "remarks": "以老客户复购为主，第三季度起开发两家新客户。",
        "comments": "本月酒店订单较多，华南仍需加强。",
    },
}
"""What is written, by language."""
WRITTEN = ("title", "channels", "pricing", "promotions", "research")
ANSWERS, RECEIVES = "E0007", "E0001"
"""The employees who answer for monthly reports, and who receive them."""
PLANNED = (2, 5, 8, 11)
"""The months of a year in which is planned to sell."""


def fill(company: CurrentCompany) -> None:
    """Aim, plan and report as a company does that sells in this year."""
    said = SAID.get(company.locale, SAID["zh_Hant"])
    this_year = {"year": today().year}
    target = TARGETS.get(company.currency, min(TARGETS.values()))
    _done(Targets, this_year | {"amount": f"{target}"}, "spread_like_last_year", "issue")
    _done(Strategies, this_year | {name: said[name] for name in WRITTEN}, "approve")
    people = dict(session().execute(select(Employee.number, Employee.id)).all())
    for number, steps in (("E0003", ("submit",)), ("E0004", ("submit", "approve", "issue"))):
        _done(Plans, this_year | _planned(people[number], remarks=said["remarks"]), *steps)
    for number, part in ((ANSWERS, "answers"), (RECEIVES, "receives")):
        _done(ReportPeople, {"employee_id": people[number], "part": part})
    _done(MonthlyReports, this_year | {"month": today().month, "comments": said["comments"]})


def _planned(person: int, *, remarks: str) -> dict[str, Any]:
    """Return a plan: two products for each of two customers, four times a year."""
    customers = session().scalars(select(Customer.id).order_by(Customer.code).limit(2)).all()
    active = select(Product.id).where(Product.active).order_by(Product.code).limit(2)
    products = session().scalars(active).all()
    lines = [
        {
            "customer_id": customer,
            "product_id": product,
            "month": month,
            "quantity": f"{10 * month}",
        }
        for customer in customers
        for product in products
        for month in PLANNED
    ]
    return {"person_id": person, "remarks": remarks, "lines": lines}


def _done(resource: Any, said: dict[str, Any], *steps: str) -> None:
    """Make a record and do something with it, one step after the other, as the house."""
    made = create_record(resource, said, by=current().user)
    for step in steps:
        run_action(resource, made, step, {}, by=None, version=made.version)
