"""The approval of a record on its page: who decided, who is next, and one's own word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Integer
from werkzeug.datastructures import MultiDict

from bumen.approvals import Place
from bumen.approvals.asking import roles_asked
from bumen.approvals.deciding import step_of
from bumen.documents.moving import flow_of
from bumen.errors import BusinessError
from bumen.formats import formats_here
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.model.describe import Kind
from bumen.resource import Resource
from bumen.unit_of_work import current
from bumen.web.access.forms import titles_here
from bumen.web.approvals.deeds import DEEDS, VIEW
from bumen.web.approvals.foreseeing import may_be_asked
from bumen.web.approvals.showing import ShownRequest, shown_requests
from bumen.web.asked import Asked
from bumen.web.box_form import BoxForm
from bumen.web.fields import box_for
from bumen.web.lookups import equip, others_at
from bumen.web.pages.panels import Panel
from bumen.web.reached import only_asked
from bumen.web.security import allowed

_ = translator(__file__, "bumen")

TEMPLATE = "bumen/record/approval.html"
ONLY_ASKED = "bumen/record/only_asked.html"
AHEAD = "bumen/approvals/ahead.html"
_ASKS_PERSON = ("add", "hand_over", "copy")


@dataclass(frozen=True, kw_only=True)
class Refused:
    """What somebody has just tried, what was typed, and why it was refused."""

    name: str
    refusal: BusinessError
    typed: Mapping[str, str] = field(default_factory=dict)


def approval_panel(
    resource: type[Resource], record: Any, *, refused: Refused | None = None
) -> Panel | None:
    """Return the panel of the latest request; None for what nobody was ever asked about."""
    found = shown_requests(resource, record, at=datetime.now(UTC), most=1)
    ahead = may_be_asked(resource, record)
    if not found:
        return Panel(template=AHEAD) if ahead else None
    shown = found[0]
    values = {
        "asked": shown,
        "ahead": ahead and not shown.is_open,
        "formats": formats_here(),
        "deeds": DEEDS,
        "steps": _steps(resource, shown),
        "people": _people(shown, refused),
        "places": list(Place),
        "roles": _roles(shown),
        "administers": _administers(shown),
        "refused": refused,
    }
    return Panel(template=TEMPLATE, values=values)


def asked_panel(resource: type[Resource], record: Any) -> Panel | None:
    """Return what tells a reader that nothing but being asked opens a record to them."""
    return Panel(template=ONLY_ASKED) if only_asked(resource, record) else None


def _administers(shown: ShownRequest) -> bool:
    """Whether somebody may hand over any seat: not where it is about the own document."""
    owns = current().user is not None and current().user.id in shown.request.owners
    return shown.is_open and not owns and allowed("write", VIEW)


def decides_in_panel(panels: Iterable[Panel], name: str) -> bool:
    """Whether an action is offered in the panel of an open request."""
    for panel in panels:
        if panel.template == TEMPLATE and panel.values["asked"].is_open:
            approval = panel.values["asked"].approval
            return name in (approval.approve, approval.refuse, approval.withdraw)
    return False


def _steps(resource: type[Resource], shown: ShownRequest) -> dict[str, Any]:
    """Return the two answers with their words, and whether each needs an opinion."""
    if not shown.may_decide:
        return {}
    flow, model = flow_of(resource.model), resource.model
    answers = {"approve": True, "refuse": False}
    steps = {name: step_of(shown.approval, model, agrees=yes) for name, yes in answers.items()}
    return {name: (step.label, flow.needs_opinion(step)) for name, step in steps.items()}


def _roles(shown: ShownRequest) -> str:
    """Return the roles that are asked about it, told before it is handed to somebody else."""
    if not shown.mine:
        return ""
    asked = roles_asked(shown.request, shown.approval)
    titles = titles_here() if asked else {}
    return str(_(", ")).join(sorted(titles.get(one, one) for one in asked))


def _people(shown: ShownRequest, refused: Refused | None) -> dict[str, Any]:
    """Return a box to look somebody up for each deed that needs one; a refused one stays filled."""
    if not shown.is_open or not (shown.mine or shown.is_own):
        return {}
    asked = Asked(
        kind=Kind.REFERENCE, stored=Integer(), label=_("Person"), required=True, target=User
    )
    names = _ASKS_PERSON if shown.mine else ("copy",)
    form = BoxForm({name: box_for(asked, id=f"approval-{name}", name="user_id") for name in names})
    form.process(None)
    if refused is not None and refused.name in names:
        form[refused.name].process(MultiDict(refused.typed))
    equip(form.lookups())
    for box in form.lookups():
        box.address = others_at(box.address)
    return {name: form[name] for name in names}
