"""A company's own rules for who is asked, and which of them counts for a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as field_of
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Integer, Select, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen.approvals.spelling import read_steps
from bumen.documents.linked import OfResource
from bumen.i18n import translator
from bumen.model import field, index
from bumen.organisation import Position, Whereabouts
from bumen.unit_of_work import session
from bumen.values import BIG_ID, Money
from bumen.workflow import AllOf, AnyOf

_ = translator(__file__, "bumen")


class ApprovalRule(OfResource):
    """A rule says who is asked, where its conditions hold: the first that fits counts.

    `waiting_in` is the state that documents of the `resource` wait in, `steps` are JSON values as
    in `spelling`. Rules are looked at by `rank`, the lowest first. `department` and `region` are
    what the records of these ids were called when the rule was written: another department keeps
    them. `role` is the name of a role, which stays though its title changes.
    """

    __tablename__ = "core_approval_rule"
    __table_args__ = (
        index("resource", "waiting_in", "rank"),
        CheckConstraint(
            "valid_until IS NULL OR valid_until >= valid_from", name="ends_after_it_begins"
        ),
    )
    named_by = ("title",)

    resource: Mapped[str] = field(String(120), label=_("Kind of document"))
    waiting_in: Mapped[str] = field(String(40), label=_("Approval"))
    title: Mapped[str] = field(String(200), label=_("Title"))
    rank: Mapped[int] = field(Integer, label=_("Order"), default=10)
    valid_from: Mapped[date] = field(label=_("Valid from"))
    valid_until: Mapped[date | None] = field(label=_("Valid until"))
    amount_field: Mapped[str | None] = field(String(60), label=_("Amount"))
    amount_from: Mapped[Money | None] = field(label=_("From amount"))
    amount_to: Mapped[Money | None] = field(label=_("Up to amount"))
    department: Mapped[str | None] = field(String(200), label=_("Department"))
    region: Mapped[str | None] = field(String(200), label=_("Region"))
    role: Mapped[str | None] = field(String(120), label=_("Role"))
    department_id: Mapped[int | None] = mapped_column(BIG_ID)
    region_id: Mapped[int | None] = mapped_column(BIG_ID)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    @property
    def stages(self) -> tuple[AllOf | AnyOf, ...]:
        """Who is asked, one after another."""
        return read_steps(self.steps)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case is what conditions look at: the document's amounts, and who submits it."""

    amounts: Mapping[str, Decimal | None]
    whereabouts: Whereabouts = field_of(default_factory=Whereabouts)
    position: Position | None = None
    roles: frozenset[str] = frozenset()


def fits(rule: ApprovalRule, case: Case) -> bool:
    """Whether the conditions of a rule hold; amounts count from the first to below the last."""
    return (
        _within(rule, case.amounts)
        and _stands_in(rule, case)
        and (not rule.role or rule.role in case.roles)
    )


def asks_where(rule: ApprovalRule) -> bool:
    """Whether a rule counts for some departments or regions only."""
    return bool(rule.department or rule.region)


def first_fitting(rules: Iterable[ApprovalRule], case: Case) -> ApprovalRule | None:
    """Return the first rule whose conditions hold."""
    return next((rule for rule in rules if fits(rule, case)), None)


def rules_for(resource: str, waiting_in: str, *, on: date) -> Select[ApprovalRule]:
    """Select the rules of an approval that are valid on a day, in the order they are looked at."""
    return (
        select(ApprovalRule)
        .where(ApprovalRule.resource == resource, ApprovalRule.waiting_in == waiting_in)
        .where(ApprovalRule.valid_from <= on)
        .where(or_(ApprovalRule.valid_until.is_(None), ApprovalRule.valid_until >= on))
        .order_by(ApprovalRule.rank, ApprovalRule.id)
    )


def valid_rules(resource: str, waiting_in: str, *, on: date) -> list[ApprovalRule]:
    """Return the rules of an approval that are valid on a day."""
    return list(session().scalars(rules_for(resource, waiting_in, on=on)))


def _stands_in(rule: ApprovalRule, case: Case) -> bool:
    """Whether who submits works in the rule's department and region, or below them.

    Where a rule knows only what a place was called, it counts for who works in one called so.
    """
    place, where = case.position, case.whereabouts
    named = (
        (rule.department_id, rule.department, where.departments, place and place.department),
        (rule.region_id, rule.region, where.regions, place and place.region),
    )
    return all(
        not label or (ident in inside if ident is not None else own == label)
        for ident, label, inside, own in named
    )


def _within(rule: ApprovalRule, amounts: Mapping[str, Decimal | None]) -> bool:
    if not rule.amount_field:
        return True
    amount = amounts.get(rule.amount_field)
    if amount is None:
        return False
    above = rule.amount_from is None or amount >= rule.amount_from
    return above and (rule.amount_to is None or amount < rule.amount_to)
