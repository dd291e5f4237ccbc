"""What is done with many records of a list at once, and what has become of each."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose

from bumen.errors import BusinessError, InvalidInput, Malformed, NotFound
from bumen.i18n import Text, translator
from bumen.records import MOST_AT_ONCE, Done, Picked, act_on_many, asked_values, delete_many
from bumen.resource import WRITE, Action
from bumen.unit_of_work import committed, current
from bumen.web.forms import ArgumentsForm
from bumen.web.offers import settled_action
from bumen.web.pages.addresses import url_sent
from bumen.web.screens.base import ResourceScreen, say_refusal
from bumen.web.security import require

_ = translator(__file__, "bumen")

DELETE = "delete"
ASK = "ask"


class BulkScreen(ResourceScreen):
    """What may be done with a record, done with many."""

    bulk_template = "bumen/list/bulk_result.html"
    ask_template = "bumen/list/bulk_ask.html"

    @expose("/bulk", methods=("POST",))
    @has_access
    def bulk(self) -> Any:
        """Do something with each chosen record that it is possible with; `ask` asks before."""
        action = self._bulk_action(request.form.get("action", ""))
        picked = _picked(request.form.getlist("records"))
        form = None if action is None else ArgumentsForm(action, formdata=request.form)
        if not picked:
            flash(str(_("Choose at least one record first.")), "warning")
            return redirect(self._list_url(), 303)
        if ASK in request.form:
            blank = None if action is None else ArgumentsForm(action)
            return self._ask(action, picked, blank)
        try:
            with committed(current()):
                done = self._done_with(action, picked, form)
        except BusinessError as refusal:
            say_refusal(refusal)
            if form is not None:
                form.take(refusal)
            return self._ask(action, picked, form), refusal.status
        return self._told(action, done)

    def _bulk_action(self, name: str) -> Action | None:
        """Return the action that was named, None for deleting; whoever may not is refused."""
        if name == DELETE and "delete" in self.resource.can:
            require(WRITE, self.class_permission_name)
            return None
        action = settled_action(self.resource, name)
        if action is None:
            raise NotFound
        require(name, self.class_permission_name)
        return action

    def _done_with(
        self, action: Action | None, picked: list[Picked], form: ArgumentsForm | None
    ) -> Done:
        if action is None or form is None:
            return delete_many(self.resource, picked, by=current().user)
        values = form.json()
        asked_values(action, values)  # what is wrong with them is wrong for all
        return act_on_many(self.resource, picked, action=action, values=values, by=current().user)

    def _told(self, action: Action | None, done: Done) -> Any:
        """Go back to the list when all is done, else show what was not, and why."""
        title = _("Delete") if action is None else action.label
        said = _("%(action)s: %(done)s done.", action=title, done=len(done.done))
        if not done.refused:
            flash(str(said), "success")
            return redirect(self._list_url(), 303)
        refused = [
            (one, self._record_url(one.ident) if one.is_there else "") for one in done.refused
        ]
        page = self.render_template(
            self.bulk_template,
            title=title,
            resource=self.resource,
            done=done,
            refused=refused,
            back=self._list_url(),
        )
        return page, 200 if done.done else 422

    def _ask(self, action: Action | None, picked: list[Picked], form: ArgumentsForm | None) -> Any:
        """Show what is about to be done, and ask for what it needs."""
        return self.render_template(
            self.ask_template,
            title=_("Delete") if action is None else action.label,
            question=_question(action, len(picked)),
            resource=self.resource,
            name=DELETE if action is None else action.name,
            is_grave=action is None or action.confirm is not None,
            picked=picked,
            form=form,
            send=url_for(f"{self.endpoint}.bulk"),
            query=request.form.get("query", ""),
            back=self._list_url(),
        )

    def _list_url(self) -> str:
        return url_sent(f"{self.endpoint}.list", request.form.get("query", ""))

    def _record_url(self, ident: int) -> str:
        return url_for(f"{self.endpoint}.show", ident=ident)


def _question(action: Action | None, count: int) -> Text:
    if action is None:
        return _("%(count)s records will be deleted for good.", count=count)
    if action.confirm is not None:
        return action.confirm
    return _("This will be done with %(count)s records.", count=count)


def _picked(sent: list[str]) -> list[Picked]:
    """Return what was chosen, each written as `id:version`; `Malformed` when it is not."""
    if len(sent) > MOST_AT_ONCE:
        message = _("At most %(most)s records at once.", most=MOST_AT_ONCE)
        raise InvalidInput({"records": [message]})
    return [_one(text) for text in dict.fromkeys(sent)]


def _one(text: str) -> Picked:
    ident, _colon, version = text.partition(":")
    if not (_is_number(ident, longest=18) and _is_number(version, longest=9)):
        message = _("A record is named by its id and its version, as in 7:1.")
        raise Malformed(message, fields={"records": [message]})
    return Picked(ident=int(ident), version=int(version))


def _is_number(text: str, *, longest: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= longest
