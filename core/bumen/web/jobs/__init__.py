"""Background work and schedules on screens and through the API."""

from __future__ import annotations

from functools import partial

from flask import Flask, current_app
from flask_appbuilder import AppBuilder

from bumen.i18n import translator
from bumen.unit_of_work import current
from bumen.web.jobs.api import JobApi, ScheduleApi
from bumen.web.jobs.pages import job_pages
from bumen.web.jobs.schedules import schedule_pages
from bumen.web.jobs.viewing import SCHEDULES, WORK
from bumen.web.security import allowed

_ = translator(__file__, "bumen")


def register_jobs(appbuilder: AppBuilder, app: Flask) -> None:
    """Add the pages and the API of background work to the application, and to the menu."""
    app.register_blueprint(job_pages())
    app.register_blueprint(schedule_pages())
    appbuilder.add_view_no_menu(JobApi, endpoint="core-api-jobs")
    appbuilder.add_view_no_menu(ScheduleApi, endpoint="core-api-schedules")
    for name, href, label in (
        (WORK, "/jobs/?all=1", _("Background work")),
        (SCHEDULES, "/schedules/", _("Schedules")),
    ):
        menu = current_app.extensions["appbuilder"].menu
        menu.add_link(name, href=href, label=label, cond=partial(_may_see, name))


def _may_see(name: str) -> bool:
    return current().company is not None and allowed("read", name)
