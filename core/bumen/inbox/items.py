"""What an inbox shows: one line, wherever it comes from, and who looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bumen.i18n import Text, translator
from bumen.resource import Resource
from bumen.values import Choice, Tone

_ = translator(__file__, "bumen")


class Tab(Choice):
    """A part of the inbox."""

    WAITING = "waiting", _("Waiting for me")
    OVERDUE = "overdue", _("Overdue")
    MENTIONS = "mentions", _("Mentions and news")
    SENT = "sent", _("Sent by me")
    DONE = "done", _("Done by me")


class Kind(Choice):
    """What a line of the inbox is."""

    APPROVAL = "approval", _("Approval")
    ACTIVITY = "activity", _("Activity")
    NOTICE = "notice", _("Notice")
    REQUEST = "request", _("Submitted by me")


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Whose inbox it is, on which day, and the resources that count: on, and readable.

    `decided` are those of the others, also on, whose records somebody may be asked to decide about;
    being asked opens such a record, whatever one may read beside it.
    """

    user_id: int
    on: date
    at: datetime
    resources: Mapping[str, type[Resource]]
    decided: Mapping[str, type[Resource]] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of what counts."""
        return tuple(sorted(self.resources))

    @property
    def keys_decided(self) -> tuple[str, ...]:
        """The names of what counts where somebody is asked to decide."""
        return tuple(sorted({**self.resources, **self.decided}))

    def resource(self, key: str) -> type[Resource]:
        """Return what a line is about; KeyError for what does not count."""
        return self.resources[key] if key in self.resources else self.decided[key]


@dataclass(frozen=True, kw_only=True)
class Item:
    """A line of the inbox: what about, since when, who, until when.

    `who` is whom it comes from, `instead_of` for whom somebody is asked who is away; both are ids
    of users. `request` is the request for approval it belongs to, `anchor` the part of the record's
    page that it is about.
    """

    kind: Kind
    id: int
    resource: str
    record_id: int
    label: str
    text: str
    at: datetime
    who: int | None = None
    instead_of: int | None = None
    due_on: date | None = None
    late: bool = False
    seen: bool = True
    state: Text | None = None
    tone: Tone | None = None
    remark: str | None = None
    request: Any = None
    anchor: str = ""


def people_in(items: list[Item]) -> set[int]:
    """Return the ids of everybody whom lines name."""
    return {one for item in items for one in (item.who, item.instead_of) if one is not None}
