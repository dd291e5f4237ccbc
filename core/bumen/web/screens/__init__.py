"""The screens of every resource: one class, made from the declaration.

They are Flask-AppBuilder's model views, for its routes, permissions and templates; what they read
and write goes through `Store`, and a POST commits once, here, or changes nothing. A GET changes
nothing at all.
"""

from __future__ import annotations

from typing import ClassVar

from flask_appbuilder import AppBuilder

from bumen.host import Host
from bumen.model import Keeps
from bumen.resource import READ, WRITE, Resource
from bumen.views import Board, Calendar
from bumen.web.cells import screen_endpoint
from bumen.web.lookups import Lookups
from bumen.web.screens.activities import ActivitiesScreen
from bumen.web.screens.approvals import ApprovalScreen
from bumen.web.screens.boards import BoardScreen
from bumen.web.screens.bulk import BulkScreen
from bumen.web.screens.calendars import CalendarScreen
from bumen.web.screens.discussion import DiscussionScreen
from bumen.web.screens.exports import ExportScreen
from bumen.web.screens.files import FileScreen
from bumen.web.screens.flows import FlowScreen
from bumen.web.screens.forms import FormScreen
from bumen.web.screens.history import HistoryScreen
from bumen.web.screens.lists import ListScreen
from bumen.web.screens.previews import PreviewScreen
from bumen.web.screens.printing import PrintScreen
from bumen.web.screens.records import RecordScreen
from bumen.web.screens.reports import register_reports
from bumen.web.screens.saved import SavedScreen
from bumen.web.screens.tags import TagScreen
from bumen.web.store import Store

_ALWAYS = {"list", "history", "show", "export", "save_view", "drop_view", "prefer_view"}
_ROUTES = {
    "create": {"add", "preview"},
    "change": {"edit", "preview"},
    "delete": {"delete", "bulk"},
}
_TALKS = {"discussion", "say", "correct", "withdraw", "mark_read", "follow", "people"}
_ACTS = {"discussion", "give", "change", "finish", "drop", "people"}
_KEPT = {
    Keeps.FILES: {"attach", "drop_file"},
    Keeps.TAGS: {"retag"},
    Keeps.DISCUSSION: _TALKS,
    Keeps.ACTIVITIES: _ACTS,
}
_PRINTS = {"print_page", "print_out", "print_many", "attach_printout", "mail_printout"}
_VIEWS = {Board.name: {"move"}, Calendar.name: {"events", "reschedule"}}


class Screen(
    ListScreen,
    BoardScreen,
    CalendarScreen,
    RecordScreen,
    FormScreen,
    PreviewScreen,
    PrintScreen,
    ExportScreen,
    FileScreen,
    TagScreen,
    FlowScreen,
    HistoryScreen,
    SavedScreen,
    BulkScreen,
    DiscussionScreen,
    ActivitiesScreen,
    ApprovalScreen,
):
    """The pages of one resource: list, record, form, and what is sent from them."""

    method_permission_name: ClassVar[dict[str, str]] = {
        "list": READ,
        "show": READ,
        "history": READ,
        "act": READ,
        "bulk": READ,
        "export": READ,
        "move": READ,
        "events": READ,
        "flow": READ,
        "flow_of_one": READ,
        "decide_on": READ,
        "foresee": READ,
        "save_view": READ,
        "drop_view": READ,
        "prefer_view": READ,
        "add": WRITE,
        "edit": WRITE,
        "reschedule": WRITE,
        "delete": WRITE,
        **dict.fromkeys(_TALKS | _ACTS, READ),
        "attach": WRITE,
        "drop_file": WRITE,
        "retag": WRITE,
        **dict.fromkeys(_PRINTS, READ),
        "attach_printout": WRITE,
        "mail_printout": WRITE,
    }


def screen_of(resource: type[Resource], *, acts: bool = True, prints: bool = False) -> type[Screen]:
    """Return the screens of a resource; what people may never do with it has no route.

    `acts` says whether anything can be done with its records, `prints` whether any is printed.
    """
    routes = _ALWAYS.union(*(_ROUTES[verb] for verb in resource.can))
    routes |= {"act", "bulk"} if acts else set()
    routes |= _PRINTS if prints else set()
    routes = routes.union(*(_KEPT.get(part, set()) for part in resource.model.keeps))
    routes |= {"flow", "flow_of_one"} if hasattr(resource.model, "workflow") else set()
    waits = getattr(getattr(resource.model, "workflow", None), "approvals", None)
    routes |= {"decide_on", "foresee"} if waits else set()
    routes = routes.union(*(_VIEWS.get(view.name, set()) for view in resource.views))
    return type(
        f"Screen_{resource.plugin()}_{resource.__name__}",
        (Screen,),
        {
            "declared": resource,
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
        every = frozenset(host.registry.plugins)
        acts = bool(host.registry.actions_of(resource, on=every))
        more = (one.printouts for one in host.registry.extensions_of(resource, on=every))
        screen = screen_of(resource, acts=acts, prints=any((resource.printouts, *more)))
        appbuilder.add_view_no_menu(screen, endpoint=screen_endpoint(resource))
    register_reports(appbuilder, host)
