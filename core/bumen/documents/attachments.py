"""Files that people attach to a record: kept apart under random names, served by their record.

A file's content is written before its row is committed and removed after its row is gone, so that
no row ever speaks of a file that is not there.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Any

from sqlalchemy import JSON, ColumnElement, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen.documents.file_kinds import KINDS, FileKind, extension_of, kind_of_file
from bumen.documents.linked import Linked
from bumen.errors import BusinessError, NotFound
from bumen.i18n import translator
from bumen.model import CompanyModel, Keeps, index
from bumen.model.accounts import User
from bumen.resource import Resource
from bumen.storage import BLOCK, NAME_LENGTH
from bumen.unit_of_work import current, session

_ = translator(__file__, "bumen")

LONGEST_NAME = 200
_MEGABYTE = 1024 * 1024
_PLAIN_KIND = FileKind(mimetype="application/octet-stream", agrees=lambda _file, _ext: False)


class FileIsTooLarge(BusinessError):
    """The refusal of a file that is larger than an administrator allows."""

    def __init__(self, name: str, *, megabytes: int) -> None:
        said = _("“%(name)s” is larger than %(most)s MB.", name=name, most=megabytes)
        super().__init__(said, field="file")


class FileIsEmpty(BusinessError):
    """The refusal of a file without content."""

    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” is empty.", name=name), field="file")


class FileIsEvidence(BusinessError):
    """The refusal to take away what somebody else attached to a record that is closed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "“%(name)s” stays: the record can no longer be changed, and only who attached the "
                "file can take it away.",
                name=name,
            )
        )


class Attachment(Linked):
    """An attachment is a file that hangs on a record: a signed contract, a photo of damage."""

    __tablename__ = "core_attachment"
    __table_args__ = (index("resource", "record_id", "id"), index("stored_as"))
    named_by = ("name",)
    told = _("File")
    is_work = True

    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    mimetype: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored_as: Mapped[str] = mapped_column(String(NAME_LENGTH))
    tells: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """Which fields of its record it tells, by their paths; None of what people attached."""

    @property
    def kind(self) -> FileKind:
        """What kind of file it is; a plain download where the kind is no longer known."""
        return KINDS.get(extension_of(self.name), _PLAIN_KIND)

    @classmethod
    def before_leaving(cls, *theirs: ColumnElement[bool]) -> None:
        """Let the contents go once the rows are gone for good."""
        for name in session().scalars(select(cls.stored_as).where(*theirs)):
            _remove_afterwards(name)


def attach_file(
    resource: type[Resource],
    record: Any,
    *,
    name: str,
    content: IO[bytes],
    tells: Iterable[str] | None = None,
) -> Attachment:
    """Attach a file to a record, and return what is written down of it.

    Of one that was made from the record, `tells` names the fields it tells, by their paths: from
    whom one of them is hidden, the file is kept. Refuses what is empty, too large, of a kind that
    is not let in, or not what its name says.
    """
    if Keeps.FILES not in resource.model.keeps:
        raise NotFound
    called, files = tidy_name(name), current().neighbours.files
    size, digest = _measured(content, called, most_megabytes=files.most_megabytes)
    kind = kind_of_file(called, content)
    stored_as = files.write(content)
    current().if_undone(partial(files.remove, stored_as))
    made = Attachment(
        resource=resource.key(),
        record_id=record.id,
        name=called,
        mimetype=kind.mimetype,
        size=size,
        sha256=digest,
        stored_as=stored_as,
        tells=None if tells is None else sorted(tells),
    )
    session().add(made)
    session().flush()
    return made


def has_files(record: CompanyModel) -> bool:
    """Whether anything hangs on a record: a contract is signed once its scan does."""
    resource: Any = current().neighbours.resource_of(type(record))
    if resource is None:
        raise LookupError(f"No resource shows a {type(record).__name__}.")
    return session().scalar(files_of(resource, record).limit(1)) is not None


def may_take_away(
    resource: type[Resource], record: Any, file: Attachment, *, by: User | None
) -> bool:
    """Whether somebody who may change the record may take a file away from it.

    What hangs on a closed record is evidence: only who attached it by mistake takes it away.
    """
    return resource.is_open(record) or (by is not None and file.created_by_id == by.id)


def take_file_away(
    resource: type[Resource], record: Any, file: Attachment, *, by: User | None
) -> None:
    """Delete a file of a record; refused for what somebody else attached once it is closed."""
    if not may_take_away(resource, record, file, by=by):
        raise FileIsEvidence(file.name)
    _remove_afterwards(file.stored_as)
    session().delete(file)
    session().flush()


def open_file(file: Attachment) -> IO[bytes]:
    """Open the content of a file; `NotFound` when somebody has removed it from the disk."""
    try:
        return current().neighbours.files.open(file.stored_as)
    except FileNotFoundError:
        raise NotFound from None


def files_of(resource: type[Resource], record: Any) -> Select[Attachment]:
    """Select the files of a record, the latest first."""
    theirs = (Attachment.resource == resource.key(), Attachment.record_id == record.id)
    return select(Attachment).where(*theirs).order_by(Attachment.id.desc())


def file_of(resource: type[Resource], record: Any, ident: int) -> Select[Attachment]:
    """Select one file of a record."""
    return files_of(resource, record).where(Attachment.id == ident)


def contents_below(plugin: str) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the contents of all files a department holds in the company, to be taken along.

    Each comes under the name it is stored as, which its row tells, with the ending people gave it.
    """
    theirs = Attachment.resource.startswith(f"{plugin}.", autoescape=True)
    files = current().neighbours.files
    for file in session().scalars(select(Attachment).where(theirs).order_by(Attachment.id)):
        with suppress(FileNotFoundError):
            content = files.open(file.stored_as)
            yield f"files/{file.stored_as}.{extension_of(file.name)}", content


def tidy_name(name: str) -> str:
    """Return a file's name as it is kept: in its own script, without folders and hidden signs."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    told = PurePosixPath(seen.strip(" .") or "file")
    room = LONGEST_NAME - len(told.suffix)
    return f"{told.stem[: max(room, 1)]}{told.suffix}"[:LONGEST_NAME]


def _measured(content: IO[bytes], name: str, *, most_megabytes: int) -> tuple[int, str]:
    """Return how long a content is, and what it adds up to."""
    content.seek(0)
    size, digest = 0, hashlib.sha256()
    while part := content.read(BLOCK):
        size += len(part)
        digest.update(part)
        if size > most_megabytes * _MEGABYTE:
            raise FileIsTooLarge(name, megabytes=most_megabytes)
    if not size:
        raise FileIsEmpty(name)
    return size, digest.hexdigest()


def _remove_afterwards(stored_as: str) -> None:
    current().afterwards(partial(current().neighbours.files.remove, stored_as))
