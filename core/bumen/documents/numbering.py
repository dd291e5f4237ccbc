"""Numbers of documents: without duplicates and without gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from bumen.model import Model
from bumen.unit_of_work import company_now, current

_YEARLY = re.compile(r"\{YYYY\}|\{YY\}")
_COUNTER = re.compile(r"\{(0+)\}")


class Sequence(Model):
    """The last number given to one kind of document in one period."""

    __tablename__ = "core_sequence"

    company_id: Mapped[int] = mapped_column(
        ForeignKey("core_company.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    last: Mapped[int]


_SEQUENCES = Sequence.metadata.tables[Sequence.__tablename__]


def next_number(pattern: str, *, kind: str, on: date) -> str:
    """Take the next number of a kind: `next_number("SO-{YYYY}-{000}", kind="order", on=day)`.

    `{YYYY}` and `{YY}` are the year, `{MM}` the month, `{000}` the counter with that many digits at
    least. Counters start anew each year where the pattern holds the year, each month where it
    holds the month. The row stays locked until the unit of work ends, and a unit that is rolled
    back gives its number back: no duplicates, no gaps, however many work at once. Who only tries
    something is told the number that would come next, and keeps nobody waiting.
    """
    period = (f"{on:%Y}" if _YEARLY.search(pattern) else "") + (
        f"{on:%m}" if "{MM}" in pattern else ""
    )
    count = _count(kind, period)
    dated = (
        pattern.replace("{YYYY}", f"{on:%Y}")
        .replace("{YY}", f"{on:%y}")
        .replace("{MM}", f"{on:%m}")
    )
    return _COUNTER.sub(lambda digits: f"{count:0{len(digits[1])}d}", dated)


def _count(kind: str, period: str) -> int:
    """Raise the counter; what else waits to be written is not written for that."""
    session = current().session
    key = {"company_id": company_now().id, "kind": kind, "period": period}
    if (tried := current().tried) is not None:
        tried[kind, period] = tried.get((kind, period)) or _last(key)
        tried[kind, period] += 1
        return tried[kind, period]
    raised = (
        update(_SEQUENCES)
        .where(*(_SEQUENCES.c[name] == value for name, value in key.items()))
        .values(last=_SEQUENCES.c.last + 1)
        .returning(_SEQUENCES.c.last)
    )
    with session.no_autoflush:
        if (count := session.scalar(raised)) is not None:
            return int(count)
        with suppress(IntegrityError), session.begin_nested():  # whoever is first makes the row
            session.execute(insert(_SEQUENCES).values(**key, last=0))
        return int(session.execute(raised).scalar_one())


def _last(key: Mapping[str, Any]) -> int:
    """Return the last number given; 0 when there was none yet."""
    wheres = (_SEQUENCES.c[name] == value for name, value in key.items())
    with current().session.no_autoflush:
        return int(current().session.scalar(select(_SEQUENCES.c.last).where(*wheres)) or 0)
