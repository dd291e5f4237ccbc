"""What people tick when they put a role together: permissions in their own words, by department."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bumen.i18n import Text, translator
from bumen.registry import Registry
from bumen.resource import READ, WRITE, Resource
from bumen.security.roles import Grant

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Permit:
    """A permit is one box to tick: what it allows, in words and in permissions."""

    key: str
    title: Text | str
    grants: frozenset[Grant]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A subject is what permits are about: a resource, or a part of the administration."""

    title: Text | str
    permits: tuple[Permit, ...]


@dataclass(frozen=True, kw_only=True)
class Area:
    """An area is a department, or the host's own administration."""

    name: str
    title: Text | str
    subjects: tuple[Subject, ...]

    @property
    def permits(self) -> tuple[Permit, ...]:
        """Every permit of the area."""
        return tuple(permit for subject in self.subjects for permit in subject.permits)


_VERBS = {READ: _("See"), WRITE: _("Add, change and delete")}
_OFFERED_TO_COMPANIES: tuple[tuple[Text, tuple[tuple[Any, ...], ...]], ...] = (
    (
        _("Departments of the company"),
        (
            ("departments:read", _("See"), "core.Departments", "read"),
            ("departments:write", _("Switch on and off"), "core.Departments", "write"),
        ),
    ),
    (
        _("People and roles of the company"),
        (
            ("members:read", _("See"), "core.People", "read"),
            ("members:write", _("Add, change and remove"), "core.People", "write"),
        ),
    ),
    (
        _("Rules for approval"),
        (
            ("approvals:read", _("See"), "core.Approvals", "read"),
            ("approvals:write", _("Add, change and remove"), "core.Approvals", "write"),
        ),
    ),
    (
        _("Who sees what"),
        (
            ("fields:read", _("See field rules"), "core.FieldRules", "read"),
            ("fields:write", _("Change field rules"), "core.FieldRules", "write"),
            ("access:read", _("Ask why somebody cannot see something"), "core.Access", "read"),
        ),
    ),
    (
        _("History of settings"),
        (("history:read", _("See"), "core.History", "read"),),
    ),
    (
        _("Workflows and working calendar"),
        (
            ("flows:read", _("See"), "core.Flows", "read"),
            ("flows:write", _("Settle for this company"), "core.Flows", "write"),
        ),
    ),
    (
        _("Regulations"),
        (
            ("regulations:write", _("Write and publish"), "core.Regulations", "write"),
            (
                "regulations:evidence",
                _("See what shows that they are kept"),
                "core.Regulations",
                "evidence",
            ),
        ),
    ),
    (
        _("Document numbers"),
        (
            ("numbers:read", _("See"), "core.Numbers", "read"),
            ("numbers:write", _("Change patterns"), "core.Numbers", "write"),
        ),
    ),
    (
        _("Papers"),
        (
            ("papers:read", _("See"), "core.Printing", "read"),
            ("papers:write", _("Change letterhead and templates"), "core.Printing", "write"),
        ),
    ),
    (
        _("Background work"),
        (
            ("work:read", _("See everybody's"), "core.Work", "read"),
            ("work:write", _("Cancel and retry everybody's"), "core.Work", "write"),
        ),
    ),
    (
        _("Schedules"),
        (
            ("schedules:read", _("See everybody's"), "core.Schedules", "read"),
            ("schedules:write", _("Change times, switch on and off"), "core.Schedules", "write"),
        ),
    ),
    (
        _("Tags"),
        (
            ("tags:read", _("See"), "core.Tags", "read"),
            ("tags:write", _("Add, change and delete"), "core.Tags", "write"),
        ),
    ),
    (
        _("Webhooks"),
        (
            ("webhooks:read", _("See"), "core.Webhooks", "read"),
            ("webhooks:write", _("Add, change and delete"), "core.Webhooks", "write"),
        ),
    ),
    (
        _("Saved views"),
        (("views:write", _("Change shared ones of others"), "core.SavedViews", "write"),),
    ),
    (
        _("Dashboards"),
        (("dashboards:write", _("Arrange for everybody"), "core.Dashboards", "write"),),
    ),
)
"""What administrators of a company do there: the key, the words, the screen and its verbs."""
_LISTS = {"people": ("UserDBModelView", "List Users"), "roles": ("RoleModelView", "List Roles")}


