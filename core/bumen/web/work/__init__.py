"""Background work and schedules on screens and through the API."""

from __future__ import annotations

from functools import partial

from flask import Flask, current_app
from flask_appbuilder import AppBuilder

from bumen.i18n import translator
from bumen.unit_of_work import current
from bumen.web.security import allowed
from bumen.web.work.api import JobApi, ScheduleApi
from bumen.web.work.pages import work_pages
from bumen.web.work.schedules import schedule_pages
from bumen.web.work.viewing import SCHEDULES, WORK

_ = translator(__file__, "bumen")


def register_work(appbuilder: AppBuilder, app: Flask) -> None:
    """Add the pages and the API of background work to the application, and to the menu."""
    app.register_blueprint(work_pages())
    app.register_blueprint(schedule_pages())
    appbuilder.add_view_no_menu(JobApi, endpoint="core-api-jobs")
    appbuilder.add_view_no_menu(ScheduleApi, endpoint="core-api-schedules")
    for name, href, label in (
        (WORK, "/work/?all=1", _("Background work")),
        (SCHEDULES, "/schedules/", _("Schedules")),
    ):
        menu = current_app.extensions["appbuilder"].menu
        menu.add_link(name, href=href, label=label, cond=partial(_may_see, name))


def _may_see(name: str) -> bool:
    return current().company is not None and allowed("read", name)
