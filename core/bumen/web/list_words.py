"""What people call the operators that lists are narrowed by."""

from __future__ import annotations

from collections.abc import Mapping

from bumen.i18n import Text, translator
from bumen.model.describe import Kind
from bumen.reporting.words import BEFORE_TODAY, PERIODS, group_label, period_text

_ = translator(__file__, "bumen")

__all__ = ["BEFORE_TODAY", "FURTHER", "OPERATORS", "PERIODS", "group_label", "period_text"]

Words = Mapping[str, Text]

_EMPTY: Words = {"empty=1": _("is empty"), "empty=0": _("is not empty")}
_SAME: Words = {"eq": _("is"), "neq": _("is not")}
_TEXTS: Words = {
    "ct": _("contains"),
    "nct": _("does not contain"),
    **_SAME,
    "sw": _("begins with"),
    "ew": _("ends with"),
    **_EMPTY,
}
_NUMBERS: Words = {
    **_SAME,
    "ge": _("is at least"),
    "le": _("is at most"),
    "gt": _("is more than"),
    "lt": _("is less than"),
    **_EMPTY,
}
_TIMES: Words = {
    "period": _("is in"),
    "ge": _("is on or after"),
    "le": _("is on or before"),
    "gt": _("is after"),
    "lt": _("is before"),
    "eq": _("is on"),
    "neq": _("is not on"),
    **_EMPTY,
}
_CHOSEN: Words = {**_SAME, **_EMPTY}

OPERATORS: Mapping[Kind, Words] = {
    Kind.TEXT: _TEXTS,
    Kind.LONG_TEXT: _TEXTS,
    Kind.NUMBER: _NUMBERS,
    Kind.DECIMAL: _NUMBERS,
    Kind.DATE: _TIMES,
    Kind.MOMENT: {name: word for name, word in _TIMES.items() if name != "neq"},
    Kind.FLAG: {"eq": _("is")},
    Kind.CHOICE: _CHOSEN,
    Kind.REFERENCE: _CHOSEN,
    Kind.PICTURE: {},
}
"""Operators offered to people, by kind of field; `empty=1` is one together with its value."""

FURTHER: Words = {
    "in": _("is"),
    "nsw": _("does not begin with"),
    "new": _("does not end with"),
    "rel_o_m": _("is"),
    "nrel_o_m": _("is not"),
    "neq": _("is not"),
}
"""Words of what an address may ask for beside these."""
