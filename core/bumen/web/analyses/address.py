"""What the address of an analysis asks for, and the addresses that ask for something else.

/sales/reports/sales?rows=customer&columns=ordered_on.month&period=this_year&filter.state=confirmed
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from werkzeug.datastructures import MultiDict

from bumen.errors import Malformed
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.listing import FROM_TO, Condition, Listing, filterable
from bumen.reports import Analysis, Checked, Compared, Question, begun_with, checked
from bumen.visibility import as_seen
from bumen.web.list_address import ListAddress
from bumen.web.list_filters import PREFIX
from bumen.web.list_words import period_text

_ = translator(__file__, "bumen")

TABLE, CHART = "table", "chart"
SHOWS = (TABLE, CHART)
ANY, NONE = "any", "none"
"""What `period` and `filters` say for none, where the analysis opens with some."""
_ENDS = ("from", "to")
"""What the two days of a period of one's own are sent as; an address has them as one."""
_OWN = {"rows", "columns", "measures", "period", "compare", "show", "filters", "saved", *_ENDS}
_PASSING = {"_l_", "format"}

Arguments = dict[str, Any]


class AnalysisAddress:
    """The address of an analysis, read strictly: `Malformed` names what cannot be asked for."""

    def __init__(self, analysis: Analysis, arguments: MultiDict[str, str]) -> None:
        self.analysis = analysis
        self.resource = as_seen(analysis.resource)
        for name in arguments:
            if name not in _OWN | _PASSING | {"q"} and not name.startswith(PREFIX):
                raise _wrong(name, _("A report cannot be asked for “%(name)s”.", name=name))
        self._arguments = arguments
        self.period = self._period()
        self.show = self._one_of("show", SHOWS) or TABLE
        self.list = ListAddress(self.resource, self._narrowing())
        self.asked = self._checked()

    @property
    def question(self) -> Question:
        """What is asked, as the analysis understands it."""
        return self.asked.question

    def query(self, **changes: Any) -> Arguments:
        """Return the arguments of an address that differs from this one; None leaves one out."""
        found = {**self._own(), **self.list.query(), **changes}
        return {name: value for name, value in found.items() if value not in (None, "", (), [])}

    def filtered(self, arguments: Mapping[str, Any]) -> Arguments:
        """Return the arguments with these conditions in place of those that hold."""
        held = any(name.startswith(PREFIX) for name in arguments)
        mark = NONE if self.analysis.filters and not held else None
        return {**self._own(), **arguments, **({"filters": mark} if mark else {})}

    def plainly(self) -> Arguments:
        """Return the arguments without any condition; others may be put beside them."""
        return {**self._own(), **({"filters": NONE} if self.analysis.filters else {})}

    @cached_property
    def day(self) -> str:
        """The day its periods are about; "" where there is none, or whoever reads sees none."""
        return self.analysis.day if self.analysis.day in filterable(self.resource) else ""

    @cached_property
    def period_words(self) -> str:
        """The period in the reader's words; "" for any time."""
        return period_text(self.period, formats_here()) if self.period else ""

    def _own(self) -> Arguments:
        question = self.question
        found: Arguments = {"rows": question.rows, "columns": question.columns}
        found["measures"] = list(question.measures)
        found["period"] = self.period or (ANY if self.day and self.analysis.period else "")
        found["compare"] = str(question.compared or "")
        found["show"] = "" if self.show == TABLE else self.show
        found["filters"] = NONE if self.analysis.filters and not self._has_filters() else ""
        return {name: value for name, value in found.items() if value}

    def _has_filters(self) -> bool:
        return any(name.startswith(PREFIX) for name in self.list.arguments)

    def _checked(self) -> Checked:
        opens_plainly = not self._text("rows")
        default = self.analysis.columns if opens_plainly else ""
        compared = self._one_of("compare", tuple(Compared))
        rows, default = begun_with(self.analysis, default)
        question = Question(
            rows=self._text("rows") or rows,
            columns=self._text("columns") or default,
            measures=self._measures(),
            listing=Listing(
                conditions=(*self.list.listing.conditions, *self._of_period()),
                search=self.list.listing.search,
            ),
            compared=Compared(compared) if compared else None,
        )
        return checked(self.analysis, question)

    def _measures(self) -> tuple[str, ...]:
        typed = ",".join(self._arguments.getlist("measures"))
        return tuple(dict.fromkeys(name.strip() for name in typed.split(",") if name.strip()))

    def _narrowing(self) -> MultiDict[str, str]:
        """Return what narrows the records: what is asked for, or what the analysis opens with."""
        found: MultiDict[str, str] = MultiDict(
            (name, value)
            for name, value in self._arguments.items(multi=True)
            if name == "q" or name.startswith(PREFIX)
        )
        if self._text("filters") != NONE and not any(one.startswith(PREFIX) for one in found):
            found.update(self.analysis.filters)
        return found

    def _period(self) -> str:
        typed = self._text("period")
        first, last = (self._text(one) for one in _ENDS)
        if first or last:
            typed = self._span(first, last)
        if typed and not self.day:
            raise _wrong("period", _("This report knows no period."))
        return "" if typed == ANY else typed or str((self.day and self.analysis.period) or "")

    @staticmethod
    def _span(first: str, last: str) -> str:
        for name, typed in zip(_ENDS, (first, last), strict=True):
            if not typed:
                raise _wrong(name, _("This field is required."))
        return f"{first}{FROM_TO}{last}"

    def _of_period(self) -> list[Condition]:
        if not self.period:
            return []
        return [Condition(field=self.analysis.day, operator="period", value=self.period)]

    def _one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        typed = self._text(name)
        if typed and typed not in allowed:
            message = _("This must be one of: %(allowed)s.", allowed=", ".join(allowed))
            raise _wrong(name, message)
        return typed

    def _text(self, name: str) -> str:
        return self._arguments.get(name, "").strip()


def _wrong(place: str, message: Text) -> Malformed:
    return Malformed(message, fields={place: [message]})
