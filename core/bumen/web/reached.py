"""Records that somebody reads because they are asked to decide about them, whatever rights say.

Being asked opens that one record: its page, its files, its discussion, its history. It opens no
list, shows no field that is hidden, and lets nothing be done but to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from flask import g
from flask_appbuilder.security.decorators import has_access

from bumen.approvals import approval_in, is_asked
from bumen.company.holding import held_roles
from bumen.errors import Forbidden, NotFound
from bumen.i18n import translator
from bumen.reading import one_of
from bumen.resource import READ, WRITE, Resource
from bumen.unit_of_work import current, session
from bumen.values import is_record_id
from bumen.visibility import as_seen, denied
from bumen.web.programs import key_of_request
from bumen.web.security import allowed, require

_ = translator(__file__, "bumen")


class OnlyAsked(Forbidden):
    """The refusal to do more with a record than to answer what one is asked about it."""

    code = "only_asked"

    def __init__(self) -> None:
        super().__init__(
            _("You may read this because your decision is asked for. Doing more is left to others.")
        )


def read_one(resource: type[Resource], ident: int) -> Any:
    """Return a record to read, by right or because whoever looks is asked about it."""
    if allowed(READ, resource.permission()) and (found := _found(resource, ident)) is not None:
        return found
    if not reach(resource, ident):
        require(READ, resource.permission())
        raise NotFound
    if (found := _found(resource, ident)) is None:
        raise NotFound
    return found


def one_to_act_on(resource: type[Resource], ident: int, name: str) -> Any:
    """Return a record to do something with: by right, or because it is one's answer."""
    view = resource.permission()
    known = _found(resource, ident) if allowed(name, view) else None
    if known is not None and not only_asked(resource, known):
        return known
    if _decides(resource, name) and reach(resource, ident):
        found = _found(resource, ident)
        if found is not None and name in answers_of(found):
            return found
        raise OnlyAsked
    require(name, view)
    raise NotFound if known is None else OnlyAsked


def answers_of(record: Any) -> frozenset[str]:
    """Return the actions by which whoever looks says yes or no, where that counts now."""
    approval, user = approval_in(record), current().user
    if approval is None or user is None or not is_asked(record, by=user, at=datetime.now(UTC)):
        return frozenset()
    return frozenset({approval.approve, approval.refuse})


def only_asked(resource: type[Resource], record: Any) -> bool:
    """Whether whoever looks sees a record for no other reason than being asked about it."""
    return record.id in current().reached.get(resource.key(), ())


def still_reads(resource: type[Resource], ident: int) -> bool:
    """Whether who has just seen a record because of being asked may see it again."""
    unit, key = current(), resource.key()
    if ident not in unit.reached.get(key, ()):
        return True
    return unit.user.id in unit.neighbours.asked_about(key, ident)


def reach(resource: type[Resource], ident: int) -> bool:
    """Let whoever looks read a record they are asked about; whether there is such a one."""
    unit, key = current(), resource.key()
    if ident in unit.reached.get(key, ()):
        return True
    if unit.user is None or not opens_to_asked(resource) or not is_record_id(ident):
        return False
    if unit.user.id not in unit.neighbours.asked_about(key, ident):
        return False
    open_up(resource, {ident})
    return True


def open_up(resource: type[Resource], idents: Set[int]) -> None:
    """Let whoever looks read some records, of which it is known that they are asked about them."""
    unit, key, view = current(), resource.key(), resource.permission()
    unit.reached = {**unit.reached, key: unit.reached.get(key, frozenset()) | idents}
    if not allowed(READ, view) and g.has_field_rules:
        roles = held_roles(unit.user.id, g.membership_id)
        held = {**unit.field_rules(), view: (denied(view, roles, company_id=g.company.id),)}
        unit.field_rules = lambda: held


def reads_one(view: Callable[..., Any]) -> Callable[..., Any]:
    """Guard a page of one record: open to whoever reads such records, and to who is asked."""
    guarded = has_access(view)

    @wraps(guarded)
    def opened(self: Any, ident: int, **more: Any) -> Any:
        declared: type[Resource] = self.declared
        if not allowed(READ, declared.permission()) and reach(declared, ident):
            return view(self, ident, **more)
        return guarded(self, ident, **more)

    return opened


def may_write(resource: type[Resource], record: Any) -> bool:
    """Whether whoever looks may change such records, and sees this one by right."""
    return allowed(WRITE, resource.permission()) and not only_asked(resource, record)


def list_shown(resource: type[Resource], address: str) -> str:
    """Return the address of a list for whoever may read it, "" for others."""
    return address if allowed(READ, resource.permission()) else ""


def opens_to_asked(resource: type[Resource]) -> bool:
    """Whether being asked counts here: the department is on, and others decide in it."""
    key = key_of_request()
    if key is not None and not key.reaches(f"can_{READ}", resource.permission()):
        return False
    workflow = getattr(resource.model, "workflow", None)
    return resource.plugin() in current().on and bool(getattr(workflow, "approvals", None))


def _found(resource: type[Resource], ident: int) -> Any:
    return session().scalar(one_of(as_seen(resource), ident)) if is_record_id(ident) else None


def _decides(resource: type[Resource], name: str) -> bool:
    workflow = getattr(resource.model, "workflow", None)
    every = workflow.approvals.values() if workflow is not None else ()
    return any(name in (one.approve, one.refuse) for one in every)
