"""What a unit of work did to each record, put together from all that was noted on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bumen.documents.history.changes import Deed, Touched
from bumen.documents.history.models import HistoryKind
from bumen.documents.history.standing_in import Absentee
from bumen.documents.history.values import VEILED, Named, Told, document_of, told_columns
from bumen.model import CompanyModel

LabelOf = Callable[[Named], str]
_MADE, _DELETED = HistoryKind.MADE, HistoryKind.DELETED


@dataclass
class Part:
    """What became of a record or a line: the first value of each field, and the last."""

    model: type[CompanyModel]
    ident: int
    kind: HistoryKind = HistoryKind.CHANGED
    fields: dict[str, list[Any]] = field(default_factory=dict)
    label: str | Named | None = None
    position: int | None = None
    """Where a line stood first, if it was moved."""
    is_void: bool = False
    """Whether it was made and deleted again, as if it had never been."""
    _changed: list[tuple[Told, Any, Any]] | None = None

    def take(self, touched: Touched) -> None:
        """Add what became of it afterwards."""
        if touched.kind is _DELETED and self.kind is _MADE:
            self.is_void = True
        if touched.kind is not HistoryKind.CHANGED:
            self.kind = touched.kind
        self.label = touched.label or self.label
        self.position = touched.position if self.position is None else self.position
        self._changed = None
        for key, (before, after) in touched.differences.items():
            self.fields.setdefault(key, [before, after])[1] = after

    def changed(self) -> list[tuple[Told, Any, Any]]:
        """Return the fields that are not what they were, in the order of the table."""
        if self._changed is None:
            told = (one for one in told_columns(self.model) if one.key in self.fields)
            self._changed = [
                (column, before, after)
                for column in told
                for before, after in [self.fields[column.key]]
                if not _same(before, after) or (before is VEILED and after is VEILED)
            ]
        return self._changed


@dataclass(frozen=True, kw_only=True)
class Order:
    """An order is how the lines of a document stood, and how they stand now, by their labels."""

    lines: str
    before: tuple[str | Named | None, ...]
    after: tuple[str | Named | None, ...]

    def told(self, label_of: LabelOf) -> dict[str, Any]:
        """Return it as JSON values."""
        before, after = (
            [_label(one, label_of) for one in some] for some in (self.before, self.after)
        )
        return {"lines": self.lines, "from": before, "to": after}


@dataclass
class Story:
    """What became of a record, its lines, and what was done with it."""

    whole: Part
    resource: str
    lines: dict[tuple[str, int], Part] = field(default_factory=dict)
    hung: dict[tuple[str, int], Part] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    """What became of the order of its lines."""

    @property
    def kind(self) -> HistoryKind:
        """What it comes to."""
        kind = self.whole.kind
        return HistoryKind.DONE if self.deeds and kind is HistoryKind.CHANGED else kind

    @property
    def action(self) -> str | None:
        """The last action that was done."""
        return self.deeds[-1].action if self.deeds else None

    @property
    def opinion(self) -> str | None:
        """The last reason that was given."""
        return next((one.opinion for one in reversed(self.deeds) if one.opinion), None)

    @property
    def instead_of(self) -> Absentee | None:
        """In whose place the last action was done, where somebody stood in."""
        return self.deeds[-1].instead_of if self.deeds else None

    @property
    def receiver(self) -> dict[str, Any] | None:
        """Where the last that was sent of it went, as JSON values."""
        sent = next((one.receiver for one in reversed(self.deeds) if one.receiver), None)
        return None if sent is None else {"address": sent.address, "paths": [*sent.paths]}

    def names(self) -> Iterator[Named]:
        """Yield every record that it names."""
        if self.whole.label is None:
            yield Named(target=self.whole.model, ident=self.whole.ident)
        for part in (self.whole, *self.lines.values(), *self.hung.values()):
            for _column, before, after in part.changed():
                yield from (one for one in (before, after) if isinstance(one, Named))
            if isinstance(part.label, Named):
                yield part.label
        for order in self.orders:
            yield from (one for one in order.after if isinstance(one, Named))

    def is_empty(self) -> bool:
        """Whether there is nothing to tell after all."""
        parts = [*self.lines.values(), *self.hung.values()]
        told = self.deeds or self.orders or any(_is_told(one) for one in parts)
        if self.whole.is_void:
            return True
        changed = self.whole.kind is not HistoryKind.CHANGED or any(self.whole.changed())
        return not (told or changed)

    def changes(self, label_of: LabelOf) -> dict[str, Any]:
        """Return what has changed as JSON values."""
        lines = [
            {
                "lines": name,
                "id": part.ident,
                "kind": str(part.kind),
                "label": _label(part.label, label_of),
                "fields": _fields(part, label_of),
            }
            for (name, _ident), part in self.lines.items()
            if _is_told(part)
        ]
        hung = [
            {"on": name, "kind": str(part.kind), "label": _label(part.label, label_of)}
            for (name, _ident), part in self.hung.items()
            if not part.is_void
        ]
        told: dict[str, Any] = {"fields": _fields(self.whole, label_of)}
        orders = [one.told(label_of) for one in self.orders]
        absentee = self.instead_of.to_json() if self.instead_of else None
        more: dict[str, Any] = {"lines": lines, "hung": hung, "orders": orders}
        more |= {"instead_of": absentee, "receiver": self.receiver}
        return told | {name: some for name, some in more.items() if some}


class Stories:
    """The stories of a unit of work, in the order in which their records were written first.

    `key_of` tells what a model's records go by in the history, `model_of` turns that round, and
    `orders_of` says what became of the order of a story's lines.
    """

    def __init__(
        self,
        *,
        key_of: Callable[[type[Any]], str],
        model_of: Callable[[str], type[CompanyModel] | None],
        orders_of: Callable[[Story], list[Order]],
    ) -> None:
        self._key_of = key_of
        self._orders_of = orders_of
        self._model_of = model_of
        self._stories: dict[tuple[str, int], Story] = {}

    def told(self, items: Iterable[Touched | Deed]) -> list[Story]:
        """Return what became of each record, by all that was noted."""
        for item in items:
            self._take(item)
        for story in self._stories.values():
            if any(part.position is not None for part in story.lines.values()):
                story.orders = self._orders_of(story)
        return [one for one in self._stories.values() if not one.is_empty()]

    def _take(self, item: Touched | Deed) -> None:
        document = document_of(item.model)
        if isinstance(item, Deed):
            self._story(item.model, item.ident).deeds.append(item)
        elif item.on is not None:
            model = self._model_of(item.on[0])
            if model is not None:
                _into(self._story(model, item.on[1]).hung, str(item.model.__tablename__), item)
        elif document is None or item.place is None:
            self._story(item.model, item.ident).whole.take(item)
        elif document.model.in_history:
            _into(self._story(document.model, item.place).lines, document.lines, item)

    def _story(self, model: type[CompanyModel], ident: int) -> Story:
        key = self._key_of(model)
        fresh = Story(whole=Part(model=model, ident=ident), resource=key)
        return self._stories.setdefault((key, ident), fresh)


def _is_told(part: Part) -> bool:
    """Whether something became of a line, beside that it was moved."""
    return not part.is_void and (part.kind is not HistoryKind.CHANGED or any(part.changed()))


def _into(parts: dict[tuple[str, int], Part], name: str, item: Touched) -> None:
    parts.setdefault((name, item.ident), Part(model=item.model, ident=item.ident)).take(item)


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, Named) and isinstance(after, Named):
        return before.ident == after.ident
    return bool(before == after)


def _label(label: str | Named | None, label_of: LabelOf) -> str:
    return label_of(label) if isinstance(label, Named) else label or ""


def _fields(part: Part, label_of: LabelOf) -> list[dict[str, Any]]:
    return [
        {"field": column.name}
        if column.is_veiled
        else {
            "field": column.name,
            "from": _value(before, label_of),
            "to": _value(after, label_of),
        }
        for column, before, after in part.changed()
    ]


def _value(value: Any, label_of: LabelOf) -> Any:
    if isinstance(value, Named):
        return {"id": value.ident, "label": label_of(value)}
    return value