def areas(registry: Registry) -> list[Area]:
    """Return everything that can be allowed: departments first, the administration last."""
    departments = (
        Area(
            name=name,
            title=installed.plugin.title,
            subjects=tuple(_subject(one, registry) for one in installed.plugin.resources),
        )
        for name, installed in registry.plugins.items()
    )
    return [*(area for area in departments if area.subjects), _administration()]


def permits_of(offered: list[Area]) -> dict[str, Permit]:
    """Return every permit by its key."""
    return {permit.key: permit for area in offered for permit in area.permits}


def _subject(resource: type[Resource], registry: Registry) -> Subject:
    view, words = resource.permission(), dict(_words(resource, registry))
    permits = (
        Permit(
            key=f"{view}:{verb}",
            title=words.get(verb, verb.replace("_", " ").capitalize()),
            grants=frozenset({Grant(f"can_{verb}", view)}),
        )
        for verb in registry.permissions_of(resource)
    )
    return Subject(title=resource.title, permits=tuple(permits))


def _words(resource: type[Resource], registry: Registry) -> Iterator[tuple[str, Text | str]]:
    """Yield what each verb is called: reading and writing by us, others by who brought them."""
    yield from _VERBS.items()
    for scope in resource.reaches():
        if (label := getattr(scope, "label", None)) is not None:
            yield str(scope), label
    for action in registry.actions_of(resource, on=frozenset(registry.plugins)):
        yield action.name, action.label


def company_areas(registry: Registry, *, on: frozenset[str]) -> list[Area]:
    """Return what a company can allow its people: its departments, and its own administration."""
    *departments, _deployment = areas(registry)
    here = [area for area in departments if area.name in on]
    return [*here, Area(name="core", title=_("Administration"), subjects=_of_companies())]


def _administration() -> Area:
    subjects = (*_of_companies(), *_of_the_deployment())
    return Area(name="core", title=_("Administration"), subjects=subjects)


def _of_companies() -> tuple[Subject, ...]:
    """Return what administrators of a company do there."""
    return tuple(
        Subject(title=title, permits=tuple(_permit(*permit) for permit in permits))
        for title, permits in _OFFERED_TO_COMPANIES
    )


def _of_the_deployment() -> tuple[Subject, ...]:
    """Return what administrators of the whole deployment do."""
    passwords = ("this_form_get", "this_form_post")
    set_passwords = _permit("people:password", _("Set passwords"), "ResetPasswordView", *passwords)
    return (
        Subject(
            title=_("People of the whole deployment"),
            permits=(*_permits_of_list("people"), set_passwords),
        ),
        Subject(title=_("Roles of the whole deployment"), permits=tuple(_permits_of_list("roles"))),
    )


def _permits_of_list(name: str) -> Iterator[Permit]:
    view, entry = _LISTS[name]
    seen = _permit(f"{name}:see", _("See"), view, "list", "show")
    menu = {Grant("menu_access", "Security"), Grant("menu_access", entry)}
    yield Permit(key=seen.key, title=seen.title, grants=seen.grants | menu)
    yield _permit(f"{name}:add", _("Add"), view, "add")
    yield _permit(f"{name}:edit", _("Change"), view, "edit")
    yield _permit(f"{name}:delete", _("Delete"), view, "delete")


def _permit(key: str, title: Text, view: str, *verbs: str) -> Permit:
    return Permit(
        key=key, title=title, grants=frozenset(Grant(f"can_{verb}", view) for verb in verbs)
    )
