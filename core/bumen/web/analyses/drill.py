"""From a number to what is behind it: the list of the records, or the parts it is the sum of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for

from bumen.listing import filterable
from bumen.reports import Measure, Member, Working, dimensions_of
from bumen.reports.dimensions import RECORD
from bumen.web.analyses.address import AnalysisAddress
from bumen.web.analyses.keys import page_of_analysis
from bumen.web.cells import screen_endpoint
from bumen.web.list_filters import PREFIX, spelled


class Drill:
    """Addresses of what is behind the numbers of one answer.

    A number of records leads to their list. An amount leads to the same analysis record by record:
    there each stands with as much of it as is counted, and the sum is that amount.
    """

    def __init__(self, address: AnalysisAddress) -> None:
        self._address = address
        self._screen = screen_endpoint(address.resource)
        self._page = page_of_analysis(address.analysis)
        self._offered = filterable(address.resource)

    def records(self, *members: Member) -> str:
        """Return where the records of these members are listed; "" where no list tells them."""
        if not self._can_tell(members):
            return ""
        found: dict[str, Any] = dict(self._address.list.query())
        if self._address.period:
            period = f"{PREFIX}{self._address.analysis.day}.period"
            found[period] = _both(found.get(period), self._address.period)
        return url_for(f"{self._screen}.list", **self._narrowed(found, members))

    def member(self, member: Member) -> str:
        """Return where the records of a member are listed, or where the record itself is shown."""
        if member.key.name == RECORD:
            return url_for(f"{self._screen}.show", ident=member.value)
        return self.records(member)

    def number(self, measure: Measure, *members: Member) -> str:
        """Return what is behind a number that a measure comes to."""
        asked = self._address.asked
        if asked.keys[0].name == RECORD:
            return self.member(members[0]) if members else ""
        if measure.working is Working.COUNT or RECORD not in dimensions_of(self._address.analysis):
            return self.records(*members)
        if not self._can_tell(members):
            return ""
        names = [measure.name] if len(asked.keys) > 1 else [one.name for one in asked.measures]
        changes = {"columns": None, "measures": names, "compare": None, "show": None}
        found = self._narrowed(self._address.query(rows=RECORD, **changes), members)
        return url_for(self._page, name=self._address.analysis.name, **found)

    def _can_tell(self, members: Iterable[Member]) -> bool:
        return all(one.key.path.name in self._offered for one in members)

    def _narrowed(self, query: Mapping[str, Any], members: Iterable[Member]) -> dict[str, Any]:
        found = dict(query)
        for member in members:
            name, [value] = spelled(self._address.resource, member.condition)
            held = found.get(name) if name.endswith(".period") else None
            found[name] = _both(held, value)
        return found


def _both(held: Any, value: str) -> Any:
    if held is None:
        return value
    several = held if isinstance(held, list) else [held]
    return list(dict.fromkeys([*several, value]))
