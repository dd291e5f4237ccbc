"""What may be done with rows that are chosen, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bumen.i18n import Text, translator
from bumen.resource import Resource
from bumen.values import Tone
from bumen.web.forms import ArgumentsForm
from bumen.web.house import actions_of
from bumen.web.security import allowed

_ = translator(__file__, "bumen")

DELETE = "delete"
COUNT = "#"


@dataclass(frozen=True, kw_only=True)
class BulkDeed:
    """A bulk deed is an action, or deleting, with what is asked before it is done to many.

    The sentences have COUNT where the number of records goes.
    """

    name: str
    label: Text
    told: Text
    question: Text | None = None
    form: ArgumentsForm | None = None
    is_grave: bool = False


def bulk_deeds_of(resource: type[Resource], may: Mapping[str, bool]) -> list[BulkDeed]:
    """Return what this person may do with many records of a resource at once."""
    workflow = getattr(resource.model, "workflow", None)
    steps = workflow.transitions if workflow is not None else {}

    def is_grave(name: str) -> bool:
        return name in steps and steps[name].target.tone is Tone.BAD

    deeds = [
        BulkDeed(
            name=action.name,
            label=action.label,
            told=_("This will be done with %(count)s records.", count=COUNT),
            question=action.confirm,
            form=ArgumentsForm(action),
            is_grave=is_grave(action.name),
        )
        for action in actions_of(resource)
        if allowed(action.name, resource.permission())
    ]
    if may["delete"]:
        told = _("%(count)s records will be deleted for good.", count=COUNT)
        deeds.append(BulkDeed(name=DELETE, label=_("Delete"), told=told, is_grave=True))
    return deeds
