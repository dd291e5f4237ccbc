"""The texts of a company around the table of a paper, in each language it is printed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from marshmallow import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from bumen.errors import InvalidInput, StaleVersion
from bumen.i18n import LANGUAGES, Text, translator
from bumen.printing.models import LONGEST_LINES, PaperText, texts_of
from bumen.printing.templates import Declared
from bumen.schema.values import refuse_unstorable
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

PLACES = ("opening", "closing")
"""Where a text stands: before the table, and after it."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A wording stands around the table in one language; `version` is what it was made of."""

    opening: str = ""
    closing: str = ""
    version: int = 0


Wordings = Mapping[str, Wording]
"""Wordings by language."""


def wordings_of(declared: Declared) -> dict[str, Wording]:
    """Return what the company has written, in every language; empty where it has not."""
    return dict.fromkeys(LANGUAGES, Wording()) | {
        name: Wording(opening=one.opening, closing=one.closing, version=one.version)
        for name, one in _kept(declared).items()
    }


def languages_written(every: Iterable[Declared]) -> dict[str, list[str]]:
    """Return in which languages anything is written around the table of each paper, by its key."""
    found: dict[str, list[str]] = {}
    for one in session().scalars(texts_of([declared.key for declared in every])):
        if one.opening or one.closing:
            found.setdefault(one.printout, []).append(one.language)
    return found


def keep_texts(declared: Declared, wished: Wordings) -> None:
    """Keep what is written in some languages; refuses what is unfit, and what others changed."""
    kept, fit = _kept(declared), fit_texts(wished)
    for language, one in fit.items():
        if (kept[language].version if language in kept else 0) != one.version:
            raise StaleVersion
    for language, one in fit.items():
        text = kept.get(language)
        if text is None and not one.opening and not one.closing:
            continue
        text = text or PaperText(printout=declared.key, language=language)
        text.opening, text.closing = one.opening, one.closing
        session().add(text)
    try:
        session().flush()
    except (IntegrityError, StaleDataError):  # somebody else was faster by a moment
        raise StaleVersion from None


def fit_texts(wished: Wordings) -> dict[str, Wording]:
    """Return texts as they are kept; refuses, at `opening_zh_Hant`, what cannot be."""
    fit: dict[str, dict[str, str]] = {}
    wrong: dict[str, list[Text | str]] = {}
    for language, one in wished.items():
        if language not in LANGUAGES:
            raise InvalidInput({"language": [_("This value is not allowed.")]})
        for place in PLACES:
            try:
                fit.setdefault(language, {})[place] = _fit(getattr(one, place))
            except ValidationError as refusal:
                wrong[f"{place}_{language}"] = [refusal.args[0]]
    if wrong:
        raise InvalidInput(wrong)
    return {name: Wording(**one, version=wished[name].version) for name, one in fit.items()}


def told_of_texts(texts: Wordings, *, language: str) -> Mapping[str, str]:
    """Return what templates are told of the texts in the language of the paper."""
    one = texts.get(language, Wording())
    return {place: getattr(one, place) for place in PLACES}


def _kept(declared: Declared) -> dict[str, PaperText]:
    return {one.language: one for one in session().scalars(texts_of([declared.key]))}


def _fit(text: str) -> str:
    """Return a text without blanks around it and at the ends of its lines, or refuse it."""
    lines = refuse_unstorable(text.replace("\r\n", "\n")).strip().split("\n")
    fit = "\n".join(line.rstrip() for line in lines)
    if len(fit) > LONGEST_LINES:
        raise ValidationError(_("At most %(length)s characters.", length=LONGEST_LINES))
    return fit
