"""Which kinds of files may be attached, and whether a file is what its name says.

Only what offices exchange is let in, and nothing that a browser or a machine would run. A name is
believed when the content agrees with it: by its signature, by what lies in its archive, or by
being plain text.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import puremagic
from charset_normalizer import from_bytes

from bumen.errors import BusinessError
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")

_HEAD = 8 * 1024
_SAMPLE = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_ENTRIES = 20_000
BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
"""What looking into an archive raises when it is damaged, or made to harm."""

Agrees = Callable[[IO[bytes], str], bool]
"""Whether a content (at its beginning) agrees with an extension."""


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """A kind of file that may be attached; `is_shown` says whether browsers may draw it."""

    mimetype: str
    agrees: Agrees
    icon: str = "file"
    is_shown: bool = False

    @property
    def is_image(self) -> bool:
        """Whether it is a picture that pages may show."""
        return self.is_shown and self.mimetype.startswith("image/")


class FileKindIsRefused(BusinessError):
    """The refusal of a file of a kind that is not attached here."""

    def __init__(self, name: str) -> None:
        said = _("Files like “%(name)s” cannot be attached here.", name=name)
        super().__init__(said, field="file")


class FileIsNotWhatItSays(BusinessError):
    """The refusal of a file whose content is not what its name says."""

    def __init__(self, name: str, extension: str) -> None:
        said: Text = _(
            "“%(name)s” is no %(extension)s file: its content is something else.",
            name=name,
            extension=extension.upper(),
        )
        super().__init__(said, field="file")


def kind_of_file(name: str, content: IO[bytes]) -> FileKind:
    """Return the kind of a file; refuses what is not let in, and what is not what it says."""
    extension = extension_of(name)
    kind = KINDS.get(extension)
    if kind is None:
        raise FileKindIsRefused(name)
    content.seek(0)
    if not kind.agrees(content, extension):
        raise FileIsNotWhatItSays(name, extension)
    content.seek(0)
    return kind


def extension_of(name: str) -> str:
    """Return what a file's name ends with, in small letters and without the dot."""
    return PurePosixPath(name).suffix.removeprefix(".").lower()


def _signed(*known: str) -> Agrees:
    """Ask for the signature of one of these extensions, as puremagic knows them."""

    def agrees(content: IO[bytes], _extension: str) -> bool:
        try:
            found = puremagic.magic_string(content.read(_HEAD))
        except (puremagic.PureError, ValueError):
            return False
        return any(one.extension.removeprefix(".") in known for one in found)

    return agrees


def _of_media(*brands: bytes) -> Agrees:
    """Ask for a container of pictures, sound or film that names one of these brands."""

    def agrees(content: IO[bytes], _extension: str) -> bool:
        head = content.read(64)
        return head[4:8] == b"ftyp" and any(brand in head[8:] for brand in brands)

    return agrees


def _old_office(content: IO[bytes], _extension: str) -> bool:
    return content.read(len(_OLE)) == _OLE


def _archived(*places: str) -> Agrees:
    """Ask for an archive with an entry that begins with one of these, and without macros."""

    def agrees(content: IO[bytes], _extension: str) -> bool:
        try:
            with zipfile.ZipFile(content) as archive:
                names = archive.namelist()
        except BROKEN_ARCHIVE:
            return False
        runs = any(name.endswith("vbaProject.bin") for name in names)
        fits = any(name.startswith(places) for name in names)
        return len(names) <= _MOST_ENTRIES and not runs and fits

    return agrees


def _plain(content: IO[bytes], _extension: str) -> bool:
    """Whether it is text, in whatever encoding Taiwan and mainland China write in."""
    sample = content.read(_SAMPLE)
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" in sample:
        return False
    return _decodes(sample) or from_bytes(sample).best() is not None


def _decodes(sample: bytes) -> bool:
    try:
        sample[: -4 if len(sample) == _SAMPLE else None].decode()
    except UnicodeDecodeError as wrong:
        return wrong.start > len(sample) - 8 > 0 and len(sample) == _SAMPLE
    return True


