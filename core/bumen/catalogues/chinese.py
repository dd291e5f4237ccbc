"""How Chinese is written in Taiwan and on the mainland, as far as a machine can see it."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

TRANSLATED = ("zh_Hant", "zh_Hans")
"""The languages that have catalogues: English is what the code is written in."""

HAN = "\u3400-\u9fff\uf900-\ufaff"
VALUE = "\ufffc"
"""What stands for a value while a sentence is looked at: neither Chinese nor Latin."""

_NUMBERS = re.compile(r"%\(num\)s|%\(\w+\)[-+0-9.]*[dif]")
_VALUES = re.compile(r"%\(\w+\)s|%s|\{[ -~]*\}|\[[ -~]*\]|`[^`]*`|https?://\S+")
_TAGS = re.compile(r"</?[a-z][^>]*>")
_FULL = "，。：；？！（）「」『』《》、"

_FAULTS = {
    "half-width punctuation": re.compile(
        rf"[{HAN}{VALUE}，。）」”] ?[,;:!?]|[,;:!?] ?[{HAN}{VALUE}（「“]"
        rf"|[{HAN}]\.(?!\.)|(?<!\.)\.$|[{HAN}{VALUE}] ?\(|\) ?[{HAN}{VALUE}]|\([^)]*[{HAN}]"
    ),
    "three dots instead of …": re.compile(r"\.\.\."),
    "no space between Chinese and Latin or digits": re.compile(
        rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]"
    ),
    "a space beside full-width punctuation": re.compile(rf"[{_FULL}] (?![·–])|(?<!·) [{_FULL}]"),
    "full-width letters or digits": re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"),
    "straight quotes": re.compile(r"[\"']"),
}
_QUOTES = {
    "zh_Hant": ("mainland quotes instead of 「」", re.compile("[“”‘’]")),
    "zh_Hans": ("Taiwan's quotes instead of “”", re.compile("[「」『』]")),
}
_FOREIGN = {
    "zh_Hant": ("Simplified", "only_simplified.txt"),
    "zh_Hans": ("Traditional", "only_traditional.txt"),
}


def faults(words: str, language: str) -> Iterator[str]:
    """Say what is wrong with a wording in "zh_Hant" or "zh_Hans"."""
    yield from _foreign_characters(words, language)
    yield from _foreign_words(words, language)
    sentence = _VALUES.sub(VALUE, _NUMBERS.sub("1", _TAGS.sub("", words)))
    if not is_chinese(sentence):
        return
    for fault, pattern in (*_FAULTS.items(), _QUOTES[language]):
        if found := pattern.search(sentence):
            yield f"{fault}: {found.group().replace(VALUE, '…')!r}"


def is_chinese(words: str) -> bool:
    """Say whether a wording has at least one Chinese character."""
    return re.search(f"[{HAN}]", words) is not None


def _foreign_characters(words: str, language: str) -> Iterator[str]:
    script, file = _FOREIGN[language]
    for letter in sorted(set(words) & _characters(file)):
        yield f"{script} character {letter}"


def _foreign_words(words: str, language: str) -> Iterator[str]:
    for friend in _false_friends(language):
        rest = words
        for allowed in friend["unless"].split():
            rest = rest.replace(allowed, VALUE)
        if friend[f"{language}_wrong"] in rest:
            yield f"{friend[f'{language}_wrong']} should be {friend[f'{language}_right']}"


@cache
def _characters(file: str) -> frozenset[str]:
    text = files("bumen").joinpath("data", file).read_text(encoding="utf-8")
    return frozenset(text.replace("\n", ""))


@cache
def _false_friends(language: str) -> tuple[dict[str, str], ...]:
    text = files("bumen").joinpath("data", "false_friends.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(row for row in rows if row[f"{language}_wrong"])
