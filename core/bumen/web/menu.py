"""The menu: departments and what they show, as far as it is on and allowed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import current_app, g, request, url_for
from flask_appbuilder import AppBuilder
from flask_appbuilder.menu import Menu as AppBuilderMenu
from flask_appbuilder.menu import MenuItem

from bumen.host import Host
from bumen.i18n import Text, translator
from bumen.plugin import Plugin
from bumen.resource import READ, WRITE, Resource
from bumen.unit_of_work import current
from bumen.web.cells import screen_endpoint
from bumen.web.dashboards.drawn import cards_for
from bumen.web.house import registry
from bumen.web.pages.reports import reports_of
from bumen.web.security import allowed

_ = translator(__file__, "bumen")

ADMINISTRATION = "administration"
"""The group of what belongs to no department."""
RULES = "core.Regulations"
"""What shows the company's regulations."""
_PLAIN_ICON = "layout-grid"


class Menu(AppBuilderMenu):
    """Flask-AppBuilder's menu; labels are our own lazy texts and are not translated again."""

    def get_data(self, menu: Any = None) -> list[Any]:
        """Return the entries this person may see, as JSON values."""
        return [self._entry(item) for item in self.seen(menu)]

    def seen(self, menu: Any = None) -> list[MenuItem]:
        """Return the entries this person may see."""
        items = [item for item in (self.menu if menu is None else menu) if item.name != "-"]
        has_access = current_app.extensions["appbuilder"].sm.has_access
        return [
            item
            for item in items
            if (item.cond() if item.cond else has_access("menu_access", item.name))
        ]

    def _entry(self, item: MenuItem) -> dict[str, Any]:
        told = {"name": item.name, "icon": item.icon, "label": str(item.label)}
        if item.childs:
            return {**told, "childs": self.get_data(item.childs)}
        return {**told, "url": item.get_url()}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry is a page people go to, and, where they may, the form of something new there."""

    label: str
    url: str
    new_url: str = ""
    import_url: str = ""
    """Where a file is imported into it; "" where this person makes none."""

    @property
    def leads_here(self) -> bool:
        """Whether the page that is shown is this one, or below it."""
        return request.path.startswith(self.url.removesuffix("list/"))

    @property
    def is_current(self) -> bool:
        """Whether no entry is nearer to the page that is shown."""
        found = current_entry()
        return found is not None and found[1] is self


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group is a department's entries, or those of the administration."""

    name: str
    label: str
    icon: str
    entries: list[Entry]

    @property
    def is_current(self) -> bool:
        """Whether the page that is shown belongs here."""
        return any(entry.is_current for entry in self.entries)


def groups() -> list[Group]:
    """Return the menu as this person sees it: departments first, the administration last."""
    if "menu_groups" not in g:
        every = (*_departments(), _rules(), _administration())
        g.menu_groups = [group for group in every if group.entries]
    found: list[Group] = g.menu_groups
    return found


def current_entry() -> tuple[Group, Entry] | None:
    """Return where in the menu the page that is shown belongs, if anywhere: the nearest entry."""
    if "menu_current" not in g:
        every = ((group, entry) for group in groups() for entry in group.entries)
        near = (pair for pair in every if pair[1].leads_here)
        g.menu_current = max(near, key=lambda pair: len(pair[1].url), default=None)
    found: tuple[Group, Entry] | None = g.menu_current
    return found


def new_url(resource: type[Resource]) -> str:
    """Return the address of the form of a new record; "" where this person makes none."""
    if "create" not in resource.can or not allowed(WRITE, resource.permission()):
        return ""
    return url_for(f"{screen_endpoint(resource)}.add")


def _departments() -> Iterator[Group]:
    plugins = registry().plugins
    for item in _menu().seen():
        if item.name in plugins:
            plugin = plugins[item.name].plugin
            entries = [_entry(child) for child in _menu().seen(item.childs)]
            icon = plugin.icon or _PLAIN_ICON
            yield Group(name=item.name, label=str(plugin.title), icon=icon, entries=entries)


