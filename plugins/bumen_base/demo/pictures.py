"""Pictures of what the demonstration sells: a few shapes each, painted into a PNG."""

import struct
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain, pairwise
from math import sqrt
from pathlib import Path

WIDTH, HEIGHT = 320, 240
"""The size shapes are given in."""
_FINE = 3
"""How many points of the picture there are to one of those."""

Span = tuple[int, int, int]
"""A row, and from where to where it is painted; in points of the picture."""


@cache
def picture_of(code: str) -> str | None:
    """Return the picture of a product in Base64; None where nobody has drawn it."""
    colours, drawings = _drawn()
    if code not in drawings:
        return None
    return b64encode(_png(drawings[code], colours)).decode()


@cache
def _drawn() -> tuple[dict[str, bytes], dict[str, list[list[str]]]]:
    """Read colours and drawings from `pictures.txt`, where they are explained."""
    colours: dict[str, bytes] = {}
    drawings: dict[str, list[list[str]]] = {}
    for line in Path(__file__).with_name("pictures.txt").read_text(encoding="utf-8").splitlines():
        words = line.partition("#")[0].split()
        if not words:
            continue
        if words[0] == "colour":
            colours[words[1]] = bytes.fromhex(words[2])
        elif words[0] == "picture":
            drawing: list[list[str]] = []
            drawings[words[1]] = drawing
        else:
            drawing.append(words)
    return colours, drawings


def _png(shapes: list[list[str]], colours: dict[str, bytes]) -> bytes:
    """Paint shapes one over the other; each pixel is the number of a colour in the palette."""
    numbers = {name: place for place, name in enumerate(colours)}
    rows = [bytearray(WIDTH * _FINE) for _row in range(HEIGHT * _FINE)]
    for shape, *given, colour in shapes:
        paint = bytes([numbers[colour]])
        for row, start, end in _SHAPES[shape](*(float(one) * _FINE for one in given)):
            rows[row][start:end] = paint * (end - start)
    size = struct.pack(">IIBBBBB", WIDTH * _FINE, HEIGHT * _FINE, 8, 3, 0, 0, 0)
    painted = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    palette = b"".join(colours.values())
    parts = ((b"IHDR", size), (b"PLTE", palette), (b"IDAT", painted), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(kind, content) for kind, content in parts)


def _part(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def _box(left: float, top: float, width: float, height: float, bend: float) -> Iterator[Span]:
    """Yield a rectangle whose corners are bent by so much."""
    for row in range(round(top), round(top + height)):
        inside = min(row + 0.5 - top, top + height - row - 0.5)
        missing = max(0.0, bend - inside)
        inset = bend - sqrt(max(0.0, bend * bend - missing * missing)) if missing else 0.0
        yield from _span(row, left + inset, left + width - inset)


def _oval(x: float, y: float, wide: float, high: float) -> Iterator[Span]:
    """Yield an ellipse around a point, so wide and so high to each side."""
    for row in range(round(y - high), round(y + high)):
        away = (row + 0.5 - y) / high
        half = wide * sqrt(max(0.0, 1 - away * away))
        yield from _span(row, x - half, x + half)


def _area(*given: float) -> Iterator[Span]:
    """Yield what lies between corners: x1 y1 x2 y2 x3 y3 …"""
    corners = list(zip(given[::2], given[1::2], strict=True))
    for row in range(round(min(given[1::2])), round(max(given[1::2]))):
        at = row + 0.5
        sides = pairwise(chain(corners, corners[:1]))
        crossed = sorted(
            x1 + (at - y1) * (x2 - x1) / (y2 - y1)
            for (x1, y1), (x2, y2) in sides
            if min(y1, y2) <= at < max(y1, y2)
        )
        for start, end in zip(crossed[::2], crossed[1::2], strict=True):
            yield from _span(row, start, end)


def _span(row: int, start: float, end: float) -> Iterator[Span]:
    """Yield the part of a span that lies on the picture."""
    left, right = max(0, round(start)), min(WIDTH * _FINE, round(end))
    if 0 <= row < HEIGHT * _FINE and left < right:
        yield row, left, right


_SHAPES: dict[str, Callable[..., Iterator[Span]]] = {"box": _box, "oval": _oval, "area": _area}
