"""What the house does for all companies, as administrators see it: when it did, and what waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from bumen.i18n import Text, translator
from bumen.jobs.rounds import RoundEntry, round_entries
from bumen.mail.models import Mail
from bumen.unit_of_work import company_now, session
from bumen.web.jobs.viewing import the_host
from bumen.worker.rounds import ROUNDS, SENDING, Round

_ = translator(__file__, "bumen")

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class RoundShown:
    """A round as people see it; `waits` says what of the company is still to be done."""

    declared: Round
    entry: RoundEntry | None
    waits: tuple[Text, ...] = ()

    @property
    def every(self) -> Text:
        """How often it is done."""
        if self.declared.every == _HOUR:
            return _("Every hour")
        return _("Every %(num)s seconds", num=int(self.declared.every.total_seconds()))

    @property
    def last_at(self) -> datetime | None:
        """When it was last done."""
        return None if self.entry is None else self.entry.last_at

    @property
    def next_at(self) -> datetime | None:
        """When it is done next, if a worker works."""
        return None if self.entry is None else self.entry.next_at

    @property
    def failed(self) -> bool:
        """Whether something went wrong in it last time."""
        return self.entry is not None and self.entry.failed


def rounds_shown() -> list[RoundShown]:
    """Return every round, with two statements."""
    kept = {one.name: one for one in session().scalars(round_entries())}
    mail = tuple(_mail_that_waits())
    return [
        RoundShown(declared=one, entry=kept.get(one.name), waits=mail if one is SENDING else ())
        for one in ROUNDS
    ]


def told_of_round(one: RoundShown) -> dict[str, Any]:
    """Return a round as programs are told of it."""
    return {
        "name": one.declared.name,
        "title": one.declared.title,
        "times": one.every,
        "last_at": one.last_at,
        "next_at": one.next_at,
        "failed": one.failed,
        "waits": list(one.waits),
    }


def _mail_that_waits() -> Iterator[Text]:
    """Say how much of the company's mail is still to be sent, uncertain, or given up."""
    if the_host().settings.smtp_url is None:
        yield _("No mail server is set up.")
    due, handed = Mail.due_at.is_not(None), Mail.handed_at.is_not(None)
    counted = select(_times(due & ~handed), _times(due & handed), _times(~due))
    unsent = (Mail.company_id == company_now().id, Mail.sent_at.is_(None))
    waiting, uncertain, given_up = session().execute(counted.where(*unsent)).one()
    if waiting:
        yield _("To be sent: %(num)s", num=waiting)
    if uncertain:
        yield _("May have arrived, to be sent again: %(num)s", num=uncertain)
    if given_up:
        yield _("Given up: %(num)s", num=given_up)


def _times(holds: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((holds, 1), else_=0)), 0)
