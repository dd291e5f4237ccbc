"""Pairs of neighbouring characters: what a text is found by, in any language without spaces.

A pair is written behind a sign that stands for the company and the kind of record, so that the
many records of one do not slow the search among the others down.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import TableValuedAlias, func, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

INDEX = "_search_grams"
"""SQLite's full-text index over the grams; PostgreSQL has `GIN`."""
GIN = "array_to_tsvector(string_to_array(grams, ' '))"
_PRIVATE, _SHELVES = 0xE000, 6400
"""Unicode's private area: no text means anything there."""
_PAIR = 2
_MOST_PIECES, _MOST_PAIRS = 20, 40
"""So many pieces of what is sought, and pairs of each, are looked up."""


def shelf(company_id: int, kind: str) -> str:
    """Return the sign for a company's records of a kind; two may share one, and only seldom do."""
    return chr(_PRIVATE + zlib.crc32(f"{company_id} {kind}".encode()) % _SHELVES)


def grams_of(texts: Iterable[str], *, sign: str) -> str:
    """Return what folded texts are found by: their pairs and the last character of each piece."""
    found = set()
    for text in texts:
        for piece in text.split():
            found.update([sign + piece[at : at + _PAIR] for at in range(len(piece))])
    return " ".join(sorted(found))


def is_exact(word: str) -> bool:
    """Whether the grams alone tell that a folded word occurs: it is one pair, or one character."""
    return len(word) <= _PAIR and not any(map(str.isspace, word))


class HoldsGrams(FunctionElement[bool]):
    """Whether an entry of a company and a kind has all the grams of a word, on PostgreSQL."""

    name = "holds_grams"
    inherit_cache = True


def holds_grams(entry: Any, *, company_id: int, kind: str, word: str) -> HoldsGrams:
    """Say that an entry (its columns) is of this company and kind, and has the grams of a word.

    The word is folded, and has at least one character that is not a space.
    """
    asked = _asked(word, shelf(company_id, kind))
    words = " & ".join(f"{_quoted(one)}{':*' if end else ''}" for one, end in asked)
    own, its = literal(company_id), literal(kind)
    return HoldsGrams(entry.company_id, entry.kind, entry.grams, own, its, literal(words))


def full_text_index(word: str, *, sign: str) -> TableValuedAlias:
    """Return SQLite's index as far as it has the grams of a word: a table with the `rowid`s."""
    asked = _asked(word, sign)
    words = " AND ".join(f'"{one.replace(chr(34), chr(34) * 2)}"{end}' for one, end in asked)
    found: TableValuedAlias = getattr(func, INDEX)(words).table_valued("rowid")
    return found


def _pairs(piece: str) -> Iterator[str]:
    for place in range(len(piece) - 1):
        yield piece[place : place + _PAIR]


def _asked(word: str, sign: str) -> Iterator[tuple[str, str]]:
    """Yield the grams of a word; one character alone is the beginning of whatever begins so.

    Of very long texts the first are enough: what they lead to is read anyway.
    """
    for piece in word.split()[:_MOST_PIECES]:
        for pair in islice(dict.fromkeys(_pairs(piece)), _MOST_PAIRS):
            yield f"{sign}{pair}", ""
        if len(piece) == 1:
            yield f"{sign}{piece}", "*"


def _quoted(gram: str) -> str:
    doubled = gram.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


@compiles(HoldsGrams)
def _in_inverted_index(element: HoldsGrams, compiler: Any, **options: Any) -> str:
    company, kind, grams, own, its, words = (
        compiler.process(one, **options) for one in element.clauses
    )
    holds = f"array_to_tsvector(string_to_array({grams}, ' ')) @@ CAST({words} AS tsquery)"
    return f"({company} = {own} AND {kind} = {its} AND {holds})"
