"""What programs of others may tell us: signed with a secret both know, and each thing once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Delete, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from bumen.argument import Argument
from bumen.database import forget_some
from bumen.errors import Conflict
from bumen.i18n import Text, translator
from bumen.model import CompanyModel, Model
from bumen.unit_of_work import company_now, session
from bumen.values import BIG_ID

_ = translator(__file__, "bumen")

WINDOW = timedelta(minutes=5)
"""How far the clock of a caller may be from ours."""
SHORTEST_SECRET = 16
LONGEST_ID = 100


class AlreadyReceived(Conflict):
    """The refusal of a call that has come before: it was done then."""

    def __init__(self) -> None:
        super().__init__(_("This call has been received before; it is not done twice."))


@dataclass(frozen=True, kw_only=True, eq=False)
class SignedCall:
    """A signed call is what the program of somebody we keep a record of may tell a department.

    Programs post JSON with the `arguments` to `/api/v1/<plugin>/calls/<name>/<id of the record>`,
    signed as Standard Webhooks has it with the secret that the record keeps in `secret`; without
    one, or with one shorter than 16 characters, nobody may call. `service` is called with the
    record, the moment `at`, and the arguments; what it returns is answered.
    """

    name: str
    title: Text
    model: type[CompanyModel]
    secret: str
    service: Callable[..., Mapping[str, Any] | None]
    arguments: Sequence[Argument] = ()

    @property
    def plugin(self) -> str:
        """The department that is told."""
        return str(self.model.__tablename__).partition("_")[0]

    @property
    def key(self) -> str:
        """Its name among all: `logistics.tracking`."""
        return f"{self.plugin}.{self.name}"


class ReceivedCall(Model):
    """A received call is one that was done; kept as long as it could come again."""

    __tablename__ = "core_received_call"
    __table_args__ = (
        UniqueConstraint("company_id", "call", "record_id", "message_id"),
        Index(None, "received_at"),
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("core_company.id", ondelete="CASCADE"))
    plugin: Mapped[str] = mapped_column(String(40))
    call: Mapped[str] = mapped_column(String(80))
    record_id: Mapped[int] = mapped_column(BIG_ID)
    message_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    received_at: Mapped[datetime]


def receive(call: SignedCall, record: Any, *, message_id: str, at: datetime) -> None:
    """Write down that a call is done, as part of what is done; refuses one that came before."""
    received = ReceivedCall(
        company_id=company_now().id,
        plugin=call.plugin,
        call=call.key,
        record_id=record.id,
        message_id=message_id,
        received_at=at,
    )
    try:
        with session().begin_nested():
            session().add(received)
    except IntegrityError:
        raise AlreadyReceived from None


def forget_calls(*, before: datetime) -> Delete:
    """Delete some of the calls that would be too old by now."""
    return forget_some(ReceivedCall, ReceivedCall.received_at < before)
