"""Why somebody cannot see something: asked by administrators, answered gate by gate."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from sqlalchemy import func, or_

from bumen.company.people import full_name_of
from bumen.errors import BusinessError, NotFound
from bumen.host import Host
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.resource import Resource
from bumen.security.field_rules import ruled_fields
from bumen.security.members import members_here
from bumen.security.why import Asked, Enquiry, Finding, named
from bumen.unit_of_work import session
from bumen.web.house import registry
from bumen.web.security import let_in

_ = translator(__file__, "bumen")
VIEW = "core.Access"
_MOST_PEOPLE = 500


class NobodyHere(BusinessError):
    """The refusal to tell of somebody who has no place in the company."""

    def __init__(self, name: str) -> None:
        said = _("Nobody called “%(name)s” works for this company.", name=name)
        super().__init__(said, field="person")


class NoSuchRecord(BusinessError):
    """The refusal of a name that no record of the list has."""

    def __init__(self, name: str) -> None:
        super().__init__(_("No record is called “%(name)s”.", name=name), field="record")


def why_page(_host: Host) -> Blueprint:
    """Return the page."""
    pages = Blueprint("access", __name__, url_prefix="/company/access")
    pages.add_url_rule("/", view_func=asked_here)
    return pages


def asked_here() -> Any:
    """Show the question, and the answer to what was asked."""
    let_in("read", VIEW)
    refusal, findings = None, list[Finding]()
    resource = registry().resources.get(request.args.get("list", ""))
    try:
        if request.args.get("person", "").strip():
            findings = _answered(resource)
    except BusinessError as why:
        refusal = why
    page = render_template(
        "bumen/access/why.html",
        title=_("Who sees what"),
        people=session().scalars(members_here().limit(_MOST_PEOPLE)).all(),
        full_name_of=full_name_of,
        areas=_areas(),
        fields={} if resource is None else ruled_fields(resource),
        asked=request.args,
        findings=findings,
        refusal=refusal,
    )
    return page, 200 if refusal is None else refusal.status


def _answered(resource: Any) -> list[Finding]:
    if resource is None:
        raise NotFound
    field = request.args.get("field", "")
    if field and field not in ruled_fields(resource):
        raise NotFound
    asked = Asked(person=_person(), resource=resource, record_id=_record(resource), field=field)
    return Enquiry(registry(), asked).findings()


def _person() -> User:
    """Return the one who is asked about: of this company; others are nobody here."""
    name = request.args.get("person", "").strip()
    same = or_(func.lower(User.username) == name.lower(), func.lower(User.email) == name.lower())
    place = session().scalar(members_here().where(same))
    if place is None:
        raise NobodyHere(name)
    return place.user


def _record(resource: type[Resource]) -> int | None:
    """Return the record that is asked about: by what it is called, or else by its number."""
    typed = request.args.get("record", "").strip()
    if not typed:
        return None
    found = session().scalar(named(resource, typed).limit(1))
    if found is not None:
        return int(found)
    if typed.isascii() and typed.isdigit() and len(typed) < 19:
        return int(typed)
    raise NoSuchRecord(typed)


def _areas() -> list[tuple[Any, list[Any]]]:
    """Return every list, by department; those that are off, too: that may be the reason."""
    return [
        (installed.plugin.title, list(installed.plugin.resources))
        for installed in registry().plugins.values()
        if installed.plugin.resources
    ]
