"""The steps of a rule in the words of whoever reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from bumen.approvals import ApprovalRule
from bumen.approvals.spelling import read_steps
from bumen.documents.called import names_of
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.model.describe import fields_of
from bumen.organisation import organisation
from bumen.reading import only_names
from bumen.resource import Resource
from bumen.unit_of_work import session
from bumen.workflow import AnyOf, Asker, AskField, AskManager, AskPerson, AskRole, AskSuperior

_ = translator(__file__, "bumen")


def people_in(every: Iterable[Any]) -> dict[int, str]:
    """Return what the people in some steps are called, with one statement for all of them."""
    askers = (asker for written in every for step in read_steps(written) for asker in step.askers)
    return names_of(asker.user_id for asker in askers if isinstance(asker, AskPerson))


def said_steps(
    written: Any,
    resource: type[Resource],
    *,
    titles: Mapping[str, str],
    names: Mapping[int, str],
) -> Sequence[Text | str]:
    """Return a sentence for each step; `titles` are those of roles, `names` those of people."""
    said = []
    for step in read_steps(written):
        is_any = isinstance(step, AnyOf)
        askers = [str(_asker(one, resource, titles, names, is_any=is_any)) for one in step.askers]
        who = str(_(" or ") if is_any else _(" and ")).join(askers)
        due = step.due.label if step.due else None
        said.append(_("%(who)s, within %(due)s", who=who, due=due) if due else who)
    return said


def said_conditions(
    rule: ApprovalRule,
    resource: type[Resource],
    *,
    titles: Mapping[str, str],
    places: Mapping[tuple[str, int | None], str],
) -> list[Text]:
    """Return when a rule counts, a sentence for each condition; none where it always does.

    `places` are the names of departments and regions, by their kind and id.
    """
    said = [_amount(rule, resource)] if rule.amount_field else []
    for kind, ident, label in (
        ("department", rule.department_id, rule.department),
        ("region", rule.region_id, rule.region),
    ):
        if label:
            place = places.get((kind, ident), label)
            said.append(_("Whoever submits works in %(place)s, or below it.", place=place))
    if rule.role:
        role = titles.get(rule.role, rule.role)
        said.append(_("Whoever submits holds the role %(role)s.", role=role))
    return said


def places_in(rules: Iterable[ApprovalRule]) -> dict[tuple[str, int | None], str]:
    """Return what the departments and regions of some rules are called now."""
    kept, rules = organisation(), list(rules)
    found: dict[tuple[str, int | None], str] = {}
    for kind in ("department", "region") if kept is not None else ():
        model = getattr(kept, kind)
        wanted = {ident for one in rules if (ident := getattr(one, f"{kind}_id")) is not None}
        query = select(model).where(model.id.in_(sorted(wanted))).options(only_names(model))
        found |= {(kind, one.id): str(one) for one in session().scalars(query)} if wanted else {}
    return found


def _amount(rule: ApprovalRule, resource: type[Resource]) -> Text:
    described = fields_of(resource.model).get(rule.amount_field or "")
    named = {"amount": described.about.label if described else rule.amount_field}
    low, high = (
        None if one is None else formats_here().money(one)
        for one in (rule.amount_from, rule.amount_to)
    )
    if low is not None and high is not None:
        return _("%(amount)s is at least %(low)s and below %(high)s.", **named, low=low, high=high)
    if low is not None:
        return _("%(amount)s is at least %(low)s.", **named, low=low)
    if high is not None:
        return _("%(amount)s is below %(high)s.", **named, high=high)
    return _("%(amount)s is filled in.", **named)


def _asker(
    asker: Asker,
    resource: type[Resource],
    titles: Mapping[str, str],
    names: Mapping[int, str],
    *,
    is_any: bool,
) -> Text | str:
    if isinstance(asker, AskRole):
        title = titles.get(asker.role, asker.role)
        if asker.everybody:
            return _("everybody who is %(role)s", role=title)
        return title if is_any else _("%(role)s (one of them is enough)", role=title)
    if isinstance(asker, AskPerson):
        return names.get(asker.user_id, f"#{asker.user_id}")
    if isinstance(asker, AskSuperior):
        return _("superior, %(levels)s levels up", levels=asker.levels)
    if isinstance(asker, AskManager):
        return _("department manager")
    return _field(asker, resource)


def _field(asker: AskField, resource: type[Resource]) -> Text | str:
    described = fields_of(resource.model).get(asker.name)
    label = described.about.label if described else asker.name
    return _("whoever “%(field)s” of the document names", field=label)
