"""Where people make keys for their programs, and end them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import flash, g, redirect, url_for
from flask_appbuilder import BaseView
from flask_appbuilder.views import expose
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length

from bumen.company.models import Membership
from bumen.errors import BusinessError, NotFound
from bumen.i18n import translator
from bumen.security.api_keys import LONGEST_NAME, ApiKey, KeyReach, keys_of, new_key
from bumen.unit_of_work import committed, current
from bumen.web.cells import Cells
from bumen.web.house import registry
from bumen.web.people.addresses import is_account
from bumen.web.people.forms import AccountForm, form_of
from bumen.web.security import somebody

_ = translator(__file__, "bumen")
_LIVES: list[Any] = [
    SelectChoice("30", _("30 days")),
    SelectChoice("90", _("90 days")),
    SelectChoice("365", _("One year")),
]
_REACHED = {one.value: one for one in KeyReach}
_REACHES: list[Any] = [SelectChoice(one.value, one.label) for one in KeyReach]


class KeyForm(AccountForm):
    """What a new key is for, and how far it reaches."""

    name = StringField(
        _("What it is for"),
        [DataRequired(), Length(max=LONGEST_NAME)],
        description=_("The program that will show it, such as the web shop."),
    )
    reach = SelectField(_("May"), choices=_REACHES, default=KeyReach.READ.value)
    life = SelectField(_("Valid for"), choices=_LIVES, default="90")
    departments = SelectMultipleField(_("Departments"), choices=[])


class ApiKeyView(BaseView):
    """One's own keys in the company one works for now."""

    route_base = "/keys"
    default_view = "own"

    @expose("/", methods=["GET"])
    def own(self) -> Any:
        """Show the keys there are, and ask for what a new one takes."""
        return self._page(_asked(form_of(KeyForm)))

    @expose("/add", methods=["POST"])
    def add(self) -> Any:
        """Make a key, and show it this once."""
        somebody()
        _company()
        form = _asked(KeyForm())
        if not form.validate():
            return self._page(form), 422
        try:
            with committed(current()) as unit:
                key, text = new_key(
                    _place(),
                    name=form.name.data or "",
                    reach=_REACHED[form.reach.data],
                    departments=form.departments.data or (),
                    life=timedelta(days=int(form.life.data)),
                    held=len(_mine()),
                    at=datetime.now(UTC),
                )
                unit.session.add(key)
        except BusinessError as refusal:
            return self._page(form, unplaced=form.say(refusal)), refusal.status
        return self._page(_asked(form_of(KeyForm)), text=text)

    @expose("/end/<pk>", methods=["POST"])
    def end(self, pk: str) -> Any:
        """End one of one's own keys: from now on it opens nothing."""
        mine = {str(key.id): key for key in _mine()} if is_account(pk) else {}
        if pk not in mine:
            raise NotFound
        name = mine[pk].name
        with committed(current()) as unit:
            unit.session.delete(mine[pk])
        flash(str(_("The key “%(name)s” has ended.", name=name)), "success")
        return redirect(url_for("ApiKeyView.own"))

    def _page(self, form: KeyForm, *, text: str = "", unplaced: Any = ()) -> str:
        keys, titles = _mine(), dict(_departments())
        page: str = self.render_template(
            "bumen/people/keys.html",
            title=_("Keys for programs"),
            form=form,
            keys=keys,
            titles=titles,
            text=text,
            unplaced=unplaced,
            company=_company(),
            now=datetime.now(UTC),
            moment=Cells().formats.moment,
        )
        return page


def _asked(form: KeyForm) -> KeyForm:
    """Offer the departments that are on."""
    form.departments.choices = [SelectChoice(name, title) for name, title in _departments()]
    return form


def _departments() -> list[tuple[str, Any]]:
    plugins = registry().plugins
    return [(name, one.plugin.title) for name, one in plugins.items() if name in current().on]


def _mine() -> list[ApiKey]:
    found = keys_of(somebody().id, company_id=_company().id)
    return list(current().session.scalars(found))


def _place() -> Membership:
    place = current().session.get(Membership, g.membership_id)
    if place is None:
        raise NotFound
    return place


def _company() -> Any:
    company = current().company
    if company is None:
        raise NotFound
    return company
