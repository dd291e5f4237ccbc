"""How a company writes its own rules: what they must hold, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from bumen.approvals.people import working
from bumen.approvals.rules import ApprovalRule
from bumen.approvals.spelling import StepsAreMalformed, read_steps, written_steps
from bumen.errors import InvalidInput, NotFound
from bumen.i18n import Text, translator
from bumen.model.accounts import Role
from bumen.model.describe import Kind, fields_of
from bumen.organisation import organisation
from bumen.resource import Resource
from bumen.security.kept import roles_here
from bumen.unit_of_work import company_now, session
from bumen.values import is_record_id
from bumen.workflow import AllOf, AnyOf, Approval, Asker, AskField, AskPerson, AskRole

_ = translator(__file__, "bumen")

_LONGEST = {"title": 200, "role": 120}
_PLACES = ("department", "region")
_HIGHEST_RANK = 9999


@dataclass(frozen=True, kw_only=True)
class Written:
    """What somebody has written down for a rule; `steps` are JSON values as in `spelling`."""

    title: str
    steps: Any
    valid_from: date | None
    valid_until: date | None = None
    rank: int = 10
    amount_field: str = ""
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    department_id: int | None = None
    region_id: int | None = None
    role: str = ""


def keep_rule(
    resource: type[Resource], approval: Approval, written: Written, *, rule: ApprovalRule | None
) -> ApprovalRule:
    """Keep a new rule of an approval, or change one; `InvalidInput` names every mistake."""
    steps = checked_steps(resource, written.steps)
    places = {name: _place(name, getattr(written, f"{name}_id")) for name in _PLACES}
    wrong = {**dict(_mistakes(approval, written)), **dict(_nowhere(written, places))}
    if wrong:
        raise InvalidInput(wrong)
    kept = rule or ApprovalRule(resource=resource.key(), waiting_in=approval.state.value)
    kept.title, kept.rank, kept.steps = written.title.strip(), written.rank, written_steps(steps)
    kept.valid_from, kept.valid_until = written.valid_from or date.max, written.valid_until
    has_amount = bool(written.amount_field)
    kept.amount_field = written.amount_field or None
    kept.amount_from = written.amount_from if has_amount else None
    kept.amount_to = written.amount_to if has_amount else None
    kept.role = written.role.strip() or None
    for name, place in places.items():
        setattr(kept, name, None if place is None else str(place)[: _LONGEST["title"]])
        setattr(kept, f"{name}_id", None if place is None else place.id)
    session().add(kept)
    session().flush()
    return kept


def drop_rule(rule: ApprovalRule) -> None:
    """Take a rule away; requests that follow it go on as they were asked."""
    session().delete(rule)
    session().flush()


def rule_called(ident: int) -> ApprovalRule:
    """Return a rule of the company by its id."""
    found: ApprovalRule | None = session().get(ApprovalRule, ident) if is_record_id(ident) else None
    if found is None:
        raise NotFound
    return found


def all_rules() -> Select[ApprovalRule]:
    """Select every rule of the company, valid or not, in the order they are looked at."""
    return select(ApprovalRule).order_by(ApprovalRule.rank, ApprovalRule.id)


def fields_naming_people(resource: type[Resource]) -> dict[str, Text]:
    """Return the fields of a document that name an employee who may sign in."""
    return {
        name: described.about.label
        for name, described in fields_of(resource.model).items()
        if described.kind is Kind.REFERENCE and hasattr(described.target, "user_id")
    }


def checked_steps(resource: type[Resource], written: Any) -> tuple[AllOf | AnyOf, ...]:
    """Return the steps that were written; refuses people, roles and fields that are not there."""
    steps = read_steps(written)
    askers = [asker for step in steps for asker in step.askers]
    people = {one.user_id for one in askers if isinstance(one, AskPerson)}
    roles = {one.role for one in askers if isinstance(one, AskRole)}
    here = roles_here(company_now().id).where(Role.name.in_(roles))
    known = {role.name for role in session().scalars(here)} if roles else set()
    if people - set(working(people)):
        raise StepsAreMalformed(_("Somebody who is named does not work in the company."))
    if roles - known:
        raise StepsAreMalformed(_("A role that is named does not exist."))
    if any(_names_nobody(resource, asker) for asker in askers):
        raise StepsAreMalformed(_("A field that is named holds no person."))
    return steps


def _names_nobody(resource: type[Resource], asker: Asker) -> bool:
    if not isinstance(asker, AskField):
        return False
    described = fields_of(resource.model).get(asker.name)
    return described is None or described.kind not in (Kind.REFERENCE, Kind.NUMBER)


def _place(name: str, ident: int | None) -> Any:
    """Return the department or region with an id, if there is one in the company."""
    kept = organisation()
    if ident is None or kept is None or not is_record_id(ident):
        return None
    return session().get(getattr(kept, name), ident)


def _nowhere(written: Written, places: Mapping[str, Any]) -> Iterator[tuple[str, list[Text | str]]]:
    """Yield what was named as a department or region and is none."""
    for name, place in places.items():
        if place is None and getattr(written, f"{name}_id") is not None:
            yield f"{name}_id", [_("This does not exist.")]


def _mistakes(approval: Approval, written: Written) -> Iterator[tuple[str, list[Text | str]]]:
    """Yield what does not fit, by field."""
    if not written.title.strip():
        yield "title", [_("This field is required.")]
    if written.valid_from is None:
        yield "valid_from", [_("This field is required.")]
    elif written.valid_until is not None and written.valid_until < written.valid_from:
        yield "valid_until", [_("The last day comes before the first.")]
    if not 0 <= written.rank <= _HIGHEST_RANK:
        yield "rank", [_("This value is not allowed.")]
    for name, longest in _LONGEST.items():
        if len(getattr(written, name)) > longest:
            yield name, [_("This text is longer than %(longest)s.", longest=longest)]
    if written.amount_field and written.amount_field not in approval.amounts:
        yield "amount_field", [_("This value is not allowed.")]
    low, high = written.amount_from, written.amount_to
    if low is not None and high is not None and low >= high:
        yield "amount_to", [_("This must be more than the amount it begins with.")]
