"""The confirmation of an order, as it is printed: what it says, in which language, which page."""

from datetime import date
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import event

from bumen import CurrentCompany, run_action
from bumen.host import Host
from bumen.printing.errors import NothingToPrint
from bumen.printing.letterheads import Wishes, keep_letterhead
from bumen.printing.printing import Printed, set_up
from bumen.printing.templates import Declared
from bumen_base.models import Contact, ContactLanguage
from bumen_sales.resources import Orders

DAY = date(2026, 3, 2)
CONFIRMATION = Declared(resource=Orders, printout=Orders.printouts[0])
TITLE = CONFIRMATION.printout.title
PREPAID = {"payment_method": "prepaid", "consignee": "林美玲", "phone": "0912 345 678"}


def text_of(printed: Printed) -> list[str]:
    """Return what each page says, without the breaks of its lines."""
    pages = PdfDocument(printed.pdf)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]


def print_order(host: Host, make: Any, *, language: str | None = None, **said: Any) -> Printed:
    """Print the confirmation of a new order, confirmed."""
    with host.unit_of_work(company="TW01", by="admin") as unit:
        order = make.order(**PREPAID | {"address": "高雄市中正路 1 號"} | said)
        run_action(Orders, order, "confirm", {}, by=unit.user, version=order.version)
    return printed_again(host, order.id, language=language)


def printed_again(host: Host, ident: int, *, language: str | None = None) -> Printed:
    """Print the confirmation of an order that is kept."""
    with host.unit_of_work(company="TW01", by="admin"):
        return set_up(CONFIRMATION, [ident], on=DAY, language=language).printed()


@pytest.mark.parametrize(
    ("language", "capitals", "pages"),
    [
        ("zh_Hant", "新臺幣壹佰零伍元整", "第 1 頁，共 1 頁"),
        ("zh_Hans", "新台币壹佰零伍元整", "第 1 页，共 1 页"),
    ],
)
def test_a_confirmation_is_printed_in_both_scripts(
    host: Host, company: CurrentCompany, make: Any, language: str, capitals: str, pages: str
) -> None:
    printed = print_order(host, make, language=language)

    title, said = TITLE.in_language(language), text_of(printed)[0]
    assert said.replace(" ", "").startswith(f"CompanyTW01{title.replace(' ', '')}")
    assert {one in said for one in (capitals, pages, "林美玲", "高雄市中正路 1 號", "NT$105")} == {
        True
    }
    assert printed.name == f"{title} SO-{date.today():%Y}-00001.pdf"  # noqa: DTZ011


def test_a_paper_speaks_the_language_its_receiver_reads(
    host: Host, company: CurrentCompany, make: Any
) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        reads = ContactLanguage.SIMPLIFIED_CHINESE
        customer = make.customer(contacts=[Contact(name="王明", language=reads)])
        said = {"customer_id": customer.id, "contact_id": customer.contacts[0].id}
        order = make.order(**PREPAID | said)
    printed = printed_again(host, order.id)

    assert printed.language == "zh_Hans"
    assert "第 1 页，共 1 页" in text_of(printed)[0]


def test_the_letterhead_stands_on_the_paper_with_years_of_the_republic(
    host: Host, company: CurrentCompany, make: Any
) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        wishes = Wishes(
            heading="晴川股份有限公司",
            details="臺北市中山路 1 號\n統一編號 12345675",
            footer="匯款帳號 004-123",
            language="",
            roc_years=True,
        )
        keep_letterhead(wishes, version=0)

    said = text_of(print_order(host, make, ordered_on="2026-03-02"))[0]

    assert said.startswith("晴川股份有限公司 臺北市中山路 1 號 統一編號 12345675")
    assert "匯款帳號 004-123" in said
    assert "民國 115 年 3 月 2 日" in said


def test_long_orders_repeat_the_head_of_the_table_on_every_page(
    host: Host, company: CurrentCompany, make: Any
) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        product = make.product().id
    lines = [{"product_id": product, "quantity": "1"}] * 60

    pages = text_of(print_order(host, make, lines=lines, language="zh_Hant"))

    assert len(pages) > 1
    assert ["數量" in one or "Quantity" in one for one in pages[:2]] == [True, True]
    assert f"第 2 頁，共 {len(pages)} 頁" in pages[1]


def test_nothing_is_confirmed_of_a_cancelled_order(
    host: Host, company: CurrentCompany, make: Any
) -> None:
    with host.unit_of_work(company="TW01", by="admin") as unit:
        order = make.order(**PREPAID)
        run_action(Orders, order, "cancel", {"reason": "Too late"}, by=unit.user, version=1)

        with pytest.raises(NothingToPrint):
            set_up(CONFIRMATION, [order.id], on=DAY)


def test_printing_more_orders_takes_no_more_statements(
    host: Host, company: CurrentCompany, make: Any
) -> None:
    sent: list[str] = []
    with host.unit_of_work(company="TW01", by="admin") as unit:
        orders = [make.order(**PREPAID).id for _order in range(3)]
        unit.session.flush()
        unit.session.expunge_all()
        event.listen(
            host.database.engine, "before_cursor_execute", lambda *told: sent.append(told[2])
        )
        set_up(CONFIRMATION, orders[:1], on=DAY)
        for_one = len(sent)
        unit.session.expunge_all()
        set_up(CONFIRMATION, orders, on=DAY)
        for_three = len(sent) - for_one

    assert for_three == for_one
    assert for_one <= 5
