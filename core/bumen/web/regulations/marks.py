"""The clauses beside a button: what of the company's regulations a step fulfils."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from bumen.errors import NotFound
from bumen.fulfilment import clauses_of_step
from bumen.i18n import translator
from bumen.regulations import demands_in_force
from bumen.regulations.models import answering, clauses_in_force
from bumen.resource import READ, Resource
from bumen.unit_of_work import current, session, today
from bumen.web.house import registry
from bumen.web.regulations.finding import let_in
from bumen.web.regulations.reading import told_around
from bumen.web.security import allowed, require

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Marks are the numbers of the clauses that a step fulfils, and where they can be read.

    `href` is "" for whoever sees no more than one record they are asked about.
    """

    numbers: Sequence[str]
    href: str


def clauses_beside(resource: type[Resource], step: str) -> Marks | None:
    """Return the marks of a step of a resource's flow; None where no rule of the company asks it.

    The rules of a whole flow are looked up at once, and once for a page.
    """
    demands = clauses_of_step(resource, step)
    reads, unit = allowed(READ, resource.permission()), current()
    if not demands or unit.company is None or not (reads or resource.key() in unit.reached):
        return None
    known = _numbers_of(resource)
    numbers = list(dict.fromkeys(number for one in demands for number in known.get(one, ())))
    if not numbers:
        return None
    href = url_for("regulations_steps.show", key=resource.key(), step=step) if reads else ""
    return Marks(numbers=numbers, href=href)


def step_pages() -> Blueprint:
    """Return the page, or what stands in a dialog, with the rules that a step fulfils."""
    pages = Blueprint("regulations_steps", __name__, url_prefix="/regulations/steps")

    @pages.get("/<key>/<step>")
    def show(key: str, step: str) -> str:
        let_in("read")
        resource = registry().resources.get(key)
        if resource is None or resource.plugin() not in current().on:
            raise NotFound
        require(READ, resource.permission())
        demands = clauses_of_step(resource, step)
        if not demands:
            raise NotFound
        found = session().scalars(answering(clauses_in_force(today()), demands)).all()
        in_dialog = request.headers.get("HX-Request") == "true"
        part = "dialog" if in_dialog else "clauses"
        label = resource.model.workflow.transitions[step].label
        return render_template(
            f"bumen/regulations/{part}.html",
            title=_("Rules for “%(step)s”", step=label),
            clauses=found,
            **told_around(),
        )

    return pages


def _numbers_of(resource: type[Resource]) -> Mapping[str, Sequence[str]]:
    """Return the numbers of the clauses in force by demand, for all steps of a resource's flow."""
    kept: dict[str, Any] = g.setdefault("clauses_beside", {})
    if (key := resource.key()) not in kept:
        steps = resource.model.workflow.transitions.values()
        kept[key] = _looked_up({one for step in steps for one in step.clauses})
    found: Mapping[str, Sequence[str]] = kept[key]
    return found


def _looked_up(demands: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for demand, number, _title, _ident in session().execute(demands_in_force(today(), of=demands)):
        found.setdefault(demand, []).append(number)
    return found
