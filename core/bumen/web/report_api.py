"""The reports of a department through the API: what there is, and each as JSON."""

from __future__ import annotations

from itertools import islice
from typing import Any, ClassVar

from flask import Response, request
from flask_appbuilder import AppBuilder
from flask_appbuilder.api import expose

from bumen.host import Host
from bumen.model.describe import kind_of
from bumen.reports import Analysis, Link, Report
from bumen.resource import READ
from bumen.visibility import seen
from bumen.web.analyses.api import about_analysis, analysis_answer
from bumen.web.analyses.described import (
    ABOUT,
    ANSWER,
    asked_of_analysis,
    describe_mails,
    describe_views,
)
from bumen.web.analyses.mails_api import MailsApi
from bumen.web.answers import answer
from bumen.web.described import (
    FLAG,
    NUMBER,
    TEXT,
    WORTH,
    Schema,
    in_query,
    many,
    mapping,
    operation,
    thing,
)
from bumen.web.gate import endpoint_of
from bumen.web.pages.reports import (
    MOST_IN_FILE,
    ArgumentsOf,
    given_to,
    report_called,
    reports_of,
)
from bumen.web.security import require, signed_in

_COLUMNS = many(thing({"name": TEXT, "label": TEXT, "kind": TEXT}))
_LED = thing(
    {
        "value": WORTH,
        "resource": TEXT,
        "id": NUMBER,
        "query": mapping({"oneOf": [TEXT, many(TEXT)]}),
    }
)
_CELL = {**WORTH, "oneOf": [*WORTH["oneOf"], _LED, {"type": "array", "items": {}}]}
_ANSWER = thing(
    {
        "name": TEXT,
        "title": TEXT,
        "columns": _COLUMNS,
        "arguments": many(TEXT),
        "result": many(mapping(_CELL)),
        "more": FLAG,
    }
)


class ReportApi(MailsApi):
    """The reports of one department as JSON."""

    plugin: ClassVar[str]

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with the reports this person may read."""
        signed_in()
        return answer({"result": [_about(report) for report in reports_of(self.plugin)]})

    @expose("/<name>", methods=("GET",))
    def get(self, name: str) -> Response:
        """Answer with a report; its arguments stand in the address, as on its page."""
        report = report_called(self.plugin, name)
        require(READ, report.resource.permission())
        if isinstance(report, Analysis):
            return answer(analysis_answer(report))
        given = given_to(report, ArgumentsOf(report, request.args), request.args)
        rows = list(islice(report.rows(seen=seen(report.resource), **given), MOST_IN_FILE + 1))
        names = [column.name for column in report.columns]
        result = [
            {key: _json(cell) for key, cell in zip(names, row, strict=True)}
            for row in rows[:MOST_IN_FILE]
        ]
        return answer({**_about(report), "result": result, "more": len(rows) > MOST_IN_FILE})

    def describe(self, spec: Any) -> None:
        """Describe the reports this person may read."""
        base, reports = f"/api/v1/{self.plugin}/reports", reports_of(self.plugin)
        if reports:
            every = operation(thing({"result": many(thing({**ABOUT, "columns": _COLUMNS}))}))
            spec.path(path=f"{base}/", operations={"get": every})
        for report in reports:
            path, told = f"{base}/{report.name}", _described(report)
            spec.path(path=path, operations={"get": told})
            if isinstance(report, Analysis):
                describe_views(spec, f"{path}/views/")
                describe_mails(spec, f"{path}/mails/")


def register_report_apis(appbuilder: AppBuilder, host: Host) -> None:
    """Give every department that has reports their API."""
    for name, installed in host.registry.plugins.items():
        if installed.plugin.reports:
            about = {"plugin": name, "route_base": f"/api/v1/{name}/reports"}
            api = type(f"ReportApi_{name}", (ReportApi,), about)
            appbuilder.add_view_no_menu(api, endpoint=endpoint_of(name, "api-department-reports"))


def _described(report: Report | Analysis) -> Schema:
    summary = str(report.title)
    if isinstance(report, Analysis):
        return operation(ANSWER, *asked_of_analysis(), summary=summary)
    arguments = [in_query(one.key) for one in report.arguments]
    return operation(_ANSWER, *arguments, summary=summary)


def _about(report: Report | Analysis) -> dict[str, Any]:
    if isinstance(report, Analysis):
        return about_analysis(report)
    return {
        "name": report.name,
        "title": report.title,
        "columns": [
            {"name": one.name, "label": one.label, "kind": kind_of(one.stored)}
            for one in report.columns
        ],
        "arguments": [one.key for one in report.arguments],
    }


def _json(cell: Any) -> Any:
    if isinstance(cell, tuple):
        return [_json(part) for part in cell]
    if not isinstance(cell, Link):
        return cell
    led = {"query": dict(cell.query)} if cell.ident is None else {"id": cell.ident}
    return {"value": cell.value, "resource": cell.resource.key(), **led}