def _rules() -> Group:
    """Return what everybody reads: the rules of the company."""
    entries = [_entry(item) for item in _menu().seen() if item.name == RULES]
    return Group(name="rules", label=str(_("Rules")), icon="notes", entries=entries)


def _administration() -> Group:
    plugins, entries = registry().plugins, []
    for item in _menu().seen():
        if item.name not in plugins and item.name != RULES:
            shown = _menu().seen(item.childs) if item.childs else [item]
            entries += [_entry(one) for one in shown]
    label = str(_("Administration"))
    return Group(name=ADMINISTRATION, label=label, icon="settings", entries=entries)


def _entry(item: MenuItem) -> Entry:
    resource = _resources().get(item.name)
    made_at = new_url(resource) if resource else ""
    taken_at = url_for("imports.new", resource=resource.key()) if resource and made_at else ""
    url = item.href if item.href.startswith("/") else item.get_url()
    return Entry(label=str(item.label), url=url, new_url=made_at, import_url=taken_at)


def _has_reports(plugin: str) -> bool:
    return bool(reports_of(plugin))


def _has_cards(plugin: str) -> bool:
    return plugin in current().on and bool(cards_for(plugin))


def _menu() -> Menu:
    menu: Menu = current_app.extensions["appbuilder"].menu
    return menu


def _resources() -> dict[str, type[Resource]]:
    if "menu_resources" not in g:
        every = registry().resources.values()
        g.menu_resources = {resource.permission(): resource for resource in every}
    found: dict[str, type[Resource]] = g.menu_resources
    return found


_ADMINISTRATION: tuple[tuple[str, str, Text], ...] = (
    (RULES, "/regulations/", _("Regulations")),
    ("core.Departments", "/departments/", _("Department switchboard")),
    ("core.Tags", "/tags/", _("Tags")),
    ("core.Numbers", "/numbers/", _("Document numbers")),
    ("core.Flows", "/flows/", _("Workflows")),
    ("core.Printing", "/papers/", _("Papers")),
)
"""What belongs to no department: the permission, the address, and what people call it."""


def fill_menu(appbuilder: AppBuilder, host: Host) -> None:
    """Add an entry for every department, and below it one for each of its pages."""
    for name, installed in host.registry.plugins.items():
        for entry in _entries_of(name, installed.plugin):
            appbuilder.menu.add_link(**entry, category=name, category_label=installed.plugin.title)
    _fill_administration(appbuilder)
    current_app.jinja_env.globals |= {"menu_groups": groups, "current_entry": current_entry}


def _fill_administration(appbuilder: AppBuilder) -> None:
    """Add what belongs to no department; the calendar is seen by whoever sees the flows."""
    for permission, address, words in _ADMINISTRATION:
        appbuilder.menu.add_link(permission, href=address, label=words)
    words, sees_flows = _("Working calendar"), partial(allowed, READ, "core.Flows")
    address = "/flows/working-time/"
    appbuilder.menu.add_link("core.Calendar", href=address, label=words, cond=sees_flows)


def _entries_of(name: str, plugin: Plugin) -> Iterator[dict[str, Any]]:
    """Yield the entries of a department: its dashboard, its resources, its reports."""
    if plugin.cards:
        yield {
            "name": f"{name}.*dashboard",
            "href": f"/{name}/dashboard/",
            "label": _("Overview"),
            "cond": partial(_has_cards, name),
        }
    for resource in plugin.resources:
        if resource.menu:
            href = f"/{name}/{resource.path()}/list/"
            yield {"name": resource.permission(), "href": href, "label": resource.title}
    if plugin.reports:
        yield {
            "name": f"{name}.*reports",
            "href": f"/{name}/reports/",
            "label": _("Reports"),
            "cond": partial(_has_reports, name),
        }
