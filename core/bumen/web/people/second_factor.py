"""Where people set up their second factor, and administrators take somebody's off."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import segno
from flask import flash, redirect, session, url_for
from flask_appbuilder import BaseView
from flask_appbuilder.views import expose
from markupsafe import Markup

from bumen.company.people import full_name_of
from bumen.errors import NotFound
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.security.powers import check_power_over
from bumen.security.second_factor import CodeIsWrong, SecondFactor, address_of, begun, new_secret
from bumen.unit_of_work import committed, current
from bumen.web.failing import WRONG_CODES
from bumen.web.people.addresses import found
from bumen.web.people.forms import AccountForm, FirstProof, SecondProof, form_of
from bumen.web.second_proof import house_key, prove_second
from bumen.web.security import EPOCH, require, somebody

_ = translator(__file__, "bumen")
_SECRET = "second_factor"  # noqa: S105  # the name of a place, not what is kept there
HOUSE = "Bumen"


class SecondFactorView(BaseView):
    """One's own second factor: begun with an app, proved once, ended with a code."""

    limits = WRONG_CODES
    route_base = "/secondfactor"
    default_view = "own"

    @expose("/", methods=["GET"])
    def own(self) -> Any:
        """Show whether there is one, and how to begin."""
        return self._page()

    @expose("/begin", methods=["POST"])
    def begin(self) -> Any:
        """Begin with it when the app shows the right code; what else is signed in must do so anew.

        The codes for need are shown this once.
        """
        user, form = somebody(), FirstProof()
        if current().session.get(SecondFactor, user.id) is not None:
            raise NotFound
        secret = session.get(_SECRET)
        if not secret:
            return redirect(url_for("SecondFactorView.own"))
        try:
            with committed(current()) as unit:
                at, said = datetime.now(UTC), form.code.data or ""
                kept, spare = begun(user, secret, code=said, key=house_key(), at=at)
                unit.session.add(kept)
                user.epoch = (user.epoch or 0) + 1
        except CodeIsWrong as refused:
            form.say(refused)
            return self._page(form), refused.status
        session.pop(_SECRET, None)
        session[EPOCH] = user.epoch
        return self._page(spare=spare)

    @expose("/end", methods=["POST"])
    def end(self) -> Any:
        """Take one's own off, for a code."""
        user, form = somebody(), SecondProof()
        factor = current().session.get(SecondFactor, user.id)
        if factor is None:
            raise NotFound
        try:
            with committed(current()) as unit:
                prove_second(user, form.code.data or "")
                unit.session.delete(factor)
        except CodeIsWrong as refused:
            form.say(refused)
            return self._page(form), refused.status
        flash(str(_("The second factor is off.")), "success")
        return redirect(url_for("SecondFactorView.own"))

    @expose("/end/<pk>", methods=["POST"])
    def take_off(self, pk: str) -> Any:
        """Take somebody's off who has neither app nor codes; for who may set new passwords."""
        require("this_form_post", "ResetPasswordView")
        person = found(User, pk)
        with committed(current()) as unit:
            check_power_over(unit.session, person)
            factor = unit.session.get(SecondFactor, person.id)
            if factor is None:
                raise NotFound
            unit.session.delete(factor)
            person.epoch = (person.epoch or 0) + 1
        said = _("The second factor of “%(name)s” is off.", name=full_name_of(person))
        flash(str(said), "success")
        return redirect(url_for("UserDBModelView.show", pk=pk))

    def _page(self, form: AccountForm | None = None, *, spare: Any = ()) -> str:
        user = somebody()
        factor = current().session.get(SecondFactor, user.id)
        secret = "" if factor else session.setdefault(_SECRET, new_secret())
        page: str = self.render_template(
            "bumen/people/second_factor.html",
            title=_("Second factor"),
            form=form or form_of(SecondProof if factor else FirstProof),
            factor=factor,
            spare=spare,
            secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            picture=_picture(address_of(secret, name=user.username, house=HOUSE)) if secret else "",
        )
        return page


def _picture(address: str) -> Markup:
    """Draw what an app reads; black on white in both themes, as cameras want it."""
    drawn = segno.make(address, error="m")
    return Markup(drawn.svg_inline(scale=5, border=3, light="#fff", omitsize=True))  # noqa: S704  # drawn here
