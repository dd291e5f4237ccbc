"""The groups of a list in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bumen.formats import EMPTY, Formats, formats_here
from bumen.i18n import translator
from bumen.listing import Condition, Gathered, GroupKey, Listing, key_of
from bumen.model.describe import Kind
from bumen.resource import Resource
from bumen.web.list_words import period_text

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group is the rows that are alike: how many they are, and what they come to.

    `value` is a member of the choice, the id of what is referred to, a flag, or a span of time as
    it is written, 2026-11; None stands for no value. `condition` narrows the list to these rows:
    `address.query(group=None, **address.narrowing(group.condition))`.
    """

    value: Any
    label_value: str
    tone: str
    count: int
    totals: Mapping[str, Decimal]
    condition: Condition


class Groups(list[Group]):
    """Groups in the order people look for them; `is_capped` when there are more than are shown."""

    def __init__(
        self,
        resource: type[Resource],
        listing: Listing,
        found: Iterable[Gathered],
        *,
        is_capped: bool,
    ) -> None:
        key, formats = key_of(resource, listing.group), formats_here()
        super().__init__(_group(key, one, formats) for one in found)
        self.is_capped = is_capped


def _group(key: GroupKey, one: Gathered, formats: Formats) -> Group:
    is_choice = key.field.kind is Kind.CHOICE and one.value is not None
    return Group(
        value=one.value,
        label_value=_label(key, one, formats),
        tone=str(one.value.tone or "") if is_choice else "",
        count=one.count,
        totals=one.totals,
        condition=one.condition,
    )


def _label(key: GroupKey, one: Gathered, formats: Formats) -> str:
    if one.value is None:
        return EMPTY
    if key.span is not None:
        return period_text(one.value, formats)
    if key.field.kind is Kind.REFERENCE:
        return one.name or f"#{one.value}"
    return formats.value(key.field, one.value)
