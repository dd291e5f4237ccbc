"""The steps of a rule in the words of whoever reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bumen.approvals.spelling import read_steps
from bumen.i18n import Text, translator
from bumen.model.describe import fields_of
from bumen.resource import Resource
from bumen.web.talk import names_of
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
        askers = [str(_asker(one, resource, titles, names)) for one in step.askers]
        who = str(_(" or ") if isinstance(step, AnyOf) else _(" and ")).join(askers)
        due = step.due.label if step.due else None
        said.append(_("%(who)s, within %(due)s", who=who, due=due) if due else who)
    return said


def _asker(
    asker: Asker,
    resource: type[Resource],
    titles: Mapping[str, str],
    names: Mapping[int, str],
) -> Text | str:
    if isinstance(asker, AskRole):
        title = titles.get(asker.role, asker.role)
        return _("everybody who is %(role)s", role=title) if asker.everybody else title
    if isinstance(asker, AskPerson):
        return names.get(asker.user_id, f"#{asker.user_id}")
    if isinstance(asker, AskSuperior):
        return _("superior, %(levels)s levels up", levels=asker.levels)
    if isinstance(asker, AskManager):
        return _("department manager")
    return _field(asker, resource)


def _field(asker: AskField, resource: type[Resource]) -> Text | str:
    described = fields_of(resource.model).get(asker.name)
    return described.about.label if described else asker.name
