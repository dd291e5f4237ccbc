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
from bumen.web.analyses.api import about_analysis, analysis_answer, asked_of_analysis
from bumen.web.analyses.views_api import ViewsApi
from bumen.web.answers import answer
from bumen.web.gate import endpoint_of
from bumen.web.pages.reports import (
    MOST_IN_FILE,
    ArgumentsOf,
    given_to,
    report_called,
    reports_of,
)
from bumen.web.security import require, signed_in

_IDENT = {"in": "path", "name": "number", "required": True, "schema": {"type": "integer"}}


class ReportApi(ViewsApi):
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
        for report in reports_of(self.plugin):
            arguments = _arguments(report)
            told = {"summary": str(report.title), "responses": {"200": {"description": "OK"}}}
            path = f"/api/v1/{self.plugin}/reports/{report.name}"
            spec.path(path=path, operations={"get": {**told, "parameters": arguments}})
            if isinstance(report, Analysis):
                _describe_views(spec, f"{path}/views/")


def _describe_views(spec: Any, path: str) -> None:
    told = {"responses": {"200": {"description": "OK"}}}
    made = {"responses": {"201": {"description": "Made"}}}
    one = {**told, "parameters": [_IDENT]}
    spec.path(path=path, operations={"get": told, "post": made})
    spec.path(path=f"{path}{{number}}", operations={"put": one, "delete": one})


def register_report_apis(appbuilder: AppBuilder, host: Host) -> None:
    """Give every department that has reports their API."""
    for name, installed in host.registry.plugins.items():
        if installed.plugin.reports:
            about = {"plugin": name, "route_base": f"/api/v1/{name}/reports"}
            api = type(f"ReportApi_{name}", (ReportApi,), about)
            appbuilder.add_view_no_menu(api, endpoint=endpoint_of(name, "api-department-reports"))


def _arguments(report: Report | Analysis) -> list[Any]:
    if isinstance(report, Analysis):
        return list(asked_of_analysis())
    return [
        {"in": "query", "name": one.name, "schema": {"type": "string"}} for one in report.arguments
    ]


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
        "arguments": [one.name for one in report.arguments],
    }


def _json(cell: Any) -> Any:
    if isinstance(cell, tuple):
        return [_json(part) for part in cell]
    if not isinstance(cell, Link):
        return cell
    led = {"query": dict(cell.query)} if cell.ident is None else {"id": cell.ident}
    return {"value": cell.value, "resource": cell.resource.key(), **led}
