"""The inbox: what waits, was told, sent and done, and what is decided from there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update

from bumen.activation.service import switch
from bumen.approvals import ApprovalRequest, Seat, be_away
from bumen.unit_of_work import today
from bumen.workflow import AllOf, AskPerson
from tests.core.web.desks import Desks, token_of

Statements = Callable[[], list[str]]


def away(desks: Desks, name: str, *, instead: str) -> None:
    """Let somebody be away today."""
    with desks.office.at_work(name) as unit:
        ident = desks.office.ids[instead]
        be_away(unit.user, substitute_id=ident, first_day=today(), last_day=today())


def test_what_waits_for_somebody_is_counted_and_listed_with_what_is_asked(desks: Desks) -> None:
    petition = desks.office.asked(by="wang", amount=1200)

    [line] = desks.lines("lin")

    assert "Petition" in line.one(of="inbox-text").text
    assert line.one("a").attributes["href"] == f"/petitions/petitions/show/{petition}#approvals"
    assert "From wang" in line.one(of="inbox-about").text
    assert "Amount: NT$1,200" in line.one(of="inbox-facts").text
    assert (desks.count("lin"), desks.count("wang")) == (1, 0)


def test_what_was_sent_shows_what_became_of_it(desks: Desks) -> None:
    desks.office.asked(by="wang")
    [before] = desks.lines("wang", "sent")
    desks.send("lin", "/approvals/1", agrees="yes", opinion="Fine.")

    [after] = desks.lines("wang", "sent")

    assert "Waits for approval" in before.text
    assert "Approved" in after.text


def test_a_petition_is_approved_from_the_list_with_an_opinion(desks: Desks) -> None:
    petition = desks.office.asked(by="wang")

    sent = desks.send("lin", "/approvals/1", agrees="yes", opinion="We can afford it.")

    assert (sent.status_code, sent.location) == (302, "/inbox/?tab=waiting")
    assert desks.office.state(petition) == "granted"
    assert (desks.lines("lin"), desks.count("lin")) == ([], 0)
    [done] = desks.lines("lin", "done")
    assert "We can afford it." in done.text


def test_a_petition_is_refused_from_the_list(desks: Desks) -> None:
    petition = desks.office.asked(by="wang")

    desks.send("lin", "/approvals/1", agrees="no", opinion="Too dear.")

    assert desks.office.state(petition) == "draft"


def test_a_missing_opinion_is_asked_for_and_nothing_happens(desks: Desks) -> None:
    petition = desks.office.asked(by="wang")

    refused = desks.send("lin", "/approvals/1", agrees="yes", opinion="  ")

    assert refused.status_code == 422
    assert 'id="stray"' not in refused.text
    assert '<details class="inbox-decide" open>' in refused.text
    assert desks.office.state(petition) == "asked"


def test_what_was_decided_meanwhile_is_refused_and_the_opinion_stays(desks: Desks) -> None:
    desks.office.asked(by="wang")
    other = desks.office.asked(by="wang")
    browser = desks.browser("lin")
    browser.get("/inbox/")
    desks.office.say(other, by="lin")

    form = {"agrees": "no", "opinion": "Wait.", "tab": "waiting"}
    browser.environ_base["HTTP_X_CSRFTOKEN"] = token_of(browser)
    refused = browser.post("/inbox/approvals/2", data=form)

    assert refused.status_code == 409
    assert '<blockquote class="inbox-remark">Wait.</blockquote>' in refused.text
    assert desks.office.state(other) == "granted"


def test_whoever_is_not_asked_cannot_decide_from_the_list(desks: Desks) -> None:
    petition = desks.office.asked(by="wang")

    browser = desks.browser("chen")
    browser.environ_base["HTTP_X_CSRFTOKEN"] = token_of(browser)
    refused = browser.post("/inbox/approvals/1", data={"agrees": "yes", "opinion": "Me too."})

    assert refused.status_code == 403
    assert desks.office.state(petition) == "asked"


def test_who_decides_for_somebody_away_sees_for_whom(desks: Desks) -> None:
    desks.office.asked(by="wang")
    away(desks, "lin", instead="admin")

    [line] = desks.lines("admin")

    assert "For lin" in line.text
    assert desks.count("admin") == 1


def test_who_decides_for_who_decides_for_somebody_is_counted_in(desks: Desks) -> None:
    desks.office.asked(by="wang")
    away(desks, "lin", instead="huang")
    away(desks, "huang", instead="admin")

    assert (len(desks.lines("admin")), desks.count("admin")) == (1, 1)


def test_a_request_with_two_places_for_one_person_is_one_line(desks: Desks) -> None:
    people = (AskPerson(desks.office.ids[name]) for name in ("lin", "admin"))
    desks.office.rule(AllOf(*people))
    desks.office.asked(by="wang")
    away(desks, "lin", instead="admin")

    assert (len(desks.lines("admin")), desks.count("admin")) == (1, 1)


def test_an_activity_is_done_from_the_list(desks: Desks) -> None:
    activity = desks.give(desks.office.petition(), to="lin", due_on=date(2020, 1, 2))
    [waiting], [late] = desks.lines("lin"), desks.lines("lin", "overdue")

    desks.send("lin", f"/activities/{activity}")

    assert "Call back" in waiting.text
    assert "Overdue since Jan 2, 2020" in late.text
    assert (desks.lines("lin"), desks.lines("lin", "overdue")) == ([], [])
    assert "Call back" in desks.lines("lin", "done")[0].text


def test_anothers_activity_does_not_exist(desks: Desks) -> None:
    activity = desks.give(desks.office.petition(), to="lin")
    browser = desks.browser("admin")
    browser.environ_base["HTTP_X_CSRFTOKEN"] = token_of(browser)

    assert browser.post(f"/inbox/activities/{activity}").status_code == 404
    assert browser.post(f"/inbox/activities/{2**70}").status_code == 404


def test_a_request_that_waits_too_long_is_overdue_for_both(desks: Desks) -> None:
    desks.office.asked(by="wang")
    past = datetime.now(UTC) - timedelta(hours=1)
    with desks.office.host.database.wide_session() as wide, wide.begin():
        for model in (ApprovalRequest, Seat):
            wide.execute(update(model).values(due_at=past))

    assert len(desks.lines("lin", "overdue")) == 1
    assert len(desks.lines("wang", "overdue")) == 1


def test_a_notice_is_new_until_it_is_put_away(desks: Desks) -> None:
    desks.tell(desks.office.petition(), "lin")
    [new] = desks.lines("lin", "mentions")
    before = desks.count("lin")

    desks.send("lin", "/notices/1", tab="mentions")

    [seen] = desks.lines("lin", "mentions")
    assert ("is-new" in new.classes, "is-new" in seen.classes) == (True, False)
    assert (before, desks.count("lin")) == (1, 0)


def test_all_notices_are_put_away_at_once_but_only_ones_own(desks: Desks) -> None:
    petition = desks.office.petition()
    desks.tell(petition, "lin", "wang")
    desks.tell(petition, "lin")

    desks.send("lin", "/notices/all", tab="mentions")

    assert (desks.count("lin"), desks.count("wang")) == (0, 1)


def test_anothers_notice_does_not_exist(desks: Desks) -> None:
    desks.tell(desks.office.petition(), "lin")
    browser = desks.browser("wang")
    browser.environ_base["HTTP_X_CSRFTOKEN"] = token_of(browser)

    assert browser.post("/inbox/notices/1").status_code == 404
    assert browser.get("/inbox/at/TW01/1").status_code == 404


def test_looking_at_a_record_puts_away_what_was_told_about_it(desks: Desks) -> None:
    petition, other = desks.office.petition(), desks.office.petition()
    desks.tell(petition, "lin")
    desks.tell(other, "lin")
    browser = desks.browser("lin")
    browser.environ_base["HTTP_X_CSRFTOKEN"] = token_of(browser)

    passing = {"X-Requested-With": "fetch"}
    address = f"/inbox/notices/about/petitions.petitions/{petition}"
    told = browser.post(address, headers=passing)

    assert told.json == {"count": 1}
    assert desks.count("lin") == 1


def test_what_a_department_that_is_off_asks_is_gone_until_it_is_on(desks: Desks) -> None:
    desks.office.asked(by="wang")
    desks.tell(desks.office.petition(), "lin")
    desks.give(desks.office.petition(), to="lin")
    host = desks.office.host

    switch(host, company="TW01", name="petitions", enabled=False)
    gone = [desks.lines("lin", tab) for tab in ("waiting", "mentions", "overdue")]
    counted = desks.count("lin")
    switch(host, company="TW01", name="petitions", enabled=True)

    assert (gone, counted) == ([[], [], []], 0)
    assert desks.count("lin") == 3


def test_whose_document_it_is_passes_nothing_on_to_a_substitute(desks: Desks) -> None:
    desks.office.give("chen", ["petitions.reader"])
    away(desks, "lin", instead="wang")
    away(desks, "wang", instead="chen")
    desks.office.asked(by="wang")
    assert (desks.count("chen"), desks.lines("chen")) == (0, [])

    written = desks.office.petition(by="wang")
    desks.office.act("ask", written, by="boss")
    assert (desks.count("chen"), desks.lines("chen")) == (0, [])

    desks.office.asked(by="boss")
    assert (desks.count("chen"), len(desks.lines("chen"))) == (1, 1)
    assert desks.count("wang") == 1
