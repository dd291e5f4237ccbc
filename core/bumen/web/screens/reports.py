"""The reports of a department: what there is, each as a page, and each as a file."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from flask import flash, redirect, request, url_for
from flask_appbuilder import AppBuilder, BaseView
from flask_appbuilder.views import expose

from bumen.errors import BusinessError, NotFound
from bumen.exchange.export import Sheet, format_named
from bumen.host import Host
from bumen.i18n import translator
from bumen.reporting.mailing import ReportIsUnderWay, TooManyReports
from bumen.reporting.sheets import IN_FILE, sheet_of_answer
from bumen.reports import Analysis, Report
from bumen.resource import READ
from bumen.unit_of_work import current
from bumen.web.analyses.address import AnalysisAddress
from bumen.web.analyses.keys import REPORTS, key_of_analysis
from bumen.web.analyses.mailed import mail_may_leave, mail_page, plan_as_sent
from bumen.web.analyses.page import analysis_page, answer_of, wrong_with
from bumen.web.analyses.views_api import views_to_open
from bumen.web.downloads import download
from bumen.web.gate import endpoint_of
from bumen.web.pages.addresses import url_of_query
from bumen.web.pages.reports import (
    ArgumentsOf,
    given_to,
    report_called,
    report_sheet,
    report_table,
    reports_of,
)
from bumen.web.saved_views import SavedView, arguments_by_view
from bumen.web.screens.keeping import ViewKeeping
from bumen.web.security import require, signed_in

_ = translator(__file__, "bumen")


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
            reports=[(one, *self._leads(one)) for one in found],
        )

    @expose("/<name>", methods=("GET",))
    def show(self, name: str) -> Any:
        """Show a report."""
        report = self._readable(name)
        if isinstance(report, Analysis):
            return self._show_analysis(report)
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
        return download(self._sheet(report), kind, name=f"{self.plugin}-{name}")

    @expose("/<name>/views/save", methods=("POST",))
    def save_view(self, name: str) -> Any:
        """Keep what an analysis is asked for under a name, or change a view that is there."""
        return self._keeping(name).save()

    @expose("/<name>/views/<int:ident>/drop", methods=("POST",))
    def drop_view(self, name: str, ident: int) -> Any:
        """Delete a saved view."""
        return self._keeping(name).drop(ident)

    @expose("/<name>/views/<int:ident>/prefer", methods=("POST",))
    def prefer_view(self, name: str, ident: int) -> Any:
        """Let the analysis open with this view from now on, or no longer."""
        return self._keeping(name).prefer(ident)

    @expose("/<name>/mail", methods=("GET",))
    def ask_mail(self, name: str) -> Any:
        """Ask to whom an analysis is to be sent, and how often."""
        asked = request.args.copy()
        view = asked.pop("view", "")
        return self._mail_page(self._analysis(name), urlencode(list(asked.items(multi=True))), view)

    @expose("/<name>/mail", methods=("POST",))
    def mail(self, name: str) -> Any:
        """Have an analysis sent: once, now, or as often as is wished."""
        analysis, query = self._analysis(name), request.form.get("query", "")
        try:
            said = plan_as_sent(analysis)
        except (TooManyReports, ReportIsUnderWay) as refusal:
            current().rollback()
            view = request.form.get("view", "")
            return self._mail_page(analysis, query, view, refusal=refusal), refusal.status
        flash(str(said), "success")
        if not mail_may_leave():
            flash(
                str(_("No mail server is set up, so nothing is sent until there is one.")),
                "warning",
            )
        return redirect(url_of_query(url_for(f"{self.endpoint}.show", name=name), query), 303)

    def _mail_page(
        self, analysis: Analysis, query: str, view: str, *, refusal: BusinessError | None = None
    ) -> Any:
        back = url_of_query(url_for(f"{self.endpoint}.show", name=analysis.name), query)
        return self.render_template(
            "bumen/analysis/mail.html",
            endpoint=self.endpoint,
            back=back,
            refusal=refusal,
            **mail_page(analysis, query, view),
        )

    def _leads(self, report: Report | Analysis) -> tuple[str, list[tuple[SavedView, str]]]:
        """Return where a report is, and where its views are that this person keeps or shares."""
        here = url_for(f"{self.endpoint}.show", name=report.name)
        views = views_to_open(report) if isinstance(report, Analysis) else []
        query = [{**dict[str, Any](one.query), "name": report.name} for one in views]
        to = [url_for(f"{self.endpoint}.show", **one) for one in query]
        return here, list(zip(views, to, strict=True))

    def _show_analysis(self, analysis: Analysis) -> Any:
        key, wrong = key_of_analysis(analysis), partial(wrong_with, analysis)
        arguments = arguments_by_view(key, request.args, wrong=wrong)
        saved, shown = views_to_open(analysis), arguments.get("saved", "")
        return self.render_template(
            "bumen/analysis/page.html",
            endpoint=self.endpoint,
            saved=saved,
            kept_view=next((one for one in saved if str(one.id) == shown), None),
            **analysis_page(AnalysisAddress(analysis, arguments), endpoint=self.endpoint),
        )

    def _sheet(self, report: Report | Analysis) -> Sheet:
        if isinstance(report, Analysis):
            address = AnalysisAddress(report, request.args)
            return sheet_of_answer(answer_of(address, most=IN_FILE), report)
        form = ArgumentsOf(report, request.args)
        return report_sheet(report, given_to(report, form, request.args))

    def _keeping(self, name: str) -> ViewKeeping:
        analysis = self._analysis(name)
        here = url_for(f"{self.endpoint}.show", name=name)
        return ViewKeeping(
            key=key_of_analysis(analysis),
            wrong=partial(wrong_with, analysis),
            address=lambda query: url_of_query(here, query),
            preferred=lambda kept: _("The report opens with “%(name)s” from now on.", name=kept),
            plainly=_("The report opens as it does for everybody from now on."),
        )

    def _analysis(self, name: str) -> Analysis:
        analysis = self._readable(name)
        if not isinstance(analysis, Analysis):
            raise NotFound
        return analysis

    def _readable(self, name: str) -> Report | Analysis:
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
