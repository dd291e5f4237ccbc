"""How entries are sealed: each with all before it, and the last one signed with the secret key."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

BEGINNING = ""
"""The seal before the first entry."""
SEALED = (
    "company_id",
    "number",
    "resource",
    "record_id",
    "label",
    "kind",
    "action",
    "opinion",
    "way",
    "at",
    "by_id",
    "by_name",
    "changes",
)
"""What an entry's seal covers."""


def seal(before: str, entry: Mapping[str, Any]) -> str:
    """Return the seal of an entry that follows the one sealed `before`."""
    content = json.dumps(
        {name: entry[name] for name in SEALED},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=_plain,
    )
    return hashlib.sha256(f"{before}\n{content}".encode()).hexdigest()


@dataclass(frozen=True)
class Head:
    """A head is where a company's history stands; see `HistoryHead`."""

    company_id: int
    count: int = 0
    hash: str = BEGINNING
    doubted: int | None = None
    key: str = ""
    signature: str = ""


class Signet:
    """What heads are signed with, made from the secret key; without a secret nothing is signed."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(f"bumen history {secret}".encode()).digest() if secret else b""

    @property
    def name(self) -> str:
        """What tells one key from another, and says nothing about it; "" for none."""
        return hashlib.sha256(self._key + b"name").hexdigest()[:16] if self._key else ""

    def signature_of(self, head: Any) -> str:
        """Return the signature of a head; "" without a key."""
        told = f"{head.company_id} {head.count} {head.hash} {head.doubted or ''}"
        return hmac.digest(self._key, told.encode(), "sha256").hex() if self._key else ""

    def signed(self, head: Head) -> Head:
        """Return a head as it is signed with this key."""
        return replace(head, key=self.name, signature=self.signature_of(head))

    def fits(self, head: Any) -> bool:
        """Whether a head is signed with this key, and says what was signed."""
        return hmac.compare_digest(self.signature_of(head), head.signature)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be sealed.")
