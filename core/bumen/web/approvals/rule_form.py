"""The form of an approval rule: plain boxes, and rows that say who is asked at which step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Integer

from bumen.approvals import ApprovalRule
from bumen.approvals.ruling import Written
from bumen.approvals.spelling import written_asker, written_due
from bumen.errors import InvalidInput
from bumen.formats import formats_here, read_number, typed_decimal
from bumen.i18n import Text, translator
from bumen.model.accounts import User
from bumen.model.describe import Kind
from bumen.organisation import organisation
from bumen.values import MoneyType, is_record_id
from bumen.web.asked import Asked
from bumen.web.box_form import BoxForm
from bumen.web.fields import LookupBox, box_for
from bumen.web.lookups import equip

_ = translator(__file__, "bumen")

MOST_ROWS = 24
_EMPTY_ROWS = 3
_PLAIN = ("title", "role", "amount_field")
_PLACES: Mapping[str, Text] = {"department": _("Department"), "region": _("Region")}
_MOST_DIGITS = 19
_UNITS = {"hours", "days"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row says who is asked at a step: `who` is a code such as `role:sales.manager`."""

    number: int
    step: str = ""
    who: str = ""
    ask: str = "all"
    due: str = ""
    unit: str = "hours"
    person: Any = None


def rows_of(rule: ApprovalRule | None, sent: Mapping[str, str]) -> list[Row]:
    """Return the rows as they were typed, or as they are kept; some are empty.

    Whoever asks for more gets one more than was sent.
    """
    found = list(_sent_rows(sent)) if sent else list(_kept_rows(rule))
    used = [row for row in found if row.who or row.step]
    wanted = max(_EMPTY_ROWS, 4 - len(used))
    if "more" in sent:
        wanted = sum(name.startswith("who.") for name in sent) - len(used) + 1
    empty = [{"who": "", "step": "", "person": ""}] * wanted
    every = [*({**vars(row)} for row in used), *empty][:MOST_ROWS]
    boxes = _person_boxes([str(one["person"] or "") for one in every])
    return [Row(**{**one, "number": n, "person": boxes[n]}) for n, one in enumerate(every)]


def written_in(sent: Mapping[str, str]) -> Written:
    """Return what was sent as values; `InvalidInput` names every mistake at its box."""
    wrong: dict[str, list[Text | str]] = {}

    def read(name: str, reading: Any) -> Any:
        try:
            return reading(sent[name].strip()) if sent.get(name, "").strip() else None
        except (ValueError, ArithmeticError):
            wrong[name] = [_("This value is not allowed.")]
            return None

    texts: dict[str, Any] = {name: sent.get(name, "") for name in _PLAIN}
    written = Written(
        **texts,
        valid_from=read("valid_from", date.fromisoformat),
        valid_until=read("valid_until", date.fromisoformat),
        rank=read("rank", _whole) or 0,
        department_id=read("department_id", _ident),
        region_id=read("region_id", _ident),
        amount_from=read("amount_from", _amount),
        amount_to=read("amount_to", _amount),
        steps=_steps(sent),
    )
    if wrong:
        raise InvalidInput(wrong)
    return written


def typed_of(rule: ApprovalRule | None, *, on: date) -> dict[str, str]:
    """Return what the plain boxes show of a rule, or of a new one that begins on a day."""
    if rule is None:
        return {"valid_from": on.isoformat(), "rank": "10"}
    values = {name: getattr(rule, name) or "" for name in _PLAIN}
    days = {name: getattr(rule, name) for name in ("valid_from", "valid_until")}
    amounts = {name: getattr(rule, name) for name in ("amount_from", "amount_to")}
    return {
        **values,
        "rank": str(rule.rank),
        **{name: day.isoformat() if day else "" for name, day in days.items()},
        **{n: typed_decimal(a, places=2) if a is not None else "" for n, a in amounts.items()},
    }