_OPEN = ("mimetype",)
_IMAGE, _SHEET, _TEXT = "photo", "file-spreadsheet", "file-text"
_XML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

KINDS: Mapping[str, FileKind] = {
    "pdf": FileKind(mimetype="application/pdf", agrees=_signed("pdf"), icon=_TEXT, is_shown=True),
    **dict.fromkeys(
        ("jpg", "jpeg"),
        FileKind(mimetype="image/jpeg", agrees=_signed("jpg", "jpeg"), icon=_IMAGE, is_shown=True),
    ),
    **{
        name: FileKind(mimetype=f"image/{name}", agrees=_signed(name), icon=_IMAGE, is_shown=True)
        for name in ("png", "gif", "webp")
    },
    "bmp": FileKind(mimetype="image/bmp", agrees=_signed("bmp"), icon=_IMAGE),
    **dict.fromkeys(
        ("tif", "tiff"),
        FileKind(mimetype="image/tiff", agrees=_signed("tif", "tiff"), icon=_IMAGE),
    ),
    "heic": FileKind(
        mimetype="image/heic", agrees=_of_media(b"heic", b"heix", b"mif1"), icon=_IMAGE
    ),
    "docx": FileKind(
        mimetype=f"{_XML}.wordprocessingml.document", agrees=_archived("word/"), icon=_TEXT
    ),
    "xlsx": FileKind(mimetype=f"{_XML}.spreadsheetml.sheet", agrees=_archived("xl/"), icon=_SHEET),
    "pptx": FileKind(
        mimetype=f"{_XML}.presentationml.presentation", agrees=_archived("ppt/"), icon="report"
    ),
    "odt": FileKind(mimetype=f"{_ODF}.text", agrees=_archived(*_OPEN), icon=_TEXT),
    "ods": FileKind(mimetype=f"{_ODF}.spreadsheet", agrees=_archived(*_OPEN), icon=_SHEET),
    "odp": FileKind(mimetype=f"{_ODF}.presentation", agrees=_archived(*_OPEN), icon="report"),
    "ofd": FileKind(mimetype="application/ofd", agrees=_archived("OFD.xml"), icon="receipt"),
    "doc": FileKind(mimetype="application/msword", agrees=_old_office, icon=_TEXT),
    "xls": FileKind(mimetype="application/vnd.ms-excel", agrees=_old_office, icon=_SHEET),
    "ppt": FileKind(mimetype="application/vnd.ms-powerpoint", agrees=_old_office, icon="report"),
    "msg": FileKind(mimetype="application/vnd.ms-outlook", agrees=_old_office, icon="mail"),
    "rtf": FileKind(mimetype="application/rtf", agrees=_signed("rtf"), icon=_TEXT),
    "eml": FileKind(mimetype="application/octet-stream", agrees=_plain, icon="mail"),
    "xml": FileKind(mimetype="application/octet-stream", agrees=_plain, icon="receipt"),
    "csv": FileKind(mimetype="text/csv", agrees=_plain, icon=_SHEET),
    "txt": FileKind(mimetype="text/plain", agrees=_plain, icon=_TEXT),
    "md": FileKind(mimetype="text/plain", agrees=_plain, icon=_TEXT),
    "zip": FileKind(mimetype="application/zip", agrees=_archived(""), icon="package"),
    "7z": FileKind(mimetype="application/x-7z-compressed", agrees=_signed("7z"), icon="package"),
    "dwg": FileKind(mimetype="image/vnd.dwg", agrees=_signed("dwg"), icon="ruler-2"),
    "mp3": FileKind(mimetype="audio/mpeg", agrees=_signed("mp3", "mpga"), icon="phone"),
    "m4a": FileKind(mimetype="audio/mp4", agrees=_of_media(b"M4A", b"mp42", b"isom"), icon="phone"),
    "mp4": FileKind(
        mimetype="video/mp4", agrees=_of_media(b"mp4", b"iso", b"avc1", b"M4V"), icon="camera"
    ),
    "mov": FileKind(mimetype="video/quicktime", agrees=_of_media(b"qt  "), icon="camera"),
}
"""What may be attached, by what its name ends with."""
