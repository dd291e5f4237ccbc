"""The history of a record as far as whoever asks may read it: for its page and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bumen.documents.history import HistoryEntry, history_of
from bumen.documents.history.models import AT_ONCE
from bumen.documents.history.values import line_named_by
from bumen.resource import Resource
from bumen.unit_of_work import company_now, session
from bumen.visibility import hidden_fields, kept_from
from bumen.visibility.narrowing import whole_of

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Allowed:
    """What somebody may read of a history: all but the fields that are hidden in some state.

    A history tells what a record was in states it is no longer in.
    """

    resource: type[Resource]
    record: Any
    hidden: frozenset[str]
    named_by: Mapping[str, str]

    @classmethod
    def here(cls, resource: type[Resource], record: Any) -> Allowed:
        """Return what whoever works now may read of a record's history."""
        whole = whole_of(resource)
        names = {one.name: line_named_by(one.model) for one in whole.lines}
        return cls(
            resource=whole,
            record=record,
            hidden=hidden_fields(whole) | hidden_fields(whole, record),
            named_by={lines: column.name for lines, column in names.items() if column},
        )

    def hides(self, name: str) -> bool:
        """Whether a field, or lines by their name, are hidden."""
        return name in self.hidden

    def of(self, fields: Iterable[Entry], *, lines: str = "") -> Iterator[Entry]:
        """Yield the changes of fields that may be read."""
        before = f"{lines}." if lines else ""
        yield from (one for one in fields if not self.hides(f"{before}{one['field']}"))

    def orders(self, changes: Entry) -> Iterator[Entry]:
        """Yield what became of the order of lines, where they may be read by their names."""
        for one in changes.get("orders", ()):
            named = f"{one['lines']}.{self.named_by.get(one['lines'], '')}"
            if not self.hides(one["lines"]) and not self.hides(named):
                yield one

    def receiver(self, changes: Entry) -> str | None:
        """Return the address something was sent to, for who sees the fields it may come from."""
        sent = changes.get("receiver")
        if sent is None or kept_from(self.resource, sent["paths"], record=self.record):
            return None
        return str(sent["address"])

    def label(self, line: Entry) -> str:
        """Return what a line is called; "" where the field it is called by is hidden."""
        name = f"{line['lines']}.{self.named_by.get(line['lines'], '')}"
        return "" if self.hides(name) else str(line["label"])


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page is some entries of a history; `next` is what to go on before, None at its end."""

    entries: Sequence[HistoryEntry]
    next: int | None
    allowed: Allowed


def page_of_history(
    resource: type[Resource], record: Any, *, before: int | None = None, size: int = AT_ONCE
) -> Page:
    """Return a page of a record's history, the latest entry first, with one statement."""
    query = history_of(
        company_now().id,
        resource=resource.key(),
        record_id=record.id,
        before=before,
        limit=size + 1,
    )
    found = session().scalars(query).all()
    entries = found[:size]
    return Page(
        entries=entries,
        next=entries[-1].number if len(found) > size else None,
        allowed=Allowed.here(resource, record),
    )


def entry_as_json(entry: HistoryEntry, allowed: Allowed) -> dict[str, Any]:
    """Return an entry as JSON values, without what may not be read."""
    changes = entry.changes
    lines = [
        {
            **one,
            "label": allowed.label(one),
            "fields": list(allowed.of(one["fields"], lines=one["lines"])),
        }
        for one in changes.get("lines", ())
        if not allowed.hides(one["lines"])
    ]
    return told_of(entry) | {
        "fields": list(allowed.of(changes.get("fields", ()))),
        "lines": lines,
        "orders": list(allowed.orders(changes)),
        "hung": changes.get("hung", []),
        "receiver": allowed.receiver(changes),
    }


def told_of(entry: HistoryEntry) -> dict[str, Any]:
    """Return what happened, when and by whom as JSON values, without what was changed."""
    return {
        "number": entry.number,
        "kind": entry.kind,
        "action": entry.action,
        "opinion": entry.opinion,
        "instead_of": entry.changes.get("instead_of"),
        "at": entry.at,
        "by": {"id": entry.by_id, "label": entry.by_name} if entry.by_id else None,
        "way": entry.way,
        "label": entry.label,
    }
