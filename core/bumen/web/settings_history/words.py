"""The values of settings in words: kinds of documents, states, people, steps, permissions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from babel.dates import get_day_names
from sqlalchemy import select

from bumen.approvals import Absence, ApprovalRule
from bumen.approvals.spelling import StepsAreMalformed, read_steps
from bumen.documents.called import names_of
from bumen.documents.flow_settings import FlowSetting
from bumen.documents.history import HistoryEntry
from bumen.documents.numbering import CompanyNumbering
from bumen.documents.working_days import WorkdayCalendar
from bumen.i18n import FORMATS, Text, language, translator
from bumen.model.describe import fields_of
from bumen.printing.models import Letterhead, PaperTemplate, PaperText
from bumen.resource import Resource
from bumen.security.field_rules import states_of
from bumen.security.offered import areas
from bumen.unit_of_work import current, session
from bumen.web.approvals.wording import said_steps
from bumen.web.babel import LANGUAGES
from bumen.web.house import registry
from bumen.web.people.portraits import text_of
from bumen.webhooks import Webhook
from bumen.webhooks.catalogue import offered
from bumen.workflow import AskPerson

_ = translator(__file__, "bumen")

_RULES, _FLOWS = ApprovalRule.__tablename__, FlowSetting.__tablename__
_AWAY, _NUMBERS = Absence.__tablename__, CompanyNumbering.__tablename__
_WEEKS = WorkdayCalendar.__tablename__
_STEPS, _PEOPLE = "steps", ("user_id", "substitute_id")
_LETTERHEADS, _TEMPLATES = Letterhead.__tablename__, PaperTemplate.__tablename__
_TEXTS = PaperText.__tablename__
_Say = Callable[["Words", HistoryEntry, Any], str]


def resources_here() -> dict[str, type[Resource]]:
    """Return what departments that are on show, by key: what others show has no name here."""
    on, every = current().on, registry().resources
    return {key: one for key, one in every.items() if one.plugin() in on}


def unnamed(kept: str) -> Text | str:
    """Return how something is told that has no name here: as it is kept, or whose it is."""
    plugin = kept.partition(".")[0]
    is_off = plugin in registry().plugins and plugin not in current().on
    return _("of a department that is off") if is_off else kept


class Words:
    """Words are what the values of some entries are called by whoever reads them.

    `titles` are those of roles. People, and the documents that rules are about, are asked for once
    for all the entries.
    """

    def __init__(self, entries: Iterable[HistoryEntry], *, titles: Mapping[str, str]) -> None:
        self._entries = list(entries)
        self._titles = titles
        self._resources = resources_here()

    def knows(self, entry: HistoryEntry, name: str) -> bool:
        """Whether a field of an entry is said in other words than it is kept in."""
        return (entry.resource, name) in _SAID

    def say(self, entry: HistoryEntry, name: str, value: Any) -> str:
        """Return a value of such a field in words; "" for an empty one."""
        return "" if value in (None, "", []) else _SAID[entry.resource, name](self, entry, value)

    def person(self, _entry: HistoryEntry, ident: Any) -> str:
        """Return what a person is called."""
        return self._names.get(ident, f"#{ident}")

    def document(self, _entry: HistoryEntry, key: str) -> str:
        """Return what a kind of document is called."""
        resource = self._resources.get(key)
        return str(unnamed(key) if resource is None else resource.title)

    def state(self, entry: HistoryEntry, code: str) -> str:
        """Return what a state, or a step, of the documents of an entry is called."""
        resource = self._resource_of(entry)
        return code if resource is None else str(state_or_step(resource, code))

    def field(self, entry: HistoryEntry, name: str) -> str:
        """Return what a field of the documents of an entry is called."""
        resource = self._resource_of(entry)
        described = None if resource is None else fields_of(resource.model).get(name)
        return name if described is None else str(described.about.label)

    def paper_of(self, _entry: HistoryEntry, key: str) -> str:
        """Return what the paper of a template is called."""
        return self.paper(key)

    def paper(self, key: str) -> str:
        """Return what a paper is called."""
        known = self._resources.values()
        papers = {f"{of.key()}.{one.name}": one.title for of in known for one in of.printouts}
        return str(papers.get(key) or unnamed(key))

    def speech(self, _entry: HistoryEntry, code: str) -> str:
        """Return what a language calls itself."""
        return str(text_of(code, LANGUAGES))

    def event(self, _entry: HistoryEntry, names: Sequence[str]) -> str:
        """Return what webhooks hear of; what departments that are off tell is only counted."""
        known = {
            one.name: f"{one.subject}{_(': ')}{one.title}"
            for one in offered(registry(), on=current().on)
        }
        told = [known.get(one, one) for one in names if one in known or unnamed(one) == one]
        if off := len(names) - len(told):
            told.append(str(_("Events of departments that are off: %(num)s", num=off)))
        return str(_(", ")).join(told)

    def role(self, _entry: HistoryEntry, name: str) -> str:
        """Return what a role is called."""
        return self._titles.get(name, name)

    def numbered(self, _entry: HistoryEntry, kind: str) -> str:
        """Return what a kind of numbers is called."""
        return self.numbers(kind)

    def numbers(self, kind: str) -> str:
        """Return what a kind of numbers is called."""
        named = {one.kind: one.title for one in registry().numbers()}
        is_here = unnamed(kind) == kind
        return str(named.get(kind, kind) if is_here else unnamed(kind))

    def weekdays(self, _entry: HistoryEntry, days: str) -> str:
        """Return the days of a week by their names."""
        names = get_day_names("wide", locale=FORMATS[language()])
        return str(_(", ")).join(names[int(one) - 1] for one in days)

    def steps(self, entry: HistoryEntry, written: Any) -> str:
        """Return who is asked, a numbered line for each step."""
        resource = self._resource_of(entry)
        if resource is None:
            return str(_("Unknown"))
        try:
            said = said_steps(written, resource, titles=self._titles, names=self._names)
        except StepsAreMalformed:
            return str(_("Unknown"))
        if len(said) == 1:
            return str(said[0])
        return "\n".join(f"{number}. {one}" for number, one in enumerate(said, start=1))

    def permissions(self, kept: Sequence[str]) -> str:
        """Return what permissions allow, a line for each list; "" where nobody ticks any of them.

        What everybody may, and what only screens ask among themselves, has no words: it is left
        out. What a department allowed that is installed no more is said as it is kept.
        """
        lines: dict[str, list[str]] = {}
        for one in sorted(kept, key=lambda key: self._order.get(key, len(self._order))):
            subject, verb = self._permits.get(one) or _of_nobody(one)
            if subject and verb not in lines.setdefault(subject, []):
                lines[subject].append(verb)
        return "\n".join(_(": ").join((subject, _(", ").join(v))) for subject, v in lines.items())

    def _resource_of(self, entry: HistoryEntry) -> type[Resource] | None:
        """Return the documents that a setting is about."""
        fields = {one["field"]: one for one in entry.changes.get("fields", ())}
        told = fields.get("resource", {})
        key = told.get("to") or told.get("from") or self._about.get(entry.record_id, "")
        if entry.resource == _FLOWS:
            key = entry.label.partition(" ")[0]
        return self._resources.get(key)

    @cached_property
    def _about(self) -> dict[int, str]:
        """Which documents the rules are about that were only changed, by the ids of the rules."""
        wanted = {one.record_id for one in self._entries if one.resource == _RULES}
        query = select(ApprovalRule.id, ApprovalRule.resource).where(ApprovalRule.id.in_(wanted))
        return {row.id: row.resource for row in session().execute(query)} if wanted else {}

    @cached_property
    def _names(self) -> dict[int, str]:
        return names_of(ident for entry in self._entries for ident in _people_in(entry))

    @cached_property
    def _permits(self) -> dict[str, tuple[str, str]]:
        """What permissions are called, by what the history keeps of them."""
        return {
            f"{grant.view}:{grant.permission.removeprefix('can_')}": (
                str(subject.title),
                str(permit.title),
            )
            for area in areas(registry())
            for subject in area.subjects
            for permit in subject.permits
            for grant in permit.grants
        }

    @cached_property
    def _order(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self._permits)}


def state_or_step(resource: type[Resource], name: str) -> Text | str:
    """Return what a state, or a step, of a resource is called."""
    states = {one.value: one.label for one in states_of(resource)}
    steps = resource.model.workflow.transitions if hasattr(resource.model, "workflow") else {}
    if name in states:
        return states[name]
    return steps[name].label if name in steps else name


def _of_nobody(kept: str) -> tuple[str, str]:
    """Return a permission nobody ticks as it is kept; nothing for what no department brought."""
    view, _colon, verb = kept.partition(":")
    department = view.partition(".")[0]
    gone = "." in view and department != "core" and department not in registry().plugins
    return (view, verb) if gone else ("", "")


def _people_in(entry: HistoryEntry) -> Iterator[int]:
    """Yield whom the changes of an entry name."""
    for one in entry.changes.get("fields", ()):
        values = [value for value in (one.get("from"), one.get("to")) if value]
        if entry.resource == _AWAY and one["field"] in _PEOPLE:
            yield from values
        elif entry.resource == _RULES and one["field"] == _STEPS:
            for written in values:
                yield from _people_asked(written)


def _people_asked(written: Any) -> Iterator[int]:
    try:
        steps = read_steps(written)
    except StepsAreMalformed:
        return
    askers = (asker for step in steps for asker in step.askers)
    yield from (asker.user_id for asker in askers if isinstance(asker, AskPerson))


_SAID: Mapping[tuple[str, str], _Say] = {
    (_RULES, "resource"): Words.document,
    (_RULES, "waiting_in"): Words.state,
    (_RULES, "amount_field"): Words.field,
    (_RULES, "role"): Words.role,
    (_RULES, _STEPS): Words.steps,
    (_FLOWS, "resource"): Words.document,
    (_FLOWS, "state"): Words.state,
    (_FLOWS, "step"): Words.state,
    (_NUMBERS, "kind"): Words.numbered,
    (_WEEKS, "weekdays"): Words.weekdays,
    (_TEMPLATES, "printout"): Words.paper_of,
    (_TEXTS, "printout"): Words.paper_of,
    **{(one, "language"): Words.speech for one in (_LETTERHEADS, _TEXTS)},
    (Webhook.__tablename__, "events"): Words.event,
    **{(_AWAY, one): Words.person for one in _PEOPLE},
}
"""How values are said, by what their entries are kept under and what their field is called."""
