"""Who settled what about a flow, and when: the latest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from bumen.documents.flow_settings import FlowSetting
from bumen.documents.history import HistoryEntry
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.model.describe import fields_of
from bumen.unit_of_work import company_now, session
from bumen.values import Choice
from bumen.workflow import Workflow

_ = translator(__file__, "bumen")

AT_ONCE = 20
_TOLD = ("amount", "unit", "roles", "opinion")


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """A settlement is one change of what counts for a state or a step."""

    about: Text | str
    at: str
    by: str
    changes: Sequence[str]


def settlements(
    settings: Sequence[FlowSetting],
    workflow: Workflow,
    states: Sequence[Choice],
    roles: Mapping[str, str],
) -> list[Settlement]:
    """Return the latest changes of what a company has settled about a flow."""
    known = {one.id: _about(one, workflow, states) for one in settings}
    if not known:
        return []
    return [
        Settlement(
            about=known[entry.record_id],
            at=formats_here().moment(entry.at),
            by=entry.by_name,
            changes=list(_changes(entry.changes.get("fields", ()), roles)),
        )
        for entry in session().scalars(_entries(sorted(known)))
    ]


def _entries(ids: Sequence[int]) -> Select[HistoryEntry]:
    ours = (
        HistoryEntry.company_id == company_now().id,
        HistoryEntry.resource == FlowSetting.__tablename__,
        HistoryEntry.record_id.in_(ids),
    )
    return select(HistoryEntry).where(*ours).order_by(HistoryEntry.number.desc()).limit(AT_ONCE)


def _about(setting: FlowSetting, workflow: Workflow, states: Sequence[Choice]) -> Text | str:
    if setting.step:
        step = workflow.transitions.get(setting.step)
        return step.label if step else setting.step
    return next((one.label for one in states if one.value == setting.state), setting.state)


def _changes(fields: Sequence[Mapping[str, Any]], roles: Mapping[str, str]) -> Iterator[str]:
    labels = {name: one.about.label for name, one in fields_of(FlowSetting).items()}
    labels["roles"] = _("Only these roles")
    for one in fields:
        if one["field"] in _TOLD:
            before, after = (_said(one["field"], one.get(end), roles) for end in ("from", "to"))
            yield f"{labels[one['field']]}{_(': ')}{before} → {after}"


def _said(field: str, value: Any, roles: Mapping[str, str]) -> str:
    if field == "roles":
        return str(_(", ")).join(roles.get(one, one) for one in value or ()) or "–"
    if field == "unit":
        units = {one.value: one.label for one in fields_of(FlowSetting)["unit"].choices or ()}
        return str(units.get(value, value or "–"))
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    return "–" if value is None else str(value)
