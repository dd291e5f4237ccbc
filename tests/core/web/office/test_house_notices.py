"""What leads to a page of the house instead of a record stands in the inbox all the same."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select

from bumen.approvals import come_back, send_away
from bumen.dispatching import stop_and_tell
from bumen.notices import Notice
from bumen.unit_of_work import today
from bumen.webhooks import Webhook
from bumen.webhooks.service import Terms, Wish, change_webhook, webhook_with
from tests.core.web.desks import Desks

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
URL = "https://shop.example.com/hook"


def sent_away(desks: Desks) -> int:
    """Let an administrator write down that `wang` is away, and return the absence's id."""
    with desks.office.at_work("admin") as unit:
        absence = send_away(
            desks.office.ids["wang"],
            by=unit.user,
            at=NOW,
            substitute_id=desks.office.ids["lin"],
            first_day=today(),
            last_day=today(),
        )
        return absence.id


def notices(desks: Desks) -> int:
    """Count what anybody was told."""
    with desks.office.host.database.wide_session() as wide:
        return wide.scalar(select(func.count(Notice.id))) or 0


def test_a_colleague_whose_absence_was_written_down_is_told_in_the_inbox(desks: Desks) -> None:
    ident = sent_away(desks)

    [line] = desks.lines("wang", "mentions")
    assert "away from" in line.text
    assert "Absences and substitutes" in line.text
    assert line.one("a").attributes["href"] == "/company/absences/"
    assert (desks.count("wang"), desks.count("admin")) == (1, 0)

    with desks.office.at_work("wang") as unit:
        come_back(ident, by=unit.user)
    assert (desks.lines("wang", "mentions"), notices(desks)) == ([], 0)


def stopped_webhook(desks: Desks) -> int:
    """Let a webhook be switched off because nothing gets through, and return its id."""
    with desks.office.at_work("admin") as unit:
        webhook = Webhook(name="Shop", url=URL, events=["core.ping"], secret="x")
        unit.session.add(webhook)
        unit.session.flush()
        ident, company = webhook.id, unit.company.id
    stop_and_tell(desks.office.host, company_id=company, webhook_id=ident)
    return ident


def test_who_keeps_webhooks_is_told_in_the_inbox_that_one_has_stopped(desks: Desks) -> None:
    ident = stopped_webhook(desks)

    [line] = desks.lines("admin", "mentions")
    assert "“Shop” was switched off" in line.text
    assert line.one("a").attributes["href"] == f"/webhooks/{ident}"
    assert (desks.count("admin"), desks.count("wang")) == (1, 0)
    assert desks.ask("admin", "/api/v1/core/inbox/?tab=mentions").json["count"] == 1

    with desks.office.at_work("admin"):
        webhook, wish = webhook_with(ident), Wish(name="Shop", url=URL, events=["core.ping"])
        terms = Terms(key="k" * 32, to_private=False)
        known = ["core.ping"]
        change_webhook(webhook, wish, version=webhook.version, known=known, terms=terms)
    assert (desks.lines("admin", "mentions"), notices(desks)) == ([], 0)


def test_whoever_may_no_longer_see_webhooks_is_led_to_none(desks: Desks) -> None:
    stopped_webhook(desks)
    with desks.office.host.database.wide_session() as wide, wide.begin():
        [notice] = wide.scalars(select(Notice))
        notice.user_id = desks.office.ids["wang"]

    [line] = desks.lines("wang", "mentions")

    assert "You may not see this record." in line.text
