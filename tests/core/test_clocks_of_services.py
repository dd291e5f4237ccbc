"""Services look at no clock: whoever calls them says which day and which moment it is."""

from datetime import UTC, datetime
from typing import Any

import time_machine

from bumen import dated, timed
from bumen.host import Host
from bumen.unit_of_work import CurrentCompany

EVENING = datetime(2026, 3, 31, 20, 0, tzinfo=UTC)


def test_a_service_is_told_the_day_of_the_company_and_the_moment(
    host: Host, company: CurrentCompany
) -> None:
    told: list[dict[str, Any]] = []

    def note(record: object, **said: Any) -> None:
        told.append(said)

    with host.unit_of_work(company=company.code), time_machine.travel(EVENING, tick=False):
        dated(note)(None, by=None)
        timed(note)(None, by=None, reason="Late")

    assert [one.get("on", one.get("at")) for one in told] == [
        datetime(2026, 4, 1, tzinfo=UTC).date(),
        EVENING,
    ]
    assert told[1]["reason"] == "Late"
