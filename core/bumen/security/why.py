"""Why somebody cannot see something: each gate on the way to it, and whether it is open.

All of it reads, inside a unit of work for the company, and decides as the pages themselves do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from bumen.company.holding import held_roles
from bumen.company.models import Membership
from bumen.company.people import full_name_of
from bumen.company.service import DEPLOYMENT_ROLES
from bumen.i18n import Text, translator
from bumen.model.accounts import Role, User
from bumen.model.describe import Kind, fields_of
from bumen.registry import Registry
from bumen.resource import READ, Resource
from bumen.scopes import Scope, Scoped
from bumen.security.field_rules import ruled_fields
from bumen.security.holding import granted_to, roles_that_grant
from bumen.security.models import company_roles
from bumen.security.permissions import roles_of
from bumen.unit_of_work import company_now, current, session
from bumen.visibility import (
    RoleGrants,
    denied,
    held_in,
    hidden_by,
    limits,
    own_records,
    rules_held,
    scope_parts,
    told_to_asked,
)

_ = translator(__file__, "bumen")
_DEPLOYMENT = _("Administrator of the whole deployment")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A finding is one gate on the way, whether it is open, and why, in whole sentences."""

    is_open: bool
    said: Text


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked: may this person see a resource, a record of it (its id), a field of that?"""

    person: User
    resource: type[Resource]
    record_id: int | None = None
    field: str = ""


class Enquiry:
    """The way to one thing, gate by gate, for one person."""

    def __init__(self, registry: Registry, asked: Asked) -> None:
        self.registry, self.asked = registry, asked
        self.name = full_name_of(asked.person)
        self.place = session().scalar(
            select(Membership).where(
                Membership.user_id == asked.person.id, Membership.company_id == company_now().id
            )
        )
        place_id = self.place.id if self.place else None
        self.roles = held_roles(asked.person.id, place_id)
        self.granted = {(p, v) for p, v in session().execute(granted_to(self.roles))}

    def findings(self) -> list[Finding]:
        """Return every gate up to the first that is shut; all open means that it is seen."""
        found = []
        for finding in self._gates():
            found.append(finding)
            if not finding.is_open:
                break
        return found

    def may(self, verb: str) -> bool:
        """Whether the person's roles allow this with the resource."""
        return (f"can_{verb}", self.asked.resource.permission()) in self.granted

    def _gates(self) -> Iterator[Finding]:
        yield self._account()
        yield self._membership()
        yield self._department()
        if self.asked.record_id is not None:
            yield from self._record(self.asked.record_id)
            return
        yield self._permission()
        if self.asked.field:
            yield self._field(None)

    def _account(self) -> Finding:
        if self.asked.person.active:
            return _open(_("%(person)s may sign in.", person=self.name))
        return _shut(_("The account of %(person)s is locked.", person=self.name))

    def _membership(self) -> Finding:
        company = company_now().name
        if self.place is None:
            said = _("%(person)s has no place in %(company)s.", person=self.name, company=company)
            return _shut(said)
        return _open(_("%(person)s works for %(company)s.", person=self.name, company=company))

    def _department(self) -> Finding:
        plugin = self.asked.resource.plugin()
        title = self.registry.plugins[plugin].plugin.title
        if plugin not in current().on:
            return _shut(_("The department “%(department)s” is off here.", department=title))
        return _open(_("The department “%(department)s” is on here.", department=title))

    def _permission(self) -> Finding:
        title = self.asked.resource.title
        granting = self._titles(roles_that_grant(READ, self.asked.resource.permission()))
        if self.may(READ):
            mine = self._titles(select(Role).where(Role.id.in_(self.roles)))
            named = str(_(", ")).join(one for one in mine if one in granting)
            return _open(_("“%(list)s” may be seen as: %(roles)s.", list=title, roles=named))
        said = _(
            "None of the roles of %(person)s lets anybody see “%(list)s”. These would: %(roles)s.",
            person=self.name,
            list=title,
            roles=str(_(", ")).join(granting),
        )
        return _shut(said)

    def _titles(self, query: Any) -> list[str]:
        known = {name: role.title for name, role in roles_of(self.registry).items()}
        known |= {name: str(_DEPLOYMENT) for name in DEPLOYMENT_ROLES}
        own = session().scalars(company_roles(company_now().id))
        known |= {one.role.name: one.title for one in own}
        names = sorted(role.name for role in session().scalars(query))
        return [known.get(name, name) for name in names]

    def _record(self, ident: int) -> Iterator[Finding]:
        model, title = self.asked.resource.model, self.asked.resource.title
        record = session().scalar(select(model).where(model.id == ident))
        if record is None:
            yield self._permission()
            yield _shut(_("There is no record %(id)s in “%(list)s”.", id=ident, list=title))
            return
        for finding in self._rules(record):
            if not finding.is_open and self._decides(ident):
                yield _open(self._opened_by_asking(record))
                break
            yield finding
        if self.asked.field:
            yield self._field(record)

    def _decides(self, ident: int) -> bool:
        """Whether the word of the person counts about a record: whoever is asked reads it."""
        resource, unit = self.asked.resource, current()
        if not getattr(getattr(resource.model, "workflow", None), "approvals", None):
            return False
        return self.asked.person.id in unit.neighbours.asked_about(resource.key(), ident)

    def _opened_by_asking(self, record: Any) -> Text:
        return _(
            "%(person)s is, or was, asked to decide about %(record)s: whoever is asked reads this "
            "one record, whatever their roles say.",
            person=self.name,
            record=record,
        )

    def _rules(self, record: Any) -> Iterator[Finding]:
        """Yield whether roles, the scope, and what else the resource says let a record be seen."""
        permission = self._permission()
        yield permission
        if not permission.is_open:
            return
        resource, person = self.asked.resource, self.asked.person
        every = limits(resource, by=person, may=self.may)
        is_seen = _holds(resource, record, every)
        if resource.scope is not None and not resource.scope.through:
            finding = self._scope(record, resource.scope)
            yield finding
            if not finding.is_open:
                return
        if is_seen:
            yield _open(_("%(record)s may be seen by %(person)s.", record=record, person=self.name))
        else:
            yield _shut(self._further(record))

    def _further(self, record: Any) -> Text:
        scope = self.asked.resource.scope
        if scope is not None and scope.through:
            whose = getattr(record, scope.through)
            return _(
                "%(record)s is seen with %(other)s, which %(person)s may not see.",
                record=record,
                other=whose,
                person=self.name,
            )
        return _(
            "%(record)s is kept from %(person)s by a rule of its own, as confidential records are.",
            record=record,
            person=self.name,
        )

    def _scope(self, record: Any, scope: Scoped) -> Finding:
        """Say whether somebody's own, the department, the region or the company reaches it."""
        resource, person, named = self.asked.resource, self.asked.person, {"person": self.name}
        if self.may(Scope.COMPANY):
            return _open(_("%(person)s may see all of the company.", **named))
        if _holds(resource, record, [own_records(resource.model, scope, by=person)]):
            return _open(_("It belongs to %(person)s or to the people below.", **named))
        parts = scope_parts(resource.model, scope, by=person)
        for permission, condition in parts.items():
            if self.may(permission) and _holds(resource, record, [condition]):
                return _open(self._reached(permission))
        return _shut(self._not_own(record, scope))

    def _reached(self, permission: Scope) -> Text:
        if permission is Scope.DEPARTMENT:
            said = _(
                "It belongs to the department of %(person)s, or to one below.", person=self.name
            )
        else:
            said = _("It lies in a region of %(person)s, or in one below.", person=self.name)
        return said

    def _not_own(self, record: Any, scope: Scoped) -> Text:
        owner = getattr(record, scope.by)
        if owner is None:
            return _(
                "It belongs to nobody, and %(person)s did not write it down.", person=self.name
            )
        return _(
            "It belongs to %(owner)s: neither %(person)s nor anybody below, and no permission to "
            "see a department, a region or all of the company reaches it.",
            owner=owner,
            person=self.name,
        )

    def _field(self, record: Any) -> Finding:
        resource, name = self.asked.resource, self.asked.field
        known = ruled_fields(resource)
        label = known[name].about.label if name in known else name
        if name in hidden_by(self._held(), record) and not self._is_told(name, record):
            return _shut(
                _(
                    "Field rules hide “%(field)s” from every role with which %(person)s reads it.",
                    field=label,
                    person=self.name,
                )
            )
        return _open(_("No field rule hides “%(field)s” here.", field=label))

    def _is_told(self, name: str, record: Any) -> bool:
        """Whether a field says why the person is asked to decide."""
        return record is not None and name in told_to_asked(record) and self._decides(record.id)

    def _held(self) -> tuple[RoleGrants, ...]:
        """Return what the roles let be seen of each field; where none reads, what they deny."""
        view, company_id = self.asked.resource.permission(), company_now().id
        if not self.may(READ):
            return (denied(view, self.roles, company_id=company_id),)
        return held_in(session().execute(rules_held(self.roles, company_id=company_id))).get(
            view, ()
        )


def named(resource: type[Resource], name: str) -> Select[int]:
    """Select the ids of the records that are called so: by their code, or by their name."""
    model, known = resource.model, fields_of(resource.model)
    texts = [one for one in model.named_by if one in known and known[one].kind is Kind.TEXT]
    same = [func.lower(getattr(model, one)) == name.lower() for one in texts]
    return select(model.id).where(or_(false(), *same)).order_by(model.id)


def _holds(
    resource: type[Resource], record: Any, conditions: Sequence[ColumnElement[bool]]
) -> bool:
    model = resource.model
    query = select(model.id).where(model.id == record.id, *conditions)
    return session().scalar(query) is not None


def _open(said: Text) -> Finding:
    return Finding(is_open=True, said=said)


def _shut(said: Text) -> Finding:
    return Finding(is_open=False, said=said)
