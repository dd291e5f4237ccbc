"""The screens of every resource: one class, made from the declaration.

They are Flask-AppBuilder's model views, for its routes, permissions and templates; what they read
and write goes through `Store`, and a POST commits once, here, or changes nothing. A GET changes
nothing at all.
"""

from __future__ import annotations

from typing import ClassVar

from flask_appbuilder import AppBuilder

from bumen.host import Host
from bumen.resource import READ, WRITE, Resource
from bumen.views import Board, Calendar
from bumen.web.cells import screen_endpoint
from bumen.web.lookups import Lookups
from bumen.web.screens.boards import BoardScreen
from bumen.web.screens.bulk import BulkScreen
from bumen.web.screens.calendars import CalendarScreen
from bumen.web.screens.exports import ExportScreen
from bumen.web.screens.forms import FormScreen
from bumen.web.screens.lists import ListScreen
from bumen.web.screens.previews import PreviewScreen
from bumen.web.screens.records import RecordScreen
from bumen.web.screens.reports import register_reports
from bumen.web.screens.saved import SavedScreen
from bumen.web.store import Store

_ALWAYS = {"list", "show", "export", "save_view", "drop_view", "prefer_view"}
_ROUTES = {
    "create": {"add", "preview"},
    "change": {"edit", "preview"},
    "delete": {"delete", "bulk"},
}
_VIEWS = {Board.name: {"move"}, Calendar.name: {"events", "reschedule"}}


class Screen(
    ListScreen,
    BoardScreen,
    CalendarScreen,
    RecordScreen,
    FormScreen,
    PreviewScreen,
    ExportScreen,
    SavedScreen,
    BulkScreen,
):
    """The pages of one resource: list, record, form, and what is sent from them."""

    method_permission_name: ClassVar[dict[str, str]] = {
        "list": READ,
        "show": READ,
        "act": READ,
        "bulk": READ,
        "export": READ,
        "move": READ,
        "events": READ,
        "save_view": READ,
        "drop_view": READ,
        "prefer_view": READ,
        "add": WRITE,
        "edit": WRITE,
        "reschedule": WRITE,
        "delete": WRITE,
    }


def screen_of(resource: type[Resource], *, acts: bool = True) -> type[Screen]:
    """Return the screens of a resource; what people may never do with it has no route.

    `acts` says whether anything can be done with its records.
    """
    routes = _ALWAYS.union(*(_ROUTES[verb] for verb in resource.can))
    routes |= {"act", "bulk"} if acts else set()
    routes = routes.union(*(_VIEWS.get(view.name, set()) for view in resource.views))
    return type(
        f"Screen_{resource.plugin()}_{resource.__name__}",
        (Screen,),
        {
            "resource": resource,
            "datamodel": Store(resource),
            "route_base": f"/{resource.plugin()}/{resource.path()}",
            "class_permission_name": resource.permission(),
            "include_route_methods": routes,
        },
    )


def register_screens(appbuilder: AppBuilder, host: Host) -> None:
    """Give every resource its screens, and all of them the search of lookups; then the reports."""
    appbuilder.add_view_no_menu(Lookups)
    for resource in host.registry.resources.values():
        acts = bool(host.registry.actions_of(resource, on=frozenset(host.registry.plugins)))
        screen = screen_of(resource, acts=acts)
        appbuilder.add_view_no_menu(screen, endpoint=screen_endpoint(resource))
    register_reports(appbuilder, host)
