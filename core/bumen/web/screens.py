"""The screens of every resource: one class, made from the declaration.

They are Flask-AppBuilder's model views, for its routes, permissions and templates; what they read
and write goes through `Store`, and a POST commits once, here, or changes nothing. A GET changes
nothing at all.
"""

from __future__ import annotations

from typing import Any, ClassVar

from flask import flash, redirect, request, url_for
from flask_appbuilder import AppBuilder, ModelView
from flask_appbuilder.models.filters import Filters
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose
from werkzeug.datastructures import CombinedMultiDict

from bumen.errors import BusinessError, Doubtful, InvalidInput, NotFound, StaleVersion
from bumen.host import Host
from bumen.i18n import Text, translator
from bumen.resource import READ, WRITE, Resource
from bumen.unit_of_work import committed, current
from bumen.web.cells import screen_endpoint
from bumen.web.forms import ArgumentsForm, RecordForm, version_in
from bumen.web.house import actions_of
from bumen.web.list_address import ListAddress
from bumen.web.lookups import Lookups
from bumen.web.pages import differences, form_page, list_page, show_page
from bumen.web.security import require
from bumen.web.store import Store

_ = translator(__file__, "bumen")

MORE_LINES = "_more_lines"
SURE = "_sure"
_ROUTES = {"create": "add", "change": "edit", "delete": "delete"}


class Screen(ModelView):
    """The pages of one resource: list, record, form, and what is sent from them."""

    resource: ClassVar[type[Resource]]
    method_permission_name: ClassVar[dict[str, str]] = {
        "list": READ,
        "show": READ,
        "act": READ,
        "add": WRITE,
        "edit": WRITE,
        "delete": WRITE,
    }
    related_views = ()
    list_template = "bumen/list.html"
    show_template = "bumen/show.html"
    add_template = "bumen/form.html"
    edit_template = "bumen/form.html"

    def _init_properties(self) -> None:
        """Leave the columns to the resource: nothing is worked out from the table."""

    def _init_forms(self) -> None:
        """Leave the forms to the resource: they are made for each request."""

    def _init_titles(self) -> None:
        """Call the pages what the resource is called."""
        self.title = self.list_title = self.resource.title

    @property
    def _filters(self) -> Filters:
        """Filters nobody else has: Flask-AppBuilder keeps one object for all threads."""
        return self.datamodel.get_filters()

    _base_filters = _filters

    @expose("/list/", methods=("GET",))
    @has_access
    def list(self) -> Any:
        """Show a page of the list."""
        address = ListAddress(self.resource, request.args)
        return self.render_template(self.list_template, **list_page(self.datamodel, address))

    @expose("/show/<int:ident>", methods=("GET",))
    @has_access
    def show(self, ident: int) -> Any:
        """Show a record."""
        return self._shown(self.datamodel.one(ident))

    @expose("/add", methods=("GET", "POST"))
    @has_access
    def add(self) -> Any:
        """Show the form of a new record, and make the record that is sent."""
        if request.method == "POST":
            return self._send(None)
        form = RecordForm(self.resource)
        form.prefill(request.args)
        return self._form(form)

    @expose("/edit/<int:ident>", methods=("GET", "POST"))
    @has_access
    def edit(self, ident: int) -> Any:
        """Show the form of a record, and change the record to what is sent."""
        record = self.datamodel.one(ident)
        if request.method == "POST":
            return self._send(record)
        if not self.resource.is_open(record):
            flash(str(_("%(record)s can no longer be changed.", record=record)), "warning")
            return redirect(url_for(f"{self.endpoint}.show", ident=ident))
        return self._form(RecordForm(self.resource, record=record))

    @expose("/delete/<int:ident>", methods=("POST",))
    @has_access
    def delete(self, ident: int) -> Any:
        """Delete a record."""
        record = self.datamodel.one(ident)
        name = str(record)
        try:
            with committed(current()):
                self.datamodel.delete(record)
        except BusinessError as refusal:
            return self._refused(ident, refusal)
        flash(str(_("%(record)s has been deleted.", record=name)), "success")
        return redirect(url_for(f"{self.endpoint}.list"))

    @expose("/<int:ident>/actions/<name>", methods=("POST",))
    @has_access
    def act(self, ident: int, name: str) -> Any:
        """Do something with a record."""
        action = next((one for one in actions_of(self.resource) if one.name == name), None)
        if action is None:
            raise NotFound
        require(name, self.class_permission_name)
        record = self.datamodel.one(ident)
        form = ArgumentsForm(action, formdata=request.form)
        try:
            with committed(current()):
                self.datamodel.act(record, action, form.json(), version=version_in(request.form))
        except BusinessError as refusal:
            form.take(refusal)
            return self._refused(ident, refusal, form)
        flash(str(_("%(action)s: done.", action=action.label)), "success")
        return redirect(url_for(f"{self.endpoint}.show", ident=ident))

    def _send(self, record: Any) -> Any:
        """Make or change a record as it was sent; when that is refused, show the form again."""
        sent: Any = CombinedMultiDict([request.form, request.files])
        form = RecordForm(self.resource, record=record, formdata=sent)
        if MORE_LINES in request.form:
            form.version = request.form.get("version")
            form.add_empty_rows(request.form[MORE_LINES])
            return self._form(form)
        try:
            with committed(current()):
                record = self._written(record, form)
        except BusinessError as refusal:
            return self._form_again(form, refusal)
        flash(str(_("%(record)s has been saved.", record=record)), "success")
        return redirect(url_for(f"{self.endpoint}.show", ident=record.id))

    def _written(self, record: Any, form: RecordForm) -> Any:
        if record is None:
            made = self.datamodel.create(form.json())
            if SURE not in request.form and (doubts := self.resource.doubts_about(made)):
                raise Doubtful(doubts)
            return made
        return self.datamodel.change(record, form.json(), version=version_in(request.form))

    def _form_again(self, form: RecordForm, refusal: BusinessError) -> Any:
        """Show what was typed with what is wrong with it, and what somebody else has written."""
        _say(refusal)
        form.take(refusal)
        if form.record is None:
            doubts = refusal.doubts if isinstance(refusal, Doubtful) else ()
            return self._form(form, doubts=doubts), refusal.status
        form.record = self.datamodel.one(form.record.id)
        form.version = request.form.get("version")
        others: dict[str, Any] = {}
        if isinstance(refusal, StaleVersion):
            form.version, others = form.record.version, differences(form)
        return self._form(form, **others), refusal.status

    def _refused(
        self, ident: int, refusal: BusinessError, form: ArgumentsForm | None = None
    ) -> Any:
        """Show the record again, with why something could not be done with it."""
        _say(refusal)
        return self._shown(self.datamodel.one(ident), form), refusal.status

    def _shown(self, record: Any, typed: ArgumentsForm | None = None) -> Any:
        page = show_page(self.datamodel, record, typed=typed)
        return self.render_template(self.show_template, **page)

    def _form(self, form: RecordForm, **more: Any) -> Any:
        if request.method == "GET":
            form.add_empty_rows()
        page = form_page(self.datamodel, form)
        title = _form_title(form)
        return self.render_template(self.edit_template, title=title, **page, **more)


