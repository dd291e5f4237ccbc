"""The same thing done with many records: each for itself, and the others whatever becomes of one.

Each record is looked up, checked and written as a single one is, in a savepoint of its own.
Nothing is committed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bumen.errors import BusinessError, NotFound
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.records.references import References
from bumen.records.write import Values, check_version, delete_record, run_action
from bumen.resource import Action, Resource
from bumen.unit_of_work import current, session
from bumen.visibility import seen

_ = translator(__file__, "bumen")

MOST_AT_ONCE = 500
"""So many records are taken at once at most."""

Deed = Callable[[Any, int], None]


class TooManyAtOnce(BusinessError):
    """The refusal of more records than are done in one go."""

    def __init__(self) -> None:
        super().__init__(_("At most %(most)s records at once.", most=MOST_AT_ONCE))


class NothingChosen(BusinessError):
    """The refusal to do something with no record at all."""

    def __init__(self) -> None:
        super().__init__(_("Choose at least one record first."))


@dataclass(frozen=True, kw_only=True)
class Picked:
    """A record somebody has chosen, at the version that was seen."""

    ident: int
    version: int


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A record that something could not be done with, and why; its label as people know it."""

    ident: int
    label: str
    refusal: BusinessError
    is_there: bool = True


@dataclass(frozen=True, kw_only=True)
class Done:
    """What has become of many records: the ids of those that are done, and the others."""

    done: list[int] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def act_on_many(
    resource: type[Resource],
    picked: Sequence[Picked],
    *,
    action: Action,
    values: Values,
    by: User | None,
) -> Done:
    """Do the same thing with each of these records; see `run_action`."""

    known = References()

    def act(record: Any, version: int) -> None:
        about: dict[str, Any] = {"by": by, "version": version, "known": known}
        run_action(resource, record, action.name, values, actions=[action], **about)

    return _each(resource, picked, act)


def delete_many(resource: type[Resource], picked: Sequence[Picked], *, by: User | None) -> Done:
    """Delete each of these records that may be deleted; see `delete_record`."""

    def delete(record: Any, version: int) -> None:
        check_version(record, version)
        delete_record(resource, record, by=by)

    return _each(resource, picked, delete)


def _each(resource: type[Resource], picked: Sequence[Picked], deed: Deed) -> Done:
    chosen = {one.ident: one for one in picked}
    if not chosen:
        raise NothingChosen
    if len(chosen) > MOST_AT_ONCE:
        raise TooManyAtOnce
    records = _seen(resource, chosen)
    labels = {ident: str(record) for ident, record in records.items()}
    found = Done()
    for ident, one in sorted(chosen.items()):
        if ident not in records:
            missing = Refused(ident=ident, label=f"#{ident}", refusal=NotFound(), is_there=False)
            found.refused.append(missing)
            continue
        try:
            with current().attempt():
                deed(records[ident], one.version)
        except BusinessError as refusal:
            label = labels[ident]
            found.refused.append(Refused(ident=ident, label=label, refusal=refusal))
        else:
            found.done.append(ident)
    return found


def _seen(resource: type[Resource], idents: Iterable[int]) -> dict[int, Any]:
    model = resource.model
    query = select(model).where(model.id.in_(sorted(idents)), *seen(resource))
    return {record.id: record for record in session().scalars(query)}
