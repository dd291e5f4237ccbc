"""Entries about settings in the words of whoever reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from bumen.activation.models import DEPARTMENTS
from bumen.company.models import PEOPLE
from bumen.documents.history import HistoryEntry, HistoryKind
from bumen.formats import EMPTY, formats_here
from bumen.i18n import Text, translator
from bumen.model.describe import Described, fields_of
from bumen.security.api_keys import KeyReach
from bumen.security.field_rules import ruled_fields, states_of
from bumen.security.models import ROLES
from bumen.visibility import Effect
from bumen.visibility.models import FIELD_RULES
from bumen.web.access.forms import titles_here
from bumen.web.babel import LANGUAGES
from bumen.web.house import registry
from bumen.web.pages.history import Change, Told, change_of
from bumen.web.people.portraits import text_of
from bumen.web.settings_history.kinds import KIND_OF, KINDS, MODEL_OF
from bumen.web.settings_history.words import Words, resources_here, state_or_step, unnamed

_ = translator(__file__, "bumen")

_ACTIONS: Mapping[str, Text] = {
    "switched_on": _("Switched on"),
    "switched_off": _("Switched off"),
    "purged": _("Everything deleted"),
    "invited": _("Invited"),
}
_OF_PEOPLE: Mapping[HistoryKind, Text] = {
    HistoryKind.MADE: _("Joined"),
    HistoryKind.DELETED: _("Left the company"),
}
_LABELS: Mapping[str, Text] = {
    "roles": _("Roles"),
    "everywhere": _("Roles in the whole deployment"),
    "username": _("User name"),
    "first_name": _("Full name"),
    "last_name": _("Last name"),
    "email": _("E-mail address"),
    "locale": _("Language"),
    "active": _("May sign in"),
    "password": _("Password"),
    "second_factor": _("Second factor"),
    "name": _("Name"),
    "title": _("Name"),
    "copied_from": _("Copied from"),
    "permissions": _("Permissions"),
    "role_name": _("Role"),
    "effect": _("Effect"),
    "states": _("Status"),
    "holder": _("Person"),
    "reach": _("May"),
    "departments": _("Departments"),
    "expires_at": _("Valid until"),
    "steps": _("Who is asked"),
    "user_id": _("Who is away"),
    "substitute_id": _("Substitute"),
    "events": _("What it hears of"),
}
"""What fields are called that no model describes."""
_NOTHING: tuple[Any, ...] = (None, "", [])


class TellingSettings:
    """How some entries about settings are told to one reader."""

    def __init__(self, entries: Iterable[HistoryEntry] = ()) -> None:
        self._formats = formats_here()
        self._titles = titles_here()
        self._words = Words(entries, titles=self._titles)
        self._here = resources_here()
        self._resources = {one.permission(): one for one in self._here.values()}

    def told(self, entry: HistoryEntry) -> Told:
        """Return an entry as it is read."""
        kind = KINDS[KIND_OF[entry.resource]].title
        title = (kind, self.label(entry), self._done(entry))
        return Told.of(entry, title=title, changes=self._changes(entry))

    def label(self, entry: HistoryEntry) -> Text | str:
        """Return what an entry is about, as its reader calls it."""
        tells: Mapping[str, Callable[[str], Text | str]] = {
            ROLES: lambda name: self._titles.get(name, name),
            FIELD_RULES: self._field,
            DEPARTMENTS: self._department,
            "core_numbering": self._numbers,
            "core_flow_setting": self._step,
            "core_calendar_day": self._day,
            "core_absence": self._days,
            "core_letterhead": lambda _label: _("Letterhead"),
            "core_paper_template": self._template,
            "core_paper_text": self._paper_text,
        }
        tell = tells.get(entry.resource)
        return entry.label if tell is None else tell(entry.label)

    def _done(self, entry: HistoryEntry) -> Text | str:
        if entry.kind is HistoryKind.DONE and entry.action is not None:
            return _ACTIONS.get(entry.action, entry.action)
        if entry.resource == PEOPLE and entry.kind in _OF_PEOPLE:
            return _OF_PEOPLE[entry.kind]
        return entry.kind.label

    def _changes(self, entry: HistoryEntry) -> Iterator[Change]:
        model = MODEL_OF.get(entry.resource)
        known = {} if model is None else fields_of(model)
        for one in entry.changes.get("fields", ()):
            described = known.get(one["field"])
            if (label := _label(one["field"], described)) is None or _says_nothing(one):
                continue
            if described is not None and not self._words.knows(entry, one["field"]):
                yield change_of(described, one, self._formats)
            elif one["field"] != "permissions" or self._allows(one):
                yield self._change(entry, label, one)

    def _change(self, entry: HistoryEntry, label: Text, one: Mapping[str, Any]) -> Change:
        if "to" not in one:
            return Change(label=label, is_veiled=True)
        before, after = (self._value(entry, one["field"], one[key]) for key in ("from", "to"))
        return Change(label=label, before=before, after=after)

    def _allows(self, one: Mapping[str, Any]) -> bool:
        """Whether anything people have words for is among permissions that came or went."""
        return any(self._words.permissions(one.get(key) or ()) for key in ("from", "to"))

    def _value(self, entry: HistoryEntry, name: str, value: Any) -> str:
        if value in _NOTHING:
            return EMPTY
        if self._words.knows(entry, name):
            return self._words.say(entry, name, value)
        if name == "permissions":
            return self._words.permissions(value) or EMPTY
        if isinstance(value, bool):
            return str(_("Yes") if value else _("No"))
        if isinstance(value, list):
            return str(_(", ")).join(self._word(name, str(one)) for one in value)
        if name == "states":
            return self._states(entry, str(value))
        return self._word(name, str(value))

    def _word(self, name: str, value: str) -> str:
        """Return what one value is called."""
        if name in {"roles", "everywhere", "role_name", "copied_from"}:
            return self._titles.get(value, value)
        if name == "departments":
            return str(self._department(value))
        if name == "locale":
            return str(text_of(value, LANGUAGES))
        if name == "expires_at":
            return self._formats.moment(datetime.fromisoformat(value))
        return str(_CHOICES.get(name, {}).get(value, value))

    def _states(self, entry: HistoryEntry, codes: str) -> str:
        resource = self._resources.get(entry.label.partition(" ")[0])
        known = {} if resource is None else {one.value: one.label for one in states_of(resource)}
        return str(_(", ")).join(str(known.get(code, code)) for code in codes.split())

    def _department(self, name: str) -> Text | str:
        installed = registry().plugins.get(name)
        return name if installed is None else installed.plugin.title

    def _field(self, label: str) -> str:
        view, _blank, name = label.partition(" ")
        resource = self._resources.get(view)
        if resource is None:
            return str(unnamed(label))
        described = ruled_fields(resource).get(name)
        field = name if described is None else described.about.label
        return f"{resource.title} · {field}"

    def _numbers(self, kind: str) -> Text | str:
        return self._words.numbers(kind)

    def _step(self, label: str) -> str:
        key, _blank, name = label.partition(" ")
        resource = self._here.get(key)
        if resource is None:
            return str(unnamed(label))
        return f"{resource.title} · {state_or_step(resource, name)}"

    def _template(self, label: str) -> str:
        """Return a version of a template by what its paper is called."""
        key, _blank, number = label.partition(" ")
        title = self._words.paper(key)
        return f"{title} · {_('Version %(number)s', number=number)}" if number else title

    def _paper_text(self, label: str) -> str:
        """Return texts around the table of a paper by what it, and their language, are called."""
        key, _blank, code = label.partition(" ")
        title = self._words.paper(key)
        return f"{title} · {text_of(code, LANGUAGES)}" if code else title

    def _day(self, label: str) -> str:
        day, blank, name = label.partition(" ")
        try:
            return f"{self._formats.day(date.fromisoformat(day))}{blank}{name}"
        except ValueError:
            return label

    def _days(self, label: str) -> str:
        """Return the days of an absence as their reader writes days."""
        try:
            return " – ".join(
                self._formats.day(date.fromisoformat(one)) for one in label.split(" – ")
            )
        except ValueError:
            return label


def _label(name: str, described: Described | None) -> Text | None:
    return _LABELS.get(name) if described is None else described.about.label


def _says_nothing(one: Mapping[str, Any]) -> bool:
    """Whether a field was left empty, and still is."""
    return "to" in one and one["from"] in _NOTHING and one["to"] in _NOTHING


_CHOICES: Mapping[str, Mapping[str, Text]] = {
    "effect": {one.value: one.label for one in Effect},
    "reach": {one.value: one.label for one in KeyReach},
}
"""Choices of fields that no model describes."""
