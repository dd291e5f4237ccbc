"""Which encoding a text file is written in.

Taiwan's Excel saves CSV as Big5 (cp950), the mainland's as GB18030; both also occur as UTF-8 with
and without a mark and as UTF-16. What is found out is a guess that the caller may correct.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from bumen.exchange.errors import UndecodableText, UnknownEncoding

_CANDIDATES = ("cp950", "gb18030", "cp1252")
_RARE = ("big5hkscs",)
_COMMON = {"cp950": range(0xA4, 0xC7), "gb18030": range(0xB0, 0xD8)}
"""First bytes of the characters that everybody uses (level 1 of each national standard)."""
_SUPERSETS = {"utf-8": "utf-8-sig", "big5": "cp950", "gb2312": "gb18030", "gbk": "gb18030"}
_ENOUGH = 64 * 1024
_BLOCK = 1024 * 1024


def known_encoding(name: str) -> str:
    """Return the codec to use for an encoding that a person named."""
    try:
        codec = codecs.lookup(name.strip())
        "a".encode(codec.name)
    except (LookupError, ValueError):
        raise UnknownEncoding(name) from None
    return _SUPERSETS.get(codec.name, codec.name)


def encoding_of(path: Path) -> str:
    """Tell the encoding by its mark, else UTF-8 when all of it is, else by the characters."""
    with path.open("rb") as file:
        head = file.read(_ENOUGH)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if (wide := wide_encoding(head)) is not None:
        return wide
    return "utf-8" if _is_utf8(path) else _national(path)


def wide_encoding(head: bytes) -> str | None:
    """Tell UTF-16 by its mark, else by its ASCII: a zero byte each, all on the same side."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if min(even, odd) or max(even, odd) < 4:
        return None
    encoding = "utf-16-be" if even else "utf-16-le"
    text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
    return encoding if "\n" in text and "\ufffd" not in text[:-1] else None


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _national(path: Path) -> str:
    sample = _telling_lines(path)
    for candidates in (_CANDIDATES, _RARE):
        found = [str(match.encoding) for match in from_bytes(sample, cp_isolation=[*candidates])]
        if found:
            return max(found, key=lambda encoding: _commonness(sample, encoding))
    raise UndecodableText(path.name, encoding="UTF-8")


def _telling_lines(path: Path) -> bytes:
    """Collect lines with more than ASCII in them: they may come late in a long file."""
    sample = bytearray()
    with path.open("rb") as file:
        while len(sample) < _ENOUGH and (line := file.readline(_ENOUGH)):
            if not line.isascii():
                sample += line
    return bytes(sample)


def _commonness(sample: bytes, encoding: str) -> float:
    """Weigh a handful of characters, too few for statistics: are they everyday ones?"""
    text = [letter for letter in sample.decode(encoding, errors="ignore") if not letter.isascii()]
    leads = _COMMON.get(encoding)
    if leads is None or not text:
        return 0.0
    codes = (letter.encode(encoding) for letter in text)
    return sum(len(code) == 2 and code[0] in leads for code in codes) / len(text)
