"""The files of imports: kept in the storage, and read from a folder of the moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO, Any

from bumen.errors import InvalidInput, NotFound
from bumen.exchange import Table, read_table
from bumen.exchange.errors import BrokenRow, ContainsNul, UndecodableText
from bumen.i18n import Text, translator
from bumen.importing.errors import FileIsGone
from bumen.imports import Import, ImportFile
from bumen.imports.models import LONGEST_READING
from bumen.storage import BLOCK
from bumen.unit_of_work import current

_ = translator(__file__, "bumen")

CORRECTABLE = (UndecodableText, BrokenRow, ContainsNul)
"""What naming another encoding or delimiter may mend."""
_LONGEST = 60
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\0\r\n\t', "_"))


def plain_name(name: str) -> str:
    """Return what a file is called, without its folder, in letters that any disk takes."""
    path = Path(name.replace("\\", "/").rpartition("/")[2].translate(_NOT_IN_NAMES).strip(" ."))
    stem = path.stem.encode("utf-8", "replace").decode()[:_LONGEST] or "table"
    suffix = path.suffix.encode("utf-8", "replace").decode()
    return f"{stem}{suffix[:10]}"


def reading_of(
    said: Mapping[str, str | None], *, mapping: Mapping[str, Any] | None = None
) -> dict[str, str | None]:
    """Return how a file is to be read, None for what is found out; else the mapping may say.

    Refuses what no encoding, no delimiter and no sheet can be called.
    """
    given = {name: said.get(name) or (mapping or {}).get(name) for name in LONGEST_READING}
    wrong: dict[str, list[Text | str]] = {}
    for name, longest in LONGEST_READING.items():
        if len(given.get(name) or "") > longest:
            wrong[name] = [_("At most %(num)s characters.", num=longest)]
    if wrong:
        raise InvalidInput(wrong)
    return {name: given.get(name) or None for name in LONGEST_READING}


@contextmanager
def laid_down(
    name: str, content: IO[bytes], beside: Sequence[tuple[str, IO[bytes]]] = ()
) -> Iterator[Path]:
    """Lay a file into a folder of its own, under its name, and others beside it, to be read."""
    with TemporaryDirectory(prefix="bumen-import-") as folder:
        path = Path(folder) / plain_name(name)
        for called, one in ((path.name, content), *beside):
            one.seek(0)
            with (Path(folder) / called).open("wb") as file:
                copyfileobj(one, file, BLOCK)
        yield path


def store(content: IO[bytes]) -> str:
    """Keep a file for as long as its row is kept; return what it is stored as."""
    files = current().neighbours.files
    stored = files.write(content)
    current().if_undone(partial(files.remove, stored))
    return stored


def remove_files(kept: Import) -> None:
    """Let the files of an import go, once that is permanent."""
    names = [one.stored_as for one in kept.beside]
    for stored_as in (kept.stored_as, *names):
        if stored_as is not None:
            current().afterwards(partial(current().neighbours.files.remove, stored_as))
    kept.stored_as = None
    kept.beside.clear()


def put_beside(kept: Import, *, name: str, content: IO[bytes]) -> str:
    """Keep a second file of an import; return what it is called there: no two are called alike."""
    called = plain_name(name)
    taken = {kept.file_name, *(one.name for one in kept.beside)}
    number = 2
    while called in taken:
        called, number = f"{number}-{plain_name(name)}", number + 1
    kept.beside.append(ImportFile(name=called, stored_as=store(content)))
    return called


def drop_beside(kept: Import, name: str) -> None:
    """Let a second file go; `NotFound` when there is none of this name."""
    found = next((one for one in kept.beside if one.name == name), None)
    if found is None:
        raise NotFound
    current().afterwards(partial(current().neighbours.files.remove, found.stored_as))
    kept.beside.remove(found)


@contextmanager
def folder_of(kept: Import) -> Iterator[Path]:
    """Lay the files of an import into a folder; return where the first one is."""
    with ExitStack() as opened:
        content = opened.enter_context(stored(kept))
        beside = [(one.name, opened.enter_context(_open(one.stored_as))) for one in kept.beside]
        yield opened.enter_context(laid_down(kept.file_name, content, beside))


@contextmanager
def table_of(kept: Import) -> Iterator[Table]:
    """Open the file of an import as a table, read as people have corrected it."""
    with folder_of(kept) as path:
        yield read_table(path, encoding=kept.encoding, delimiter=kept.delimiter, sheet=kept.sheet)


def stored(kept: Import) -> IO[bytes]:
    """Open the file of an import as it was sent; `FileIsGone` when it is not kept any more."""
    if kept.stored_as is None:
        raise FileIsGone
    return _open(kept.stored_as)


def _open(stored_as: str) -> IO[bytes]:
    try:
        return current().neighbours.files.open(stored_as)
    except FileNotFoundError:
        raise FileIsGone from None
