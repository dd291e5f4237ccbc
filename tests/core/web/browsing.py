"""A browser as forms need it: reads a page, fills its form in, sends what a browser would send."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

_Attributes = dict[str, str | None]


@dataclass
class Form:
    """A form on a page: where it goes, and what it would send untouched."""

    action: str
    method: str
    fields: MultiDict[str, str] = field(default_factory=MultiDict)
    ticked: set[str] = field(default_factory=set)
    boxes: set[str] = field(default_factory=set)
    options: dict[str, list[str]] = field(default_factory=dict)

    def tick(self, name: str) -> None:
        """Tick a box."""
        self.fields.setlistdefault(name).append("1")

    def untick(self, name: str) -> None:
        """Untick a box: only the empty text before it is sent."""
        self.fields.setlist(name, [one for one in self.fields.getlist(name) if one == ""])


class _Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside: Form | None = None
        self._select, self._text, self._words = "", "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: _Attributes = dict(attrs)
        if tag == "form":
            self._inside = Form(given.get("action") or "", given.get("method") or "get")
            self.forms.append(self._inside)
        if self._inside is None:
            return
        name = given.get("name") or ""
        if tag == "input":
            self._input(self._inside, name, given)
        elif tag == "select":
            self._select = name
            self._inside.options[name] = []
            self._inside.boxes.add(name)
        elif tag == "option":
            self._option(self._inside, given)
        elif tag == "textarea":
            self._text, self._words = name, ""

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        elif tag == "textarea" and self._inside is not None:
            self._inside.boxes.add(self._text)
            self._inside.fields.add(self._text, self._words.removeprefix("\n"))

    @staticmethod
    def _input(form: Form, name: str, given: _Attributes) -> None:
        form.boxes.add(name)
        if given.get("type") != "checkbox" or "checked" in given:
            form.fields.add(name, given.get("value") or "")

    def _option(self, form: Form, given: _Attributes) -> None:
        value = given.get("value") or ""
        first = not form.options[self._select]
        form.options[self._select].append(value)
        if first or "selected" in given:
            form.fields[self._select] = value


def forms_in(page: TestResponse) -> list[Form]:
    """Return the forms of a page."""
    reader = _Reader()
    reader.feed(page.get_data(as_text=True))
    return reader.forms


def form_in(page: TestResponse, *, sends: str = "", has: str = "") -> Form:
    """Return the form of a page that is posted to an address, or that has a box."""
    posted = [form for form in forms_in(page) if form.method == "post"]
    return next(
        form for form in posted if form.action.endswith(sends) and (not has or has in form.boxes)
    )


def send(
    browser: FlaskClient, url: str, *, untick: Iterable[str] = (), **typed: Any
) -> TestResponse:
    """Open the page of a form, type into it, and send it back to where it came from."""
    form = form_in(browser.get(url))
    for name in untick:
        form.untick(name)
    return send_form(browser, url, form, **typed)


def send_form(browser: FlaskClient, url: str, form: Form, **typed: Any) -> TestResponse:
    """Type into a form and send it; `lines__0__quantity` stands for `lines-0-quantity`."""
    for name, value in typed.items():
        form.fields[name.replace("__", "-")] = str(value)
    return browser.post(form.action or url, data=form.fields)
