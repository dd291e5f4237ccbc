"""Two who keep papers, or plan reports, at the same moment: one does, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import event, select

from bumen import BusinessError, CurrentCompany, current, session
from bumen.host import Host
from bumen.jobs import ScheduleEntry
from bumen.printing.letterheads import Wishes, keep_letterhead
from bumen.printing.templates import Declared, keep_template
from bumen.printing.texts import Wording, keep_texts
from bumen.reporting.mailing import Rhythm, plan_report, send_now
from bumen.reports import Question
from bumen_sales.reports import SALES
from bumen_sales.resources import Orders

Deed = Callable[[], Any]
Both = Callable[[Deed], list[str]]
CONFIRMATION = Declared(resource=Orders, printout=Orders.printouts[0])
QUESTION = Question(rows="customer", measures=("revenue",))
PATIENCE = 2
"""Seconds that one waits for the other, who may have to wait for the first one's end."""


@pytest.fixture
def both(host: Host, company: CurrentCompany) -> Both:
    """A function that lets two do the same at once: each has read before either writes."""
    meeting = Barrier(2)

    def meet(met: list[bool]) -> None:
        if not met and not host.database.is_sqlite:  # SQLite has one writer: the second one waits
            met.append(True)
            with suppress(BrokenBarrierError):
                meeting.wait(timeout=PATIENCE)

    def one(deed: Deed) -> str:
        met: list[bool] = []
        try:
            with host.unit_of_work(company=company.code, by="admin") as unit:
                event.listen(unit.session, "before_flush", lambda *_told: meet(met))
                deed()
        except BusinessError as refused:
            return refused.code
        return "done"

    def at_once(deed: Deed) -> list[str]:
        with ThreadPoolExecutor(max_workers=2) as people:
            return sorted(people.map(one, [deed, deed]))

    return at_once


def test_the_first_letterhead_of_a_company_is_kept_once(both: Both) -> None:
    wishes = Wishes(heading="Qing", details="", footer="", language="", roc_years=False)

    assert both(lambda: keep_letterhead(wishes, version=0)) == ["done", "stale_version"]
    assert both(_change_letterhead) == ["done", "stale_version"]


def _change_letterhead() -> None:
    wishes = Wishes(heading=f"{id(current())}", details="", footer="", language="", roc_years=False)
    keep_letterhead(wishes, version=1)


def test_one_version_of_a_template_follows_another(both: Both) -> None:
    def keep() -> None:
        keep_template(CONFIRMATION, body=f"{id(current())}", note="", after=0)

    assert both(keep) == ["done", "somebody_was_faster"]


def test_texts_of_a_paper_are_written_by_one_at_a_time(both: Both) -> None:
    wished = {"en": Wording(opening="Dear all", closing="", version=0)}

    assert both(lambda: keep_texts(CONFIRMATION, wished)) == ["done", "stale_version"]


def test_a_report_that_is_planned_by_a_double_click_comes_once(both: Both, host: Host) -> None:
    def plan() -> None:
        plan_report(SALES, QUESTION, rhythm=Rhythm.DAILY, by=current().user)

    assert both(plan) == ["done", "done"]
    with host.unit_of_work(company="TW01"):
        assert len(session().scalars(select(ScheduleEntry)).all()) == 1


def test_a_report_that_is_sent_by_a_double_click_is_sent_once(both: Both) -> None:
    assert both(lambda: send_now(SALES, QUESTION)) == ["done", "report_is_under_way"]
