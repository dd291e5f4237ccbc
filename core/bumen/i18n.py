"""How Bumen speaks: texts that find their words in the language of whoever reads them.

A text is written once, in English, where it is needed; its Traditional and Simplified
wordings stand in the catalogues of the plugin that owns it. Nothing here knows Flask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask_babel.speaklater import LazyString

from bumen.places import host_folder

LANGUAGES = ("en", "zh_Hant", "zh_Hans")
"""The languages every text of Bumen is written in."""

FORMATS = {"en": "en", "zh_Hant": "zh_Hant_TW", "zh_Hans": "zh_Hans_CN"}
"""The full locale that writes dates and numbers for a language."""

_TRADITIONAL = {"tw", "hk", "mo"}
_language: ContextVar[str] = ContextVar("bumen_language", default="en")


class Text(LazyString):  # type: ignore[misc]  # flask_babel ships no types
    """A text for people: it becomes words when it is shown, in the language of that moment."""

    def __hash__(self) -> int:
        return hash(str(self))

    @property
    def values(self) -> Mapping[str, Any]:
        """What the sentence names: a `customer` may be a record, and led to where it is shown."""
        values: Mapping[str, Any] = self._args[-1]
        return values

    def told_with(self, change: Callable[[Any], Any]) -> Text:
        """Return the same sentence, each of its values made into another."""
        values = {name: change(value) for name, value in self.values.items()}
        return Text(self._func, *self._args[:-1], values)

    @property
    def voice(self) -> Translator:
        """Whose text it is: the plugin's, with its folder and its catalogues."""
        said: Translator = self._func.__self__
        return said

    def in_language(self, wanted: str) -> str:
        """Return the words in one language, whatever the language of the moment."""
        with speaking(wanted):
            return str(self)


class Translator:
    """The voice of one plugin: turns English texts into `Text` from the plugin's catalogues."""

    def __init__(self, folder: Path, domain: str) -> None:
        self.folder = folder
        self.domain = domain

    def __call__(self, message: str, /, **values: Any) -> Text:
        return Text(self._say, message, values)

    def plural(self, one: str, many: str, num: int, /, **values: Any) -> Text:
        """Return the text for `num` things; `%(num)s` stands for the number."""
        return Text(self._count, one, many, num, {"num": num, **values})

    def _say(self, message: str, values: dict[str, Any]) -> str:
        words = catalogue(self.folder, self.domain, language()).gettext(message)
        return words % values if values else words

    def _count(self, one: str, many: str, num: int, values: dict[str, Any]) -> str:
        words = catalogue(self.folder, self.domain, language()).ngettext(one, many, num)
        return words % values


def translator(file: str, domain: str) -> Translator:
    """Bind the texts of a plugin: `_ = translator(__file__, "sales")`.

    `file` is any module in the plugin's package; the catalogues are looked for in the `locale`
    folder beside it or in the nearest folder above that has one. The host's own domain is
    "bumen" and lives in the host's `locale` folder.
    """
    if domain == "bumen":
        return Translator(host_folder("locale"), domain)
    here = Path(file).resolve().parent
    around = (folder for folder in (here, *here.parents[:3]) if (folder / "locale").is_dir())
    return Translator(next(around, here) / "locale", domain)


@cache
def catalogue(folder: Path, domain: str, wanted: str) -> NullTranslations:
    """Load one catalogue: the compiled one when it is there, otherwise the readable one."""
    place = folder / wanted / "LC_MESSAGES"
    compiled, written = place / f"{domain}.mo", place / f"{domain}.po"
    if compiled.exists():
        with compiled.open("rb") as file:
            return Translations(file, domain)
    if not written.exists():
        return NullTranslations()
    packed = BytesIO()
    with written.open("rb") as file:
        write_mo(packed, read_po(file, locale=wanted, domain=domain))
    packed.seek(0)
    return Translations(packed, domain)


def language() -> str:
    """Return the language of the moment: "en", "zh_Hant" or "zh_Hans"."""
    return _language.get()


def speak(wanted: str) -> None:
    """Set the language of the current context; unknown ones become English."""
    _language.set(wanted if wanted in LANGUAGES else "en")


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Speak a language for a while."""
    token = _language.set(wanted if wanted in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)


def language_of(tag: str) -> str | None:
    """Return our language for a tag of the browser's (BCP 47), or None when it is another's.

    zh-TW, zh-HK, zh-MO, zh-Hant-* and Cantonese read Traditional; zh, zh-CN, zh-SG and
    zh-Hans-* read Simplified.
    """
    parts = re.split(r"[-_]", tag.strip().lower())
    if parts[0] == "en":
        return "en"
    if parts[0] == "yue" and "hans" not in parts:
        return "zh_Hant"
    if parts[0] not in {"zh", "yue", "cmn"}:
        return None
    if "hans" in parts:
        return "zh_Hans"
    return "zh_Hant" if "hant" in parts or _TRADITIONAL & set(parts) else "zh_Hans"


def negotiate(accept_language: str) -> str | None:
    """Return the best of our languages for an Accept-Language header, or None for none of them."""
    wishes = []
    for place, wish in enumerate(accept_language.split(",")):
        tag, _sep, weight = wish.partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        if quality > 0 and (found := language_of(tag)):
            wishes.append((-quality, place, found))
    return min(wishes)[2] if wishes else None
