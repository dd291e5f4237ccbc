"""Making, changing and deleting a record, and doing something with it.

Values come JSON-shaped, are checked by the resource's schema, and every record they refer to is
looked up inside the company. Then the plugin's service speaks, then the database. Nothing is
committed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from bumen.documents.history import note_deed
from bumen.documents.linked import let_go
from bumen.documents.moving import Moving, begin, saying, watched
from bumen.errors import (
    BusinessError,
    IllegalTransition,
    InvalidInput,
    NotFound,
    NotPossibleNow,
    StaleVersion,
)
from bumen.i18n import translator
from bumen.model import CompanyModel
from bumen.model.accounts import User
from bumen.records.constraints import explained
from bumen.records.fetching import fetch_along
from bumen.records.fill import fill, filled_lines, started
from bumen.records.holding import held
from bumen.records.references import References, asked_values
from bumen.resource import OPINION, Action, Resource
from bumen.schema import loaded, write_schema
from bumen.together import together
from bumen.unit_of_work import current, session
from bumen.values import Choice
from bumen.visibility import as_seen
from bumen.workflow import waits

_ = translator(__file__, "bumen")

Values = Mapping[str, Any]


class NoLongerOpen(BusinessError):
    """The refusal to change or delete a record whose state does not allow it."""

    def __init__(self, record: Any) -> None:
        name = str(record)  # while it is there: the refusal outlives the unit of work
        said = _("%(record)s waits for a decision; it stays as it is until then.", record=name)
        if not waits(record):
            said = _(
                "%(record)s can no longer be changed: its status is “%(state)s”.",
                record=name,
                state=record.state.label,
            )
        super().__init__(said)


def create_record(
    resource: type[Resource], values: Values, *, by: User | None, known: References | None = None
) -> Any:
    """Make a record from what people wrote, and return it with its id.

    `InvalidInput` names every mistake at its field. `known` are references an import has looked up
    beforehand.
    """
    return create_records(resource, [values], by=by, known=known)[0]


def create_records(
    resource: type[Resource],
    many: Iterable[Values],
    *,
    by: User | None,
    known: References | None = None,
) -> list[Any]:
    """Make many records and write them at once; all of them or none.

    A refusal does not say whose it is: whoever wants to know tries them one by one.
    """
    references = known or References()
    seen = seen_when_new(resource)
    given = [checked_values(seen, values, known=references) for values in many]
    return make_records(resource, given, by=by, known=references)


def seen_when_new(resource: type[Resource]) -> type[Resource]:
    """Return a resource as whoever works now meets it when they make a record."""
    return as_seen(resource, started(resource.model))


def checked_values(
    resource: type[Resource], values: Values, *, known: References, record: Any = None
) -> dict[str, Any]:
    """Return what people wrote, typed; `known` learns the records it refers to.

    Tell it the resource as they meet it, and the `record` that is changed. Nothing is written.
    `InvalidInput` names every mistake at its field.
    """
    given = loaded(write_schema(resource), values, partial=record is not None)
    known.find(resource, given, record=record)
    return given


def make_records(
    resource: type[Resource], many: Iterable[Values], *, by: User | None, known: References
) -> list[Any]:
    """Make many records of checked values and write them at once; all of them or none."""
    seen, records = seen_when_new(resource), []
    all_given = list(many)
    fetch_along(resource, all_given, known)
    with explained(resource):
        with together(len(all_given)):
            for given in all_given:
                record = _begun(seen, given, known, by=by)
                session().add(record)
                records.append(record)
        session().flush()
        for record in records:
            if isinstance(record, Moving):
                begin(record, by=by)
    return records


def draw_up(
    resource: type[Resource],
    values: Values,
    *,
    by: User | None,
    record: Any = None,
    known: References | None = None,
) -> Any:
    """Return a new record, or the `record` that is changed, as it will be; nothing is written yet.

    What services write themselves, such as the number they take, is written: who only tries rolls
    that back.
    """
    resource = as_seen(resource, started(resource.model) if record is None else record)
    references = known or References()
    given = checked_values(resource, values, known=references, record=record)
    with explained(resource):
        if record is None:
            return _begun(resource, given, references, by=by)
        with session().no_autoflush:
            fill(record, resource, given, references)
            if filled_lines(resource, given):
                record.changed_by_id = by.id if by else None
                flag_modified(record, "changed_by_id")  # lines alone make a new version, too
            if resource.on_change is not None:
                resource.on_change(record, by=by)
    return record


def _begun(
    resource: type[Resource], given: Values, references: References, *, by: User | None
) -> Any:
    record = started(resource.model)
    fill(record, resource, given, references)
    if resource.on_create is not None:
        resource.on_create(record, by=by)
    return record


def change_record(
    resource: type[Resource],
    record: Any,
    values: Values,
    *,
    by: User | None,
    version: Any,
    known: References | None = None,
) -> Any:
    """Change what is given of a record; what is not given stays as it is.

    Lines are given whole: those with an `id` are changed, those without are added, those that are
    missing are dropped. `StaleVersion` when somebody else was faster, `NoLongerOpen` in a state
    that does not allow it.
    """
    check_version(record, version)
    change_records(resource, [(record, values)], by=by, known=known)
    return record


def change_records(
    resource: type[Resource],
    many: Iterable[tuple[Any, Values]],
    *,
    by: User | None,
    known: References | None = None,
) -> None:
    """Change many records and write them at once; all of them or none."""
    references = known or References()
    for record, values in held(resource, many):
        _check_open(resource, record)
        draw_up(resource, values, by=by, record=record, known=references)
    with explained(resource):
        session().flush()


def delete_record(resource: type[Resource], record: Any, *, by: User | None) -> None:
    """Delete a record; refused while others refer to it, and in a state that does not allow it."""
    delete_records(resource, [record], by=by)


def delete_records(resource: type[Resource], records: Sequence[Any], *, by: User | None) -> None:
    """Delete many records at once; all of them or none."""
    let_delete(resource, records, by=by)
    with explained(resource, deleting=True):
        let_go(resource, records)
        for record in records:
            for lines in resource.lines:
                getattr(record, lines.name)  # what goes with it is told in its history
            session().delete(record)
        session().flush()


def let_delete(resource: type[Resource], records: Sequence[Any], *, by: User | None) -> None:
    """Ask whether records may be deleted: by their state, and by what the department says."""
    with together(len(records), records), explained(resource, deleting=True):
        for record in records:
            _check_open(resource, record)
            if resource.on_delete is not None:
                resource.on_delete(record, by=by)


def run_action(
    resource: type[Resource],
    record: Any,
    name: str,
    values: Values,
    *,
    by: User | None,
    version: Any,
    actions: Iterable[Action] = (),
    known: References | None = None,
) -> Any:
    """Do something with a record; `actions` are what may be done beside the resource's own, `known`
    the records that were looked up before.

    `NotFound` for an unknown verb, `IllegalTransition` for a state that does not allow it.
    """
    offered = {action.name: action for action in (*resource.actions, *actions)}
    if name not in offered:
        raise NotFound
    action = offered[name]
    given = asked_values(action, values, known=known)
    check_version(record, version)
    if not action.possible(record):
        _refuse_action(action, record)
    if current().neighbours.take_word(record, name, by=by, values=values):
        return record
    opinion = _opinion_apart(action, given)
    with explained(resource), saying(opinion), watched() as steps:
        action.service(record, by=by, **given)
        session().flush()
    done = _done(action, record, steps)
    note_deed(session(), record, action=done, opinion=opinion or given.get("reason"))
    return record


def _done(action: Action, record: Any, steps: Iterable[tuple[Any, str]]) -> str:
    """Return what was done: of a step of the flow, the one that was taken instead, if another was.

    Who confirms what others must approve has sent it for approval.
    """
    taken = [step for one, step in steps if one is record]
    return taken[-1] if taken and action.transition is not None else action.name


def _opinion_apart(action: Action, given: dict[str, Any]) -> str | None:
    """Return what somebody thinks of a step; a service that was not declared to is not told."""
    said: str | None = given.get(OPINION)
    if action.transition is not None and not action.transition.opinion:
        given.pop(OPINION, None)
    return said


def _refuse_action(action: Action, record: Any) -> None:
    if action.states and record.state not in action.states:
        state: Choice = record.state
        allowed = [one.label for one in type(state) if one in action.states]
        raise IllegalTransition(step=action.label, state=state.label, allowed=allowed)
    raise NotPossibleNow(step=action.label)


def _check_open(resource: type[Resource], record: Any) -> None:
    if not resource.is_open(record):
        raise NoLongerOpen(record)


def check_version(record: CompanyModel, version: Any) -> None:
    if version is None:
        raise InvalidInput({"version": [_("This field is required.")]})
    if isinstance(version, bool) or not isinstance(version, int):
        raise InvalidInput({"version": [_("This must be a whole number.")]})
    if version != record.version:
        raise StaleVersion