def screen_of(resource: type[Resource], *, acts: bool = True) -> type[Screen]:
    """Return the screens of a resource; what people may never do with it has no route.

    `acts` says whether anything can be done with its records.
    """
    routes = {route for verb, route in _ROUTES.items() if verb in resource.can}
    routes |= {"act"} if acts else set()
    return type(
        f"Screen_{resource.plugin()}_{resource.__name__}",
        (Screen,),
        {
            "resource": resource,
            "datamodel": Store(resource),
            "route_base": f"/{resource.plugin()}/{resource.path()}",
            "class_permission_name": resource.permission(),
            "include_route_methods": {"list", "show", *routes},
        },
    )


def register_screens(appbuilder: AppBuilder, host: Host) -> None:
    """Give every resource of every plugin its screens, and all of them the search of lookups."""
    appbuilder.add_view_no_menu(Lookups)
    for resource in host.registry.resources.values():
        acts = bool(host.registry.actions_of(resource, on=frozenset(host.registry.plugins)))
        screen = screen_of(resource, acts=acts)
        appbuilder.add_view_no_menu(screen, endpoint=screen_endpoint(resource))


def _form_title(form: RecordForm) -> Text:
    if form.record is None:
        return _("New: %(list)s", list=form.resource.title)
    return _("Edit %(record)s", record=form.record)


def _say(refusal: BusinessError) -> None:
    """Tell the reason of a refusal above the page."""
    flash(
        str(refusal.message),
        "warning" if isinstance(refusal, InvalidInput | Doubtful) else "danger",
    )
