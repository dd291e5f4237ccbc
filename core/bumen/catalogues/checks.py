"""What is wrong with a catalogue: beside the code it belongs to, and text by text."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from bumen.catalogues.chinese import TRANSLATED, faults, is_chinese
from bumen.catalogues.extraction import Key, Said
from bumen.catalogues.files import key_of, read, words_of

_NAMED = re.compile(r"%\(\w+\)[-+0-9.]*[a-z]|\{+\w*(?:![rs])?\}+")
_POSITIONAL = re.compile(r"(?<!%)%[sdrfi]")
_FILLED = re.compile(r"%\(\w+\)[-+0-9.]*[a-z]|%%")
_CODE = re.compile(r"'[^'%{ ]+'|\"[^\"%{ ]+\"")
_ENDS = {".": "。！？…」”）", "?": "？", ":": "："}


def problems_of_catalogue(folder: Path, domain: str, *, said: Said) -> Iterator[str]:
    """Say what is wrong with a domain's catalogues, given the texts that are said."""
    for language in TRANSLATED:
        catalogue = read(folder, domain, language)
        for problem in (*_gaps(catalogue, said), *_faults(catalogue, language)):
            yield f"{domain} {language}: {problem}"


def problems_of_roles(file: Path) -> Iterator[str]:
    """Say what is wrong with the titles a `roles.csv` gives in Chinese."""
    if not file.exists():
        return
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for language in TRANSLATED:
                title = row.get(f"title_{language}") or ""
                for fault in faults(title, language) if title else ("has no title",):
                    yield f"{file.name} {language}: {row.get('role')}: {fault}"


def _gaps(catalogue: Catalog, said: Said) -> Iterator[str]:
    """Compare a catalogue with the code: texts that only one of them has."""
    written = {key_of(message) for message in catalogue if message.id}
    for key in sorted(said.keys() - written, key=_shown):
        yield f"{_shown(key)} is in the code but not in the catalogue"
    for key in sorted(written - said.keys(), key=_shown):
        yield f"{_shown(key)} is in the catalogue but not in the code"


def _faults(catalogue: Catalog, language: str) -> Iterator[str]:
    for message in catalogue:
        if message.id:
            for fault in _faults_of(message, language):
                yield f"{_shown(key_of(message))}: {fault}"


def _faults_of(message: Message, language: str) -> Iterator[str]:
    """Read one text: is it there, is it whole, and is it good Chinese?"""
    if message.fuzzy:
        yield "is fuzzy"
    for words in words_of(message):
        if not words:
            yield "has no words"
            continue
        text = key_of(message)
        yield from _lost_values(text, words)
        yield from _bare_percent(text, words)
        yield from _wrong_end(text, words)
        yield from faults(_without_code(text, words), language)
        if not is_chinese(words) and _is_sentence(text):
            yield "is not translated"


def _lost_values(key: Key, words: str) -> Iterator[str]:
    """Compare the values a text promises: each is shown, and none is asked for that is not there.

    Only the wording for one thing may leave the number out, as in "One line".
    """
    one, many = (key, key) if isinstance(key, str) else key
    wanted, offered = set(_NAMED.findall(many)), {*_NAMED.findall(one), *_NAMED.findall(many)}
    shown = set(_NAMED.findall(words))
    for value in sorted(wanted - shown):
        yield f"{value} is lost"
    for value in sorted(shown - offered):
        yield f"{value} is unknown"
    if Counter(_POSITIONAL.findall(many)) != Counter(_POSITIONAL.findall(words)):
        yield "has other values than the code gives"


def _bare_percent(key: Key, words: str) -> Iterator[str]:
    """Find a lone "%" beside values: saying such a text fails where it should tell people."""
    text = key if isinstance(key, str) else key[1]
    if "%(" in text and "%" in re.sub(_FILLED, "", words):
        yield "has a lone %: write %%"


def _without_code(key: Key, words: str) -> str:
    """Take out what the text quotes from code, such as 'bumen[testing]': it stays as it is."""
    for quoted in _CODE.findall(key if isinstance(key, str) else key[1]):
        words = words.replace(quoted, "code")
    return words


def _wrong_end(key: Key, words: str) -> Iterator[str]:
    """A sentence ends like one, and a label does not."""
    text = key if isinstance(key, str) else key[1]
    if _is_sentence(key) and words[-1] not in _ENDS.get(text[-1], words[-1]):
        yield f"ends with {words[-1]!r} where the code has {text[-1]!r}"
    if words.endswith("。") and not text.endswith("."):
        yield "is a sentence where the code has none"


def _is_sentence(key: Key) -> bool:
    """Say whether a text is more than a word or a pattern: two English words outside of values."""
    text = key if isinstance(key, str) else key[1]
    return len(re.findall(r"\b[a-z]{2,}\b", re.sub(_NAMED, " ", text))) > 1


def _shown(key: Key) -> str:
    return repr(key if isinstance(key, str) else key[0])
