"""Keeping a company's field rules: which role does not see a field, or may not write it.

All of it runs inside a unit of work for the company and commits nothing. A rule counts from the
next request on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import select

from bumen.errors import BusinessError, NotFound
from bumen.i18n import Text, translator
from bumen.model.accounts import Role, User
from bumen.model.describe import Described, fields_of
from bumen.resource import Lines, Resource
from bumen.security.kept import role_of_company
from bumen.unit_of_work import company_now, session
from bumen.values import Choice, is_record_id
from bumen.visibility import Effect, FieldRule

_ = translator(__file__, "bumen")

STATE = "state"
_ALWAYS_SEEN = {"id", "version", STATE}


class FieldIsNeeded(BusinessError):
    """The refusal to take away a field without which nobody of the role could make a record."""

    def __init__(self, label: Text, *, begins: Text | None = None) -> None:
        said = _("“%(field)s” must be given in something new: no role can go without.", field=label)
        if begins is not None:
            said = _(
                "“%(field)s” must be given in something new, which is “%(state)s” at first:"
                " tick the other states only.",
                field=label,
                state=begins,
            )
        super().__init__(said, field="states")


class FieldNamesRecords(BusinessError):
    """The refusal to hide what records are known by."""

    def __init__(self, label: Text) -> None:
        super().__init__(
            _("“%(field)s” is what records are known by: it cannot be hidden.", field=label),
            field="field",
        )


def ruled_fields(resource: type[Resource]) -> Mapping[str, Described]:
    """Return the fields a rule may be about, by name; those of lines as `lines.price`."""
    known = fields_of(resource.model)
    found = {name: known[name] for name in resource.shown() if name not in _ALWAYS_SEEN}
    for lines in resource.lines:
        found |= dict(_of_lines(lines))
    return {name: one for name, one in found.items() if not one.about.secret}


def states_of(resource: type[Resource]) -> list[Choice]:
    """Return the states its records can be in; none when they have no state."""
    described = fields_of(resource.model).get(STATE)
    return [] if described is None or described.choices is None else list(described.choices)


def set_field_rule(
    resource: type[Resource],
    name: str,
    *,
    role_id: int,
    effect: Effect,
    states: Collection[str],
    by: User | None,
    at: datetime,
) -> FieldRule:
    """Make the rule of a role about a field, or change the one there is.

    Refuses what is no field or state of the resource, to hide what records are known by, and to
    take away what must be given when a record is made.
    """
    known = ruled_fields(resource)
    if name not in known or not set(states) <= {one.value for one in states_of(resource)}:
        raise NotFound
    role = role_of_company(role_id)
    if effect is Effect.HIDDEN and name in resource.model.named_by:
        raise FieldNamesRecords(known[name].about.label)
    if known[name].required and _from_the_first(resource, states) and name in _written(resource):
        raise FieldIsNeeded(known[name].about.label, begins=_begins(resource))
    rule = _kept(resource, name, role=role)
    rule.effect, rule.at, rule.by_id = effect, at, by.id if by else None
    rule.states = " ".join(one.value for one in states_of(resource) if one.value in states)
    session().add(rule)
    session().flush()
    return rule


def drop_field_rule(ident: int) -> None:
    """Take a rule of the company away; `NotFound` for another's."""
    query = select(FieldRule).where(FieldRule.id == ident, FieldRule.company_id == company_now().id)
    rule = session().scalar(query) if is_record_id(ident) else None
    if rule is None:
        raise NotFound
    session().delete(rule)
    session().flush()


def _kept(resource: type[Resource], name: str, *, role: Role) -> FieldRule:
    company_id, view = company_now().id, resource.permission()
    query = select(FieldRule).where(
        FieldRule.company_id == company_id,
        FieldRule.resource == view,
        FieldRule.field == name,
        FieldRule.role_id == role.id,
    )
    found = session().scalar(query)
    return found or FieldRule(company_id=company_id, resource=view, field=name, role=role)


def _of_lines(lines: type[Lines]) -> Iterator[tuple[str, Described]]:
    known = fields_of(lines.model)
    for name in (one for one in (*lines.fields, *lines.shown) if one in known):
        yield f"{lines.name}.{name}", known[name]


def _written(resource: type[Resource]) -> set[str]:
    inside = {f"{lines.name}.{name}" for lines in resource.lines for name in lines.fields}
    return {*resource.written(), *inside}


def _from_the_first(resource: type[Resource], states: Collection[str]) -> bool:
    """Whether a rule holds when a record is made: in every state, or in the one it begins in."""
    return not states or _first_code(resource) in states


def _begins(resource: type[Resource]) -> Text | None:
    """Return what the state is called that records begin in; None where they have no states."""
    states = {one.value: one.label for one in states_of(resource)}
    return states.get(_first_code(resource)) if states else None


def _first_code(resource: type[Resource]) -> str:
    described = fields_of(resource.model).get(STATE)
    default = None if described is None else getattr(described.column.default, "arg", None)
    return str(getattr(default, "value", default))
