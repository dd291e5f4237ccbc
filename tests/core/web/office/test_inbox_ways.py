"""The ways into the inbox and through it: companies, mails, pages, wishes, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from bumen.approvals import ApprovalRequest
from bumen.company.service import user_called
from bumen.documents.activities import Activity
from bumen.notices import Notice
from bumen.testing.makers import make_company, make_member, make_user
from tests.core.web.desks import Desks, token_of
from tests.core.web.looking import look_at

Statements = Callable[[], list[str]]


def test_another_companys_inbox_is_another(desks: Desks) -> None:
    desks.office.asked(by="wang")
    desks.tell(desks.office.petition(), "lin")
    make_company(desks.office.host, code="CN01", plugins=["petitions"])
    make_member(desks.office.host, "lin", company="CN01", roles=["petitions.clerk"])
    browser = desks.browser("lin")
    with browser.session_transaction() as kept:
        kept["company"] = "CN01"

    page = look_at(browser.get("/inbox/"))

    assert "Nothing waits for you." in page.text
    assert "hidden" in page.one(of="bar-bell").one(of="bar-count").attributes
    assert browser.get("/inbox/at/TW01/1").status_code == 200  # asks for the company first


def test_the_way_in_from_a_mail_leads_to_the_record(desks: Desks) -> None:
    petition = desks.office.petition()
    desks.tell(petition, "lin")
    browser = desks.browser("lin")

    straight = browser.get("/inbox/at/TW01/1")

    assert straight.location == f"/petitions/petitions/show/{petition}"
    assert browser.get("/inbox/at/TW01/").location == "/inbox/"
    assert browser.get("/inbox/at/XX99/").status_code == 404


def test_who_works_for_another_company_changes_it_by_a_button(desks: Desks) -> None:
    petition = desks.office.petition()
    desks.tell(petition, "lin")
    make_company(desks.office.host, code="CN01", plugins=["petitions"])
    make_member(desks.office.host, "lin", company="CN01", roles=["petitions.clerk"])
    browser = desks.browser("lin")
    with browser.session_transaction() as kept:
        kept["company"] = "CN01"
    browser.environ_base["HTTP_X_CSRFTOKEN"] = token_of(browser)

    gone = browser.post("/inbox/at/TW01/1", data={})

    assert gone.location == f"/petitions/petitions/show/{petition}"
    with browser.session_transaction() as kept:
        assert kept["company"] == "TW01"


def test_long_inboxes_are_read_page_by_page_without_loss_or_repetition(desks: Desks) -> None:
    petition = desks.office.petition()
    for place in range(20):
        desks.give(petition, to="lin", due_on=date(2026, 1, place + 1))
    for _place in range(15):
        desks.office.asked(by="wang")
    _at_one_moment(desks)

    seen, browser, address = [], desks.browser("lin"), "/inbox/"
    while address:
        page = look_at(browser.get(address))
        seen += [one.attributes["data-line"] for one in page.every("li", of="inbox-line")]
        more = [one for one in page.every("a", of="btn") if one.text == "Older"]
        address = more[0].attributes["href"] if more else ""

    assert len(seen) == len(set(seen)) == 35


def _at_one_moment(desks: Desks) -> None:
    """Let everything have begun at the same moment: the order is steady all the same."""
    now = datetime.now(UTC)
    with desks.office.host.database.wide_session() as wide, wide.begin():
        wide.execute(update(ApprovalRequest).values(started_at=now))
        wide.execute(update(Activity).values(created_at=now))


@pytest.mark.parametrize(
    "address",
    [
        "/inbox/?tab=nothing",
        "/inbox/?after=x",
        "/inbox/?after=1-activity-x",
        f"/inbox/?after={2**80}-activity-1",
        f"/inbox/?after=1-activity-{2**70}",
        "/inbox/?after=1-%00-1",
        f"/inbox/at/TW01/{2**70}",
    ],
)
def test_what_nobody_asks_for_is_refused_plainly(desks: Desks, address: str) -> None:
    assert desks.browser("lin").get(address).status_code in (400, 404)


@pytest.mark.parametrize("tab", ["waiting", "overdue", "mentions", "sent", "done"])
def test_each_tab_asks_as_little_for_three_lines_as_for_one(
    desks: Desks, statements: Statements, tab: str
) -> None:
    counts = []
    for _round in range(2):
        for _each in range(1 + _round):
            petition = desks.office.asked(by="wang")
            desks.give(petition, to="lin", due_on=date(2020, 1, 1))
            desks.tell(petition, "lin")
            desks.office.say(desks.office.asked(by="wang"), by="lin")
        browser = desks.browser("lin")
        browser.get(f"/inbox/?tab={tab}")
        statements()
        browser.get(f"/inbox/?tab={tab}")
        counts.append(len(statements()))

    assert counts[0] == counts[1] <= 12


def test_the_counter_costs_one_statement(desks: Desks, statements: Statements) -> None:
    browser = desks.browser("lin")
    browser.get("/inbox/count")
    statements()

    browser.get("/inbox/count")

    counting = [one for one in statements() if "core_approval_seat" in one]
    browser.get("/")
    assert [one for one in statements() if "core_notice" in one] == []  # scripts ask later
    assert len(counting) == 1
    assert "core_notice" in counting[0]
    assert "core_activity" in counting[0]


def test_who_has_no_company_has_no_inbox(desks: Desks) -> None:
    make_user(desks.office.host, "stranger")

    assert desks.browser("stranger").get("/inbox/").status_code == 404
    assert desks.app.test_client().get("/inbox/").location.startswith("/login/")


def test_looking_changes_nothing(desks: Desks) -> None:
    desks.tell(desks.office.petition(), "lin")
    browser = desks.browser("lin")
    for address in ("/inbox/?tab=mentions", "/inbox/at/TW01/1", "/inbox/wishes", "/inbox/count"):
        browser.get(address)

    with desks.office.at_work("lin") as unit:
        assert unit.session.get(Notice, 1).seen_at is None


def test_who_may_not_see_the_record_reads_no_more_than_was_told(desks: Desks) -> None:
    desks.tell(desks.office.petition(amount=777), "chen")

    assert desks.lines("chen", "mentions") == []  # chen may read no petitions at all


def test_wishes_are_kept_for_the_person(desks: Desks) -> None:
    browser = desks.browser("lin")
    browser.environ_base["HTTP_X_CSRFTOKEN"] = token_of(browser)

    kept = browser.post("/inbox/wishes", data={"mentioned": "none", "news": "digest"})
    page = look_at(browser.get("/inbox/wishes"))

    assert kept.status_code == 302
    chosen = {
        one.attributes["name"]: one.attributes["value"]
        for one in page.every("input", type="radio")
        if "checked" in one.attributes
    }
    assert (chosen["mentioned"], chosen["news"], chosen["asked"]) == ("none", "digest", "at_once")
    assert browser.post("/inbox/wishes", data={"news": "daily"}).status_code == 400


def test_names_are_written_as_their_language_does(desks: Desks) -> None:
    with desks.office.host.unit_of_work() as unit:
        user_called(unit.session, "wang").first_name = "王小明"
    desks.office.asked(by="wang")

    assert "王小明" in desks.lines("lin")[0].text
