"""What people do with the request of a record: checked alike for pages and for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Integer, String
from sqlalchemy import Text as LongText

from bumen.approvals import (
    Place,
    add_signer,
    copy_to,
    decide,
    hand_over,
    open_request,
    remind,
    send_to,
    withdraw,
)
from bumen.approvals.errors import AlreadyDecided
from bumen.argument import Argument
from bumen.documents.asked import Asked
from bumen.errors import InvalidInput, NotFound
from bumen.i18n import Text, translator
from bumen.resource import OPINION, Resource
from bumen.schema import arguments_schema, loaded
from bumen.unit_of_work import current, session
from bumen.web.security import allowed

_ = translator(__file__, "bumen")

VIEW = "core.Approvals"
"""What rules and other people's absences are allowed by."""
REQUEST = "request_id"

_OPINION = Argument(OPINION, LongText(), label=_("Opinion"), required=False)
_PERSON = Argument("user_id", Integer(), label=_("Person"))
_PLACE = Argument("place", String(10), label=_("When"))
_STAGE = Argument("stage", Integer(), label=_("Step"))
_SEAT = Argument("seat_id", Integer(), label=_("Seat"), required=False)
_REQUEST = Argument(REQUEST, Integer(), label=_("Request for approval"), required=False)


@dataclass(frozen=True)
class Deed:
    """A deed is what may be done with a request: how it is called, what it asks, who does it."""

    name: str
    label: Text
    arguments: tuple[Argument, ...]
    run: Callable[..., Any]
    done: Text

    @property
    def asked(self) -> tuple[Argument, ...]:
        """What may be sent: its arguments, and which request was seen."""
        return (*self.arguments, _REQUEST)


def _add(ident: int, *, place: str, **more: Any) -> Any:
    chosen = next((one for one in Place if one.value == place), None)
    if chosen is None:
        raise InvalidInput({"place": [_("This value is not allowed.")]})
    return add_signer(ident, place=chosen, **more)


def _hand_over(ident: int, **more: Any) -> Any:
    return hand_over(ident, administers=allowed("write", VIEW), **more)


def _copy(ident: int, *, user_id: int, **more: Any) -> Any:
    return copy_to(ident, user_ids=[user_id], **more)


_EVERY = (
    Deed(
        "approve",
        _("Approve"),
        (_OPINION,),
        partial(decide, agrees=True),
        _("You have approved it."),
    ),
    Deed(
        "refuse",
        _("Refuse"),
        (_OPINION,),
        partial(decide, agrees=False),
        _("You have refused it."),
    ),
    Deed(
        "add",
        _("Add a signer"),
        (_PERSON, _PLACE, _OPINION),
        _add,
        _("The signer has been added."),
    ),
    Deed(
        "hand_over",
        _("Hand over"),
        (_PERSON, _OPINION, _SEAT),
        _hand_over,
        _("It has been handed over."),
    ),
    Deed("send_back", _("Send back"), (_STAGE, _OPINION), send_to, _("It has been sent back.")),
    Deed("copy", _("Send a copy"), (_PERSON, _OPINION), _copy, _("A copy has been sent.")),
    Deed("remind", _("Remind"), (), remind, _("They have been reminded.")),
    Deed("withdraw", _("Withdraw"), (), withdraw, _("It has been withdrawn.")),
)
DEEDS: Mapping[str, Deed] = {deed.name: deed for deed in _EVERY}
"""Everything that may be done with a request, by name."""


def do(resource: type[Resource], record: Any, name: str, values: Any, *, at: datetime) -> Deed:
    """Do something with the open request of a record; `values` are what was sent.

    `NotFound` for an unknown deed, `AlreadyDecided` when another request is open than was seen.
    """
    deed = DEEDS.get(name)
    if deed is None or not getattr(getattr(resource.model, "workflow", None), "approvals", None):
        raise NotFound
    given = loaded(arguments_schema(Asked(name, deed.asked)), values)
    seen = given.pop(REQUEST, None)
    request = session().scalar(open_request(resource.key(), record.id))
    if request is None or seen not in (None, request.id):
        raise AlreadyDecided
    said = {key: value for key, value in given.items() if value is not None}
    deed.run(request.id, by=current().user, at=at, **said)
    return deed
