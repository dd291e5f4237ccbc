"""The first steps of a new company, as far as the person who looks may take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, make_response, redirect, request
from sqlalchemy import select

from bumen.company.models import Membership
from bumen.first_steps import FirstStep
from bumen.hooks import guarded
from bumen.i18n import Text, translator
from bumen.unit_of_work import company_now, current, session
from bumen.web.cookies import STEPS_AWAY, keep
from bumen.web.house import registry
from bumen.web.menu import groups, new_url
from bumen.web.security import signed_in

_ = translator(__file__, "bumen")

_MOST_COMPANIES = 100


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step is something to be done once, and where it is done."""

    title: Text
    help: Text
    url: str
    is_done: bool


def register_steps(app: Flask) -> None:
    """Let people put the list of first steps away."""
    app.add_url_rule("/steps", "put_steps_away", put_away, methods=["POST"])


def first_steps() -> list[Step]:
    """Return the steps this person may take; none once all are done, or the list is put away."""
    if current().company is None or company_now().code in _companies_without():
        return []
    steps = [*_steps_of_host(), *_steps_of_departments()]
    return [] if all(step.is_done for step in steps) else steps


def put_away() -> Any:
    """Put the list away: for the company worked for, in this browser."""
    signed_in()
    codes = [*_companies_without(), company_now().code] if current().company else []
    answered = make_response(redirect("/"))
    keep(answered, STEPS_AWAY, ".".join(dict.fromkeys(codes[-_MOST_COMPANIES:])))
    return answered


def _companies_without() -> list[str]:
    return [code for code in request.cookies.get(STEPS_AWAY, "").split(".") if code]


def _steps_of_host() -> Iterator[Step]:
    """Yield what the administration begins with."""
    urls = {entry.url for group in groups() for entry in group.entries}
    if "/departments/" in urls:
        yield Step(
            title=_("Switch departments on"),
            help=_("Each brings its pages, lists and rights; it can be switched off again."),
            url="/departments/",
            is_done=bool(current().on),
        )
    if "/users/list/" in urls:
        yield Step(
            title=_("Let a second person in"),
            help=_("With a role in this company that says what they may see and do."),
            url="/users/list/",
            is_done=_second_person(),
        )


def _second_person() -> bool:
    members = select(Membership.id).where(Membership.company_id == company_now().id)
    return len(session().scalars(members.limit(2)).all()) > 1


def _steps_of_departments() -> Iterator[Step]:
    for name, installed in registry().plugins.items():
        if name in current().on:
            for step in installed.plugin.first_steps:
                if url := new_url(step.resource):
                    yield from _asked(name, step, url)


def _asked(plugin: str, step: FirstStep, url: str) -> list[Step]:
    """Ask a department whether a step is done; one that fails is logged and left out."""
    found = []
    with guarded(session(), plugin=plugin, what="a first step"):
        is_done = step.done()
        found.append(Step(title=step.title, help=step.help, url=url, is_done=is_done))
    return found
