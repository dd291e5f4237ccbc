"""The menu: departments and what they show, as far as it is on and allowed."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_appbuilder import AppBuilder
from flask_appbuilder.menu import Menu as AppBuilderMenu
from flask_appbuilder.menu import MenuItem

from bumen.host import Host
from bumen.i18n import translator

_ = translator(__file__, "bumen")


class Menu(AppBuilderMenu):
    """Flask-AppBuilder's menu; labels are our own lazy texts and are not translated again."""

    def get_data(self, menu: Any = None) -> list[Any]:
        """Return the entries this person may see, as JSON values."""
        return [self._entry(item) for item in self.seen(menu)]

    def seen(self, menu: Any = None) -> list[MenuItem]:
        """Return the entries this person may see."""
        items = [item for item in (self.menu if menu is None else menu) if item.name != "-"]
        security = current_app.extensions["appbuilder"].sm
        return [item for item in items if security.has_access("menu_access", item.name)]

    def _entry(self, item: MenuItem) -> dict[str, Any]:
        told = {"name": item.name, "icon": item.icon, "label": str(item.label)}
        if item.childs:
            return {**told, "childs": self.get_data(item.childs)}
        return {**told, "url": item.get_url()}


def fill_menu(appbuilder: AppBuilder, host: Host) -> None:
    """Add an entry for every department, and below it one for each of its resources."""
    for name, installed in host.registry.plugins.items():
        shown = [resource for resource in installed.plugin.resources if resource.menu]
        for resource in shown:
            appbuilder.menu.add_link(
                resource.permission(),
                href=f"/{name}/{resource.path()}/list/",
                label=resource.title,
                category=name,
                category_label=installed.plugin.title,
            )
    appbuilder.menu.add_link(
        "core.Departments", href="/departments/", label=_("Department switchboard")
    )
