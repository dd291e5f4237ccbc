"""Desks of an office: people with a browser each, who find in their inbox what waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_jwt_extended import create_access_token
from werkzeug.test import TestResponse

from bumen.documents.activities import give_activity
from bumen.i18n import translator
from bumen.notices import NoticeKind, tell
from bumen.testing.people import signed_in
from petitions.models import Petition
from petitions.resources import Petitions
from tests.core.approvals.office import Office
from tests.core.web.browsing import form_in, send_form
from tests.core.web.looking import Element, look_at

_ = translator(__file__, "bumen")
MONDAY = date(2026, 11, 23)


@dataclass
class Desks:
    """The office, and the browsers of those who work there."""

    office: Office
    app: Flask

    def browser(self, name: str, *, language: str = "en") -> FlaskClient:
        """Return somebody's browser."""
        browser = signed_in(self.app, self.office.host, name, language=language)
        browser.environ_base.pop("HTTP_X_CSRFTOKEN", None)
        return browser

    def lines(self, name: str, tab: str = "waiting") -> list[Element]:
        """Return the lines of a tab of somebody's inbox."""
        page = look_at(self.browser(name).get(f"/inbox/?tab={tab}"))
        return list(page.every("li", of="inbox-line"))

    def count(self, name: str) -> int:
        """Return the number in the bar of somebody's inbox."""
        badge = look_at(self.browser(name).get("/inbox/")).one(of="bar-bell").one(of="bar-count")
        return 0 if "hidden" in badge.attributes else int(badge.text)

    def send(self, name: str, address: str, *, tab: str = "waiting", **typed: Any) -> TestResponse:
        """Send the form of a line that goes to an address."""
        browser = self.browser(name)
        page = f"/inbox/?tab={tab}"
        return send_form(browser, page, form_in(browser.get(page), sends=address), **typed)

    def give(self, petition: int, *, to: str, by: str = "admin", due_on: date = MONDAY) -> int:
        """Give somebody something to do about a petition; returns the activity's id."""
        with self.office.at_work(by) as unit:
            record = unit.session.get(Petition, petition)
            asked = {"what": "Call back", "user_id": self.office.ids[to], "due_on": due_on}
            return give_activity(Petitions, record, by=unit.user, **asked).id

    def tell(self, petition: int, *names: str, by: str = "admin", **more: Any) -> None:
        """Tell people about a petition; they are mentioned when nothing else is said."""
        ids = [self.office.ids[name] for name in names]
        with self.office.at_work(by) as unit:
            said = {"kind": NoticeKind.MENTIONED, "text": _("Somebody mentions me"), **more}
            tell(ids, record=unit.session.get(Petition, petition), **said)

    def ask(self, name: str, address: str, *, method: str = "GET", **options: Any) -> TestResponse:
        """Send a request of a program that works for somebody."""
        with self.app.app_context(), self.office.host.unit_of_work(by=name) as unit:
            token = create_access_token(identity=str(unit.user.id))
        headers = {"Authorization": f"Bearer {token}"}
        return self.app.test_client().open(address, method=method, headers=headers, **options)


def token_of(browser: FlaskClient) -> str:
    """Return what proves that a page was ours."""
    page = look_at(browser.get("/inbox/"))
    return page.one("meta", name="csrf-token").attributes["content"]
