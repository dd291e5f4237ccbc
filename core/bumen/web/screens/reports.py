"""The reports of a department: what there is, each as a page, and each as a file."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import request, url_for
from flask_appbuilder import AppBuilder, BaseView
from flask_appbuilder.views import expose

from bumen.errors import NotFound
from bumen.exchange.export import format_named
from bumen.host import Host
from bumen.i18n import translator
from bumen.reports import Report
from bumen.resource import READ
from bumen.web.downloads import download
from bumen.web.gate import endpoint_of
from bumen.web.pages.reports import (
    ArgumentsOf,
    given_to,
    report_called,
    report_sheet,
    report_table,
    reports_of,
)
from bumen.web.security import require, signed_in

_ = translator(__file__, "bumen")

REPORTS = "department-reports"


class ReportScreen(BaseView):
    """The reports of one department."""

    plugin: ClassVar[str]
    default_view = "index"

    @expose("/", methods=("GET",))
    def index(self) -> Any:
        """Show what reports there are for this person."""
        signed_in()
        found = reports_of(self.plugin)
        if not found:
            raise NotFound
        return self.render_template(
            "bumen/reports.html",
            title=_("Reports"),
            reports=[(one, url_for(f"{self.endpoint}.show", name=one.name)) for one in found],
        )

    @expose("/<name>", methods=("GET",))
    def show(self, name: str) -> Any:
        """Show a report."""
        report = self._readable(name)
        form = ArgumentsOf(report, request.args)
        given = given_to(report, form, request.args)
        asked: dict[str, Any] = {key: value for key, value in request.args.items() if value}
        files = {
            kind: url_for(f"{self.endpoint}.export", **{**asked, "name": name, "format": kind})
            for kind in ("csv", "xlsx")
        }
        return self.render_template(
            "bumen/report.html",
            title=report.title,
            here=url_for(f"{self.endpoint}.show", name=name),
            form=form,
            table=report_table(report, given),
            files=files,
        )

    @expose("/<name>/export", methods=("GET",))
    def export(self, name: str) -> Any:
        """Answer with a report as a file: `format` is csv or xlsx."""
        report, kind = self._readable(name), format_named(request.args.get("format", "csv"))
        form = ArgumentsOf(report, request.args)
        sheet = report_sheet(report, given_to(report, form, request.args))
        return download(sheet, kind, name=f"{self.plugin}-{name}")

    def _readable(self, name: str) -> Report:
        report = report_called(self.plugin, name)
        require(READ, report.resource.permission())
        return report


def register_reports(appbuilder: AppBuilder, host: Host) -> None:
    """Give every department that has reports their pages."""
    for name, installed in host.registry.plugins.items():
        if installed.plugin.reports:
            about = {"plugin": name, "route_base": f"/{name}/reports"}
            screen = type(f"Reports_{name}", (ReportScreen,), about)
            appbuilder.add_view_no_menu(screen, endpoint=endpoint_of(name, REPORTS))
