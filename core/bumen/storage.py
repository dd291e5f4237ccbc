"""Where files are kept that people attach: a folder, or whatever fsspec reaches.

Names are random and say nothing. What stands here counts only while a row of the database speaks of
it: it is written before the row is committed, and removed after the row is gone.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import IO, Any

import fsspec

BLOCK = 256 * 1024
NAME_LENGTH = 40
"""No name is longer than this."""
_LOCAL = "file"


class FileStore:
    """A place for files, by an address such as `/srv/bumen/files` or `s3://bucket/folder`.

    `most_megabytes` is how large an attached file may be.
    """

    def __init__(self, address: str, *, most_megabytes: int = 25) -> None:
        self.address, self.most_megabytes = address, most_megabytes
        self._system, self._root = fsspec.core.url_to_fs(address)

    def write(self, content: IO[bytes]) -> str:
        """Keep what a file holds from its beginning on, and return the name it is kept under."""
        word = secrets.token_hex(16)
        name = f"{word[:2]}/{word}"
        path = self._path(name)
        content.seek(0)
        self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
        with self._system.open(path, "wb") as kept:
            while part := content.read(BLOCK):
                kept.write(part)
            self._make_sure(kept)
        return name

    def open(self, name: str) -> IO[bytes]:
        """Open what is kept under a name; FileNotFoundError when nothing is."""
        opened: IO[bytes] = self._system.open(self._path(name), "rb")
        return opened

    def remove(self, name: str) -> None:
        """Let go of what is kept under a name; nothing happens when nothing is."""
        with suppress(FileNotFoundError):
            self._system.rm_file(self._path(name))

    def names(self, *, older_than: timedelta = timedelta(0)) -> Iterator[str]:
        """Yield the names of everything that is kept and has not been written just now."""
        latest = datetime.now(UTC) - older_than
        for path, about in self._system.find(self._root, detail=True).items():
            if _written(about) <= latest:
                yield "/".join(PurePosixPath(path).parts[-2:])

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _make_sure(self, kept: Any) -> None:
        """Let a file of this machine reach the disk before anybody is told that it is kept."""
        if _LOCAL in self._system.protocol:
            kept.flush()
            os.fsync(kept.fileno())


def _written(about: dict[str, Any]) -> datetime:
    """Return when a file was written, whatever its system calls that; long ago if it keeps mum."""
    told = next((about[key] for key in ("mtime", "LastModified", "updated") if key in about), 0.0)
    if isinstance(told, datetime):
        return told.replace(tzinfo=told.tzinfo or UTC)
    return datetime.fromtimestamp(float(told), UTC) if isinstance(told, int | float) else _LONG_AGO


_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
