"""The history of a record as people read it: who did what when, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import url_for

from bumen.approvals.codes import BEYOND, BEYOND_LABEL, SEALED, deed_of
from bumen.documents.history import HistoryEntry, HistoryKind
from bumen.documents.linked import linked_models
from bumen.formats import EMPTY, Formats, formats_here
from bumen.i18n import Text, translator
from bumen.model.describe import Described, Kind, fields_of
from bumen.printing.sending import MAILED, MAILED_LABEL
from bumen.resource import Resource
from bumen.visibility.narrowing import whole_of
from bumen.web.cells import screen_endpoint
from bumen.web.histories import Allowed, Page, page_of_history
from bumen.web.house import registry
from bumen.web.pages.tabs import Tab
from bumen.workflow import Transition

_ = translator(__file__, "bumen")

TAB = "history"
MANY = 6
"""So many changes are read at a glance; more are folded up."""
WAYS: Mapping[str, Text] = {
    "screen": _("on screen"),
    "api": _("by a program"),
    "import": _("by an import"),
    "undo": _("by undoing an import"),
    "job": _("in the background"),
    "cli": _("on the command line"),
}
MOVED = "moved"
"""What became of lines that only stand in another order."""
_SEALED: Mapping[str, Text] = {deed_of(one): one.label for one in SEALED} | {BEYOND: BEYOND_LABEL}
_PARTS: Mapping[str, Text] = {
    MOVED: _("Put in another order"),
    HistoryKind.MADE: _("Added"),
    HistoryKind.CHANGED: _("Changed"),
    HistoryKind.DELETED: _("Removed"),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change is a field with what it was and what it became; both empty for what stays unsaid."""

    label: Text | str
    before: str = ""
    after: str = ""
    tone_before: str = ""
    tone_after: str = ""
    is_veiled: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part is what became of a line, or of something that hangs on the record."""

    what: Text | str
    kind: str
    label: str
    changes: Sequence[Change] = ()

    @property
    def became(self) -> Text | str:
        """What became of it, in words."""
        return _PARTS.get(self.kind, self.kind)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A told entry is one entry of a history as its reader reads it."""

    number: int
    title: str
    tone: str
    at: datetime
    moment: str
    person: Text | str
    way: Text | str
    action: str = ""
    step: str = ""
    """The step of the flow whose clauses it is done by."""
    opinion: str = ""
    receiver: str = ""
    """Where something of the record was sent, where its reader may know."""
    changes: Sequence[Change] = ()
    parts: Sequence[Part] = field(default_factory=tuple)

    @classmethod
    def of(
        cls,
        entry: HistoryEntry,
        *,
        title: Iterable[Text | str],
        changes: Iterable[Change],
        parts: Iterable[Part] = (),
        step: str = "",
        receiver: str | None = None,
    ) -> Told:
        """Tell an entry: under a title of several words, with what was changed."""
        return cls(
            number=entry.number,
            title=" · ".join(map(str, title)),
            tone=str(entry.kind.tone or ""),
            at=entry.at,
            moment=formats_here().moment(entry.at),
            person=_who(entry),
            way=WAYS.get(entry.way, entry.way),
            action=entry.action or "",
            step=step or entry.action or "",
            opinion=entry.opinion or "",
            receiver=receiver or "",
            changes=list(changes),
            parts=list(parts),
        )

    @property
    def is_long(self) -> bool:
        """Whether it is folded up until somebody wants to read it."""
        return len(self.changes) + sum(1 + len(part.changes) for part in self.parts) > MANY


def history_tab(resource: type[Resource], record: Any) -> Tab | None:
    """Return the tab of a record's history, which is read when it is opened."""
    if not resource.model.in_history:
        return None
    address = url_for(f"{screen_endpoint(resource)}.history", ident=record.id)
    template = "bumen/record/history_tab.html"
    return Tab(key=TAB, title=_("History"), template=template, values={"address": address})


def history_of_record(
    resource: type[Resource], record: Any, *, before: int | None
) -> dict[str, Any]:
    """Return a page of a record's history, the latest first."""
    page: Page = page_of_history(resource, record, before=before)
    telling = _Telling(resource, page.allowed)
    endpoint = f"{screen_endpoint(resource)}.history"
    older = url_for(endpoint, ident=record.id, before=page.next) if page.next else ""
    return {"entries": [telling.told(one) for one in page.entries], "older": older}


