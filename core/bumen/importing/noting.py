"""What an import has made and changed, noted as it does so: enough to put it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert

from bumen.documents.history import HistoryKind, Touched, noted
from bumen.documents.history.values import VEILED, Named
from bumen.imports import ImportedRecord
from bumen.resource import Resource
from bumen.unit_of_work import session

Values = dict[str, Any]


class Noting:
    """Writes down which records of a resource an import makes and changes, chunk by chunk."""

    def __init__(self, import_id: int, resource: type[Resource]) -> None:
        self._import_id = import_id
        self._model = resource.model
        self._lines = {lines.model: lines.name for lines in resource.lines}
        self._read = len(noted(session()).items)

    def take(self, records: Iterable[Any]) -> None:
        """Write down what became of these records since the last time."""
        session().flush()
        notes = _Notes(self._lines)
        items = noted(session()).items
        for touched in items[self._read :]:
            if isinstance(touched, Touched):
                notes.add(touched, of=self._model)
        self._read = len(items)
        rows = [self._row(record, notes) for record in records]
        if found := [row for row in rows if row is not None]:
            session().execute(insert(ImportedRecord), found)

    def begin_anew(self) -> None:
        """Look at what is noted from its beginning: what was noted so far has been kept."""
        self._read = 0

    def _row(self, record: Any, notes: _Notes) -> Values | None:
        before = notes.before.get(record.id)
        lines = notes.lines.get(record.id)
        made = record.id in notes.made
        if not made and before is None and lines is None:
            return None
        return {
            "import_id": self._import_id,
            "record_id": record.id,
            "made": made,
            "version": record.version,
            "before": None if made else before,
            "lines": None if made else lines,
        }


class _Notes:
    """What became of records in one chunk, by their ids."""

    def __init__(self, lines: dict[type[Any], str]) -> None:
        self._names = lines
        self.made: set[int] = set()
        self.before: dict[int, Values] = {}
        self.lines: dict[int, Values] = {}

    def add(self, touched: Touched, *, of: type[Any]) -> None:
        """Take over what became of a record, or of a line of one."""
        if touched.model is of and touched.kind is HistoryKind.MADE:
            self.made.add(touched.ident)
        elif touched.model is of and touched.kind is HistoryKind.CHANGED:
            kept = self.before.setdefault(touched.ident, {})
            for name, (before, _after) in touched.differences.items():
                kept.setdefault(name, _value(before))
        elif touched.model in self._names and touched.place is not None:
            self._add_line(touched, touched.place)

    def _add_line(self, touched: Touched, document: int) -> None:
        kept = self.lines.setdefault(document, {})
        told = kept.setdefault(
            self._names[touched.model], {"made": [], "changed": {}, "dropped": []}
        )
        values = {name: _value(before) for name, (before, _a) in touched.differences.items()}
        if touched.kind is HistoryKind.MADE:
            told["made"].append(touched.ident)
        elif touched.kind is HistoryKind.DELETED:
            told["dropped"].append(values)
        else:
            told["changed"][str(touched.ident)] = values


def _value(before: Any) -> Any:
    """Return a value as it was, as people write it; what is veiled cannot be put back."""
    if before is VEILED:
        return {"veiled": True}
    return before.ident if isinstance(before, Named) else before