def place_boxes(
    rule: ApprovalRule | None, sent: Mapping[str, str], wrong: Mapping[str, Any]
) -> list[LookupBox]:
    """Return the boxes to look a department and a region up; none where nobody keeps any."""
    kept = organisation()
    if kept is None:
        return []
    form = BoxForm({f"{one}_id": _place_box(getattr(kept, one), one) for one in _PLACES})
    form.process(None)
    for box in form.boxes:
        kept_id = str(getattr(rule, box.short_name, None) or "")
        box.typed = sent.get(box.short_name, "") if sent else kept_id
        box.errors = list(wrong.get(box.short_name, ()))
    equip(form.lookups())
    return list(form.lookups())


def _place_box(target: type[Any], name: str) -> Any:
    asked = Asked(
        kind=Kind.REFERENCE,
        stored=BigInteger(),
        label=_PLACES[name],
        help=_("Those below count, too."),
        target=target,
    )
    return box_for(asked, id=f"{name}_id")


def _steps(sent: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rows as steps: those with the same number are asked at the same time."""
    grouped: dict[int, list[Row]] = defaultdict(list)
    last = 0
    for row in _sent_rows(sent):
        if row.who:
            last = _number_in(row.step) or last + 1
            grouped[last].append(row)
    return [
        {
            "ask": rows[0].ask,
            "of": [_asker(row) for row in rows],
            "due": next((f"{row.unit}:{row.due.strip()}" for row in rows if row.due.strip()), None),
        }
        for _number, rows in sorted(grouped.items())
    ]


def _asker(row: Row) -> dict[str, Any]:
    """Return who is asked as JSON values; what is no such thing is refused with the steps."""
    kind, _sign, name = row.who.partition(":")
    if kind == "person":
        return {"person": _number_in(str(row.person or ""))}
    if kind == "superior":
        return {"superior": _number_in(name)}
    if kind == "everybody":
        return {"role": name, "everybody": True}
    return {"manager": True} if kind == "manager" else {kind: name}


def _number_in(typed: str) -> int:
    """Return a number of at most nine digits; 0, which nothing has, for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _sent_rows(sent: Mapping[str, str]) -> Iterator[Row]:
    for number in range(MOST_ROWS):
        if f"who.{number}" in sent:
            of_row = {key: sent.get(f"{key}.{number}", "") for key in ("step", "who", "due")}
            yield Row(
                number=number,
                **of_row,
                ask=sent.get(f"ask.{number}", "all"),
                unit=sent.get(f"unit.{number}", "hours"),
                person=sent.get(f"person.{number}", ""),
            )


def _kept_rows(rule: ApprovalRule | None) -> Iterator[Row]:
    for step, one in enumerate(rule.stages if rule else (), start=1):
        ask, due = type(one).__name__[:3].lower(), written_due(one.due) or ""
        unit, _sign, amount = due.partition(":")
        for asker in one.askers:
            [(kind, value), *more] = written_asker(asker).items()
            who = {"person": "person", "manager": "manager"}.get(kind, f"{kind}:{value}")
            yield Row(
                number=0,
                step=str(step),
                who=f"everybody:{value}" if more else who,
                ask=ask,
                due=amount,
                unit=unit or "hours",
                person=value if kind == "person" else "",
            )


def _person_boxes(chosen: list[str]) -> list[Any]:
    """Return a box to look somebody up for each row, with who is chosen."""
    asked = Asked(kind=Kind.REFERENCE, stored=Integer(), label=_("Person"), target=User)
    form = BoxForm({f"person.{n}": box_for(asked, id=f"person-{n}") for n in range(len(chosen))})
    form.process(None)
    for number, box in enumerate(form.boxes):
        box.typed = chosen[number]
    equip(form.lookups())
    return form.boxes


def _ident(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and is_record_id(int(typed[:_MOST_DIGITS]))):
        raise ValueError(typed)
    return int(typed[:_MOST_DIGITS])


def _whole(typed: str) -> int:
    return int(read_number(typed, formats_here()))


def _amount(typed: str) -> Decimal:
    return MoneyType().checked(Decimal(read_number(typed, formats_here())))