class _Telling:
    """How the entries of one resource are told to one reader."""

    def __init__(self, resource: type[Resource], allowed: Allowed) -> None:
        self._resource = whole_of(resource)
        self._allowed = allowed
        self._formats: Formats = formats_here()
        on = frozenset(registry().plugins)
        self._actions = {one.name: one.label for one in _steps_of(resource)}
        self._actions |= {one.name: one.label for one in registry().actions_of(resource, on=on)}
        self._actions |= {**_SEALED, MAILED: MAILED_LABEL}
        self._decided_by = _decision_of(resource)
        self._hung = {str(one.__tablename__): getattr(one, "told", None) for one in linked_models()}

    def told(self, entry: HistoryEntry) -> Told:
        """Return an entry as it is read."""
        changes = entry.changes
        return Told.of(
            entry,
            step=self._decided_by if entry.action in _SEALED else "",
            receiver=self._allowed.receiver(changes),
            title=self._titles(entry),
            changes=self._changes(self._resource.model, changes.get("fields", ())),
            parts=[
                *self._lines(changes.get("lines", ())),
                *self._orders(changes),
                *self._hanging(changes.get("hung", ())),
            ],
        )

    def _titles(self, entry: HistoryEntry) -> Iterator[Text | str]:
        """Yield what became of the record, and what was done with it."""
        if entry.kind is not HistoryKind.DONE or entry.action is None:
            yield entry.kind.label
        if entry.action is not None:
            yield self._actions.get(entry.action, entry.action)

    def _changes(self, model: type[Any], fields: Any, *, lines: str = "") -> Iterator[Change]:
        known = fields_of(model)
        for one in self._allowed.of(fields, lines=lines):
            described = known.get(one["field"])
            if described is not None:
                yield change_of(described, one, self._formats)

    def _lines(self, lines: Any) -> Iterator[Part]:
        by_name = {one.name: one for one in self._resource.lines}
        for one in lines:
            declared = by_name.get(one["lines"])
            if declared is not None and not self._allowed.hides(one["lines"]):
                changes = self._changes(declared.model, one["fields"], lines=one["lines"])
                kind, label = one["kind"], self._allowed.label(one)
                title = getattr(declared, "title", "")
                yield Part(what=title, kind=kind, label=label, changes=list(changes))

    def _orders(self, changes: Mapping[str, Any]) -> Iterator[Part]:
        titles = {one.name: getattr(one, "title", "") for one in self._resource.lines}
        for one in self._allowed.orders(changes):
            before, after = (str(_(", ")).join(one[key]) for key in ("from", "to"))
            change = Change(label=_("Order"), before=before, after=after)
            yield Part(what=titles.get(one["lines"], ""), kind=MOVED, label="", changes=[change])

    def _hanging(self, hung: Any) -> Iterator[Part]:
        for one in hung:
            if (called := self._hung.get(one["on"])) is not None:
                yield Part(what=called, kind=one["kind"], label=one["label"])


def _steps_of(resource: type[Resource]) -> Iterable[Transition]:
    """Return the steps of the flow: some are taken by actions of another name."""
    workflow = getattr(resource.model, "workflow", None)
    return () if workflow is None else workflow.transitions.values()


def _decision_of(resource: type[Resource]) -> str:
    """Return the step that people are asked about; "" where there are none, or several."""
    workflow = getattr(resource.model, "workflow", None)
    found = {one.approve for one in workflow.approvals.values()} if workflow is not None else set()
    return found.pop() if len(found) == 1 else ""


def change_of(described: Described, one: Mapping[str, Any], formats: Formats) -> Change:
    """Return a change of a field, written as its reader reads."""
    if "to" not in one:
        return Change(label=described.about.label, is_veiled=True)
    before, after = (_value(described, one[key]) for key in ("from", "to"))
    return Change(
        label=described.about.label,
        before=_written(described, before, formats),
        after=_written(described, after, formats),
        tone_before=_tone(before),
        tone_after=_tone(after),
    )


def _written(described: Described, value: Any, formats: Formats) -> str:
    if value is None or (isinstance(value, str) and described.kind is not Kind.CHOICE):
        return value or EMPTY
    return formats.value(described, value)


def _value(described: Described, kept: Any) -> Any:
    """Return a kept value as its field holds it; what fits no more is told as it is kept."""
    if kept is None:
        return None
    if described.kind is Kind.REFERENCE or isinstance(kept, dict):
        return kept["label"] if isinstance(kept, dict) else str(kept)
    try:
        return _READ.get(described.kind, lambda _field, value: value)(described, kept)
    except (ValueError, TypeError, ArithmeticError):
        return str(kept)


def _choice(described: Described, kept: Any) -> Any:
    choices: Any = described.choices
    return choices(kept)


_READ: Mapping[Kind, Any] = {
    Kind.DECIMAL: lambda _field, kept: Decimal(kept),
    Kind.DATE: lambda _field, kept: date.fromisoformat(kept),
    Kind.MOMENT: lambda _field, kept: datetime.fromisoformat(kept),
    Kind.CHOICE: _choice,
    Kind.NUMBER: lambda _field, kept: int(kept),
}


def _tone(value: Any) -> str:
    return str(getattr(value, "tone", None) or "")


def _who(entry: HistoryEntry) -> Text | str:
    """Say who did it, and for whom, where somebody stood in."""
    name, absentee = entry.by_name or _("The system"), entry.changes.get("instead_of")
    if not absentee:
        return name
    return _("%(deputy)s for %(person)s", deputy=name, person=absentee["label"])
