"""Which fields somebody does not see, or may not write, and a resource without them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

from bumen.model.paths import path_of
from bumen.resource import Resource
from bumen.unit_of_work import running
from bumen.visibility.asked import told_to_asked
from bumen.visibility.models import Effect
from bumen.visibility.narrowing import narrowed, whole_of
from bumen.visibility.rules import RoleGrants

_NONE: frozenset[str] = frozenset()


def hidden_fields(resource: type[Resource], record: Any = None) -> frozenset[str]:
    """Return the fields whoever works now does not see, by name; `lines.price` of its lines.

    Of a record, those hidden in the state it is in. Without one, those hidden in any state: lists
    neither show nor filter nor sort by them, so that nothing is told of the records they are
    hidden of. Whoever is asked to decide about a record reads why.
    """
    hidden = hidden_by(_held(resource), record)
    told = hidden & told_to_asked(record) if record is not None else _NONE
    return hidden - told if told and _is_asked(resource, record) else hidden


def hidden_by(held: Iterable[RoleGrants], record: Any = None) -> frozenset[str]:
    """Return the fields that roles do not see together; see `hidden_fields`."""
    reading = [one for one in held if one.reads]
    if record is None:
        return _all(one.hidden_somewhere() for one in reading)
    state = _state(record)
    return _all(one.fields([Effect.HIDDEN], state) for one in reading)


def fixed_fields(resource: type[Resource], record: Any = None) -> frozenset[str]:
    """Return the fields whoever works now may not write: in a record's state, or in all states."""
    writing = [one for one in _held(resource) if one.writes]
    state = None if record is None else _state(record)
    return _all(one.fields(Effect, state) for one in writing)


def as_seen(resource: type[Resource], record: Any = None) -> type[Resource]:
    """Return a resource as whoever works now meets it: without the fields that are not theirs.

    Of a record, or of one that is about to be made, without those its state takes away. Pages,
    forms, lists, the API and files are made from what this returns. Imports, jobs and the command
    line work for the company and meet the whole.
    """
    unit, whole = running(), whole_of(resource)
    if unit is None or not unit.field_rules():
        return whole
    hidden = hidden_fields(whole, record) | _hidden_elsewhere(whole)
    fixed = fixed_fields(whole, record)
    return narrowed(whole, hidden, fixed) if hidden or fixed else whole


def _is_asked(resource: type[Resource], record: Any) -> bool:
    unit = running()
    if unit is None or unit.user is None or record.id is None:
        return False
    return unit.user.id in unit.neighbours.asked_about(whole_of(resource).key(), record.id)


def _held(resource: type[Resource]) -> tuple[RoleGrants, ...]:
    unit = running()
    found: tuple[RoleGrants, ...] = (
        () if unit is None else unit.field_rules().get(resource.permission(), ())
    )
    return found


def _all(several: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return what all of them have in common; nothing where there is none."""
    sets = list(several)
    return reduce(frozenset.intersection, sets) if sets else _NONE


def _state(record: Any) -> str | None:
    state = getattr(record, "state", None)
    return None if state is None else str(getattr(state, "value", state))


def hidden_beyond(resource: type[Resource], names: Iterable[str]) -> frozenset[str]:
    """Return which of these paths beyond a record lead by a field that is hidden on the way.

    `customer.phone` is hidden where the customers' phone is, `lines.product.cost` where the
    product's cost is; `hidden_fields` tells of the record's own, its lines' among them.
    """
    return frozenset(name for name in names if _is_hidden(resource.model, name))


def kept_from(
    resource: type[Resource], paths: Iterable[str], *, record: Any = None, own: bool = False
) -> frozenset[str]:
    """Return which of these paths whoever works now may not read in what is kept of records.

    A history and a paper tell what a record was in states it is no longer in, so that what is
    hidden in any state is kept from that person there; of what is one's `own` only what is hidden
    in all of them: the rest was seen when it was made. A path that leads nowhere any more has no
    field to be hidden.
    """
    whole = whole_of(resource)
    several = [one for one in paths if _leads_somewhere(whole.model, one)]
    hidden = _hidden_always(whole) if own else hidden_fields(whole)
    if record is not None and not own:
        hidden |= hidden_fields(whole, record)
    beyond = hidden_beyond(whole, (one for one in several if "." in one))
    return beyond | {one for one in several if hidden & {*_ways(one)}}


def _hidden_always(resource: type[Resource]) -> frozenset[str]:
    reading = [one for one in _held(resource) if one.reads]
    return _all(one.fields([Effect.HIDDEN], None) for one in reading)


def _ways(path: str) -> list[str]:
    """Return all that a path leads by, and where it leads to."""
    parts = path.split(".")
    return [".".join(parts[:far]) for far in range(1, len(parts) + 1)]


def _leads_somewhere(model: type[Any], path: str) -> bool:
    try:
        path_of(model, path)
    except KeyError:
        return False
    return True


def _hidden_elsewhere(resource: type[Resource]) -> frozenset[str]:
    """Return what a search or a filter looks into of other resources, and may not."""
    return hidden_beyond(resource, (*resource.searched(), *resource.beyond))


def _is_hidden(model: type[Any], name: str) -> bool:
    unit, parts = running(), name.split(".")
    steps = path_of(model, name).steps
    if unit is None:
        return False
    others = ((step.target, part) for step, part in zip(steps, parts[1:], strict=True))
    found = ((unit.neighbours.resource_of(target), part) for target, part in others)
    return any(other is not None and part in hidden_fields(other) for other, part in found)
