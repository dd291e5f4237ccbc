"""Cards as departments declare them: a figure, a look at an analysis, records to be seen to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bumen.i18n import Text
from bumen.reports import Analysis, Figure
from bumen.resource import READ, Resource


@dataclass(frozen=True, eq=False)
class Glance:
    """A glance is an analysis as a small chart: `query` is what its address asks for."""

    analysis: Analysis
    query: Mapping[str, str] = field(default_factory=dict, kw_only=True)


@dataclass(frozen=True, eq=False)
class ToDo:
    """A to-do is the first records of a list that wait for somebody.

    `filters` narrow the list as its address would: `{"filter.state": "draft"}`; a list of
    values means any of them. `shows` are the fields beside the name of each record; `done` is what
    is said when none waits. Where a record is only a part of another, `about` names the field that
    leads there: the order of a task, by whose number people know it.
    """

    resource: type[Resource]
    filters: Mapping[str, str | tuple[str, ...]] = field(kw_only=True)
    shows: Sequence[str] = field(default=(), kw_only=True)
    order: str = field(default="", kw_only=True)
    about: str = field(default="", kw_only=True)
    done: Text | None = field(default=None, kw_only=True)


@dataclass(frozen=True, kw_only=True, eq=False)
class Card:
    """A card is a figure, a glance or a to-do on the dashboard of its department, and at home.

    Whoever may `needs` (a permission on the resource it is about; reading, at least) sees it: what
    waits to be approved is shown to those who may approve.
    """

    name: str
    shows: Figure | Glance | ToDo
    title: Text | None = None
    needs: str = READ
    at_home: bool = True

    @property
    def resource(self) -> type[Resource]:
        """What it is about."""
        if isinstance(self.shows, Glance):
            return self.shows.analysis.resource
        return self.shows.resource

    @property
    def key(self) -> str:
        """What it is called among all: `sales.turnover`."""
        return f"{self.resource.plugin()}.{self.name}"

    @property
    def label(self) -> Text:
        """What people call it."""
        if self.title is not None:
            return self.title
        if isinstance(self.shows, Glance):
            return self.shows.analysis.title
        return self.shows.title if isinstance(self.shows, Figure) else self.shows.resource.title
