"""How the API of a resource finds its record, refuses, and does a thing once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, ClassVar

from flask import Response, request
from flask_appbuilder.api import BaseApi

from bumen.errors import NotFound
from bumen.idempotency import IdempotencyKey, claim
from bumen.reading import as_json, one_of
from bumen.resource import READ, Resource
from bumen.unit_of_work import committed, current
from bumen.visibility import as_seen
from bumen.web.answers import answer, dumped
from bumen.web.reached import reach, read_one
from bumen.web.security import allowed, require


class RecordApi(BaseApi):
    """The API of one resource: what all its parts need."""

    declared: ClassVar[type[Resource]]

    @property
    def resource(self) -> type[Resource]:
        """The resource as whoever asks meets it."""
        return as_seen(self.declared)

    @property
    def _view(self) -> str:
        return self.declared.permission()

    def _require(self, permission: str, *, verb: str | None = None) -> None:
        require(permission, self._view)
        if verb is not None and verb not in self.resource.can:
            raise NotFound

    def _claim(self, key: str) -> IdempotencyKey:
        return claim(key, fingerprint=_fingerprint(), plugin=self.resource.plugin())

    def _to_read(self, ident: int) -> Any:
        """Return a record to who may read it: by right, or because they are asked about it."""
        return read_one(self.declared, ident)

    def _require_reading(self, ident: int) -> None:
        """Refuse who may not read such records, and is not asked about this one either."""
        if not allowed(READ, self._view) and not reach(self.declared, ident):
            require(READ, self._view)

    def _found(self, ident: int) -> Any:
        record = current().session.scalar(one_of(self.resource, ident))
        if record is None:
            raise NotFound
        return record

    def _told_new(self, record: Any) -> dict[str, Any]:
        doubts = self.resource.doubts_about(record)
        return {**self._told(record), **({"warnings": doubts} if doubts else {})}

    def _once(
        self, deed: Callable[[Any], Any], *, status: int, tell: Callable[[Any], dict[str, Any]]
    ) -> Response:
        """Do something and answer with its record; for a key that was used before, as before."""
        with committed(current()) as unit:
            key = request.headers.get("Idempotency-Key")
            claimed = None if key is None else self._claim(key)
            if claimed is not None and claimed.status is not None:
                return answer(claimed.answer, claimed.status)
            record = deed(unit.user)
            unit.tell()
            told = dumped(tell(record))
            if claimed is not None:
                claimed.status, claimed.answer = status, json.loads(told)
        return answer(json.loads(told), status)

    def _one(self, record: Any) -> Response:
        return answer(self._told(record))

    def _told(self, record: Any) -> dict[str, Any]:
        return {"id": record.id, "result": as_json(as_seen(self.declared, record), record)}


def _fingerprint() -> str:
    asked = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.mimetype != "multipart/form-data":  # its boundary differs each time
        asked.update(request.get_data())
    for name, value in request.form.items(multi=True):
        asked.update(f"{name!r}: {value!r}\n".encode("utf-8", "replace"))
    for name, file in request.files.items(multi=True):
        asked.update(f"{name!r}: {file.filename!r}\n".encode("utf-8", "replace"))
        asked.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]
        file.stream.seek(0)
    return asked.hexdigest()
