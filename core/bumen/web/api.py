"""The REST API of every resource: one class, made from the declaration.

Answers have Flask-AppBuilder's shape; what is done goes through the same records and rules as on
screens. A write commits once, at the end, or changes nothing.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, request
from flask_appbuilder import AppBuilder
from flask_appbuilder.api import expose

from bumen.errors import NotFound
from bumen.host import Host
from bumen.i18n import translator
from bumen.listing import columns_of, count_of, page_of, turned
from bumen.model.describe import Kind, fields_of
from bumen.reading import as_json
from bumen.records import change_record, create_record, delete_record, run_action
from bumen.resource import READ, WRITE, with_opinion
from bumen.unit_of_work import committed, current
from bumen.values import picture_type
from bumen.visibility import hidden_fields
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.figure_api import register_figure_apis
from bumen.web.gate import endpoint_of
from bumen.web.house import actions_of, registry
from bumen.web.offers import offers_of
from bumen.web.openapi import describe_resource
from bumen.web.outline import outline
from bumen.web.query import listing_of
from bumen.web.reached import one_to_act_on, only_asked
from bumen.web.record_api.activities import ActivitiesApi
from bumen.web.record_api.approvals import ApprovalApi
from bumen.web.record_api.attachments import AttachmentApi
from bumen.web.record_api.copies import CopyApi
from bumen.web.record_api.discussion import DiscussionApi
from bumen.web.record_api.flow import FlowApi
from bumen.web.record_api.history import HistoryApi
from bumen.web.record_api.printing import PrintingApi
from bumen.web.record_api.tags import TagsApi
from bumen.web.report_api import register_report_apis
from bumen.web.security import allowed

_ = translator(__file__, "bumen")
_FOR_AN_HOUR = "private, max-age=3600"


class ResourceApi(
    ActivitiesApi,
    ApprovalApi,
    AttachmentApi,
    DiscussionApi,
    FlowApi,
    HistoryApi,
    CopyApi,
    PrintingApi,
    TagsApi,
):
    """One resource as REST: list, read, make, change, delete, and its actions."""

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with a page of the list and how long the list is."""
        self._require(READ)
        listing = listing_of(request.args)
        session = current().session
        found = session.scalars(page_of(self.resource, listing, ahead=1)).all()
        count = session.scalar(count_of(self.resource, listing))
        columns, page = columns_of(self.resource, listing), turned(self.resource, listing, found)
        result = [as_json(self.resource, row, columns=columns) for row in page.rows]
        around = {"next": page.next or None, "previous": page.previous or None}
        ids = [row.id for row in page.rows]
        return answer({"count": count, "ids": ids, "result": result, **around})

    @expose("/_info", methods=("GET",))
    def info(self) -> Response:
        """Answer with what the resource offers: fields, filters, actions, permissions."""
        self._require(READ)
        every = registry().permissions_of(self.resource)
        may = [one for one in every if allowed(one, self._view)]
        told = outline(self.resource, actions_of(self.resource))
        return answer({**told, "permissions": may})

    @expose("/<int:ident>", methods=("GET",))
    def get(self, ident: int) -> Response:
        """Answer with one record, its lines and the names of what it refers to."""
        return self._one(self._to_read(ident))

    @expose("/", methods=("POST",))
    def post(self) -> Response:
        """Make a record; with an `Idempotency-Key` a repeated request makes no second one."""
        self._require(WRITE, verb="create")
        values = body()
        make = partial(create_record, self.resource, values)
        return self._once(lambda by: make(by=by), status=201, tell=self._told_new)

    @expose("/<int:ident>", methods=("PUT",))
    def put(self, ident: int) -> Response:
        """Change what is given; needs the `version` that was read, 409 when it is an old one."""
        self._require(WRITE, verb="change")
        values = body()
        with committed(current()) as unit:
            record, version = self._found(ident), values.pop("version", None)
            change_record(self.resource, record, values, by=unit.user, version=version)
        return self._one(record)

    @expose("/<int:ident>", methods=("DELETE",))
    def delete(self, ident: int) -> Response:
        """Delete a record; refused while others refer to it."""
        self._require(WRITE, verb="delete")
        with committed(current()) as unit:
            delete_record(self.resource, self._found(ident), by=unit.user)
        return answer({"id": ident, "message": str(_("It has been deleted."))})

    @expose("/<int:ident>/pictures/<name>", methods=("GET",))
    def get_picture(self, ident: int, name: str) -> Response:
        """Answer with a picture of a record, as what its content says it is."""
        record, described = self._to_read(ident), fields_of(self.resource.model).get(name)
        if described is None or described.kind is not Kind.PICTURE:
            raise NotFound
        content = getattr(record, name)
        if not content or name in hidden_fields(self.declared, record):
            raise NotFound
        found = Response(content, mimetype=picture_type(content))
        if request.args.get("version") == str(record.version):
            found.headers["Cache-Control"] = _FOR_AN_HOUR
        return found

    @expose("/<int:ident>/actions", methods=("GET",))
    def get_actions(self, ident: int) -> Response:
        """Answer with the actions: which are possible now, and why the others are not."""
        record = self._to_read(ident)
        told = [one.to_json() for one in offers_of(self.declared, record)]
        return answer({"result": told, "only_asked": only_asked(self.declared, record)})

    @expose("/<int:ident>/actions/<name>", methods=("POST",))
    def act(self, ident: int, name: str) -> Response:
        """Do something with a record; needs the `version` that was read.

        With an `Idempotency-Key` a repeated request does nothing more.
        """
        offered = [with_opinion(one, required=False) for one in actions_of(self.resource)]
        if name not in {action.name for action in offered}:
            self._require(READ)
            raise NotFound
        if not allowed(name, self._view):
            one_to_act_on(self.declared, ident, name)
        values = body()

        def done(by: Any) -> Any:
            record = one_to_act_on(self.declared, ident, name)
            version = values.pop("version", None)
            return run_action(
                self.resource, record, name, values, by=by, version=version, actions=offered
            )

        return self._once(done, status=200, tell=self._told)

    def describe(self, spec: Any) -> None:
        """Describe what this person may do here."""
        describe_resource(spec, self.resource)


def register_apis(appbuilder: AppBuilder, host: Host) -> None:
    """Give every resource of every plugin its API, and every report."""
    for resource in host.registry.resources.values():
        api = type(
            f"Api_{resource.key().replace('.', '_')}",
            (ResourceApi,),
            {
                "declared": resource,
                "route_base": f"/api/v1/{resource.plugin()}/{resource.path()}",
                "class_permission_name": resource.permission(),
            },
        )
        endpoint = endpoint_of(resource.plugin(), f"api-{resource.path()}")
        appbuilder.add_view_no_menu(api, endpoint=endpoint)
    register_report_apis(appbuilder, host)
    register_figure_apis(appbuilder, host)
