"""The templates of printouts: the department's own, and the versions a company made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError
from jinja2.ext import extract_from_ast
from sqlalchemy.exc import IntegrityError

from bumen.errors import InvalidInput
from bumen.i18n import Text, translator
from bumen.printing.errors import SomebodyWasFaster
from bumen.printing.models import (
    LONGEST_BODY,
    PaperTemplate,
    latest_of,
    version_called,
    versions_of,
)
from bumen.printouts import Printout
from bumen.resource import Resource
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

_HOUSE = Path(__file__).with_name("papers")
BASE = "paper.html"
"""What all papers begin with: the letterhead, the fonts, the numbers of pages."""
_PARTIALS = ("opening.html", "closing.html")
"""What papers include: what the company writes before the table, and after it."""


@dataclass(frozen=True, kw_only=True)
class Declared:
    """A printout of a resource: its key, and what its department has."""

    resource: type[Resource]
    printout: Printout

    @property
    def key(self) -> str:
        """Its name among all printouts: `sales.orders.confirmation`."""
        return f"{self.resource.key()}.{self.printout.name}"

    @property
    def body(self) -> str:
        """The template that the department brings."""
        place = self.printout.place or _HOUSE / "everything.html"
        return _read(place)


def base() -> str:
    """Return the template that all papers begin with."""
    return _read(_HOUSE / BASE)


def shared_templates() -> dict[str, str]:
    """Return what the template of every paper may begin with or include, by its name."""
    return {name: _read(_HOUSE / name) for name in (BASE, *_PARTIALS)}


def sample() -> str:
    """Return the template that shows what all papers have in common."""
    return _read(_HOUSE / "sample.html")


def body_in_force(declared: Declared) -> str:
    """Return the template that counts for the company now."""
    latest = session().scalar(versions_of(declared.key).limit(1))
    return declared.body if latest is None or latest.body is None else latest.body


def latest_versions(every: Iterable[Declared]) -> dict[str, PaperTemplate]:
    """Return the latest version of each template that the company has changed, by its key."""
    keys = [one.key for one in every]
    return {one.printout: one for one in session().scalars(latest_of(keys))}


def keep_template(
    declared: Declared, *, body: str | None, note: str, after: int
) -> PaperTemplate | None:
    """Keep a new version of a template, made of version `after` (0 for the department's own).

    Without a body the department's own counts again. Refused when somebody else was faster; what
    changes nothing is no version.
    """
    latest = session().scalar(versions_of(declared.key).limit(1))
    if (latest.number if latest else 0) != after:
        raise SomebodyWasFaster
    if body == (None if latest is None else latest.body):
        return latest
    made = PaperTemplate(printout=declared.key, number=after + 1, note=note, body=body)
    session().add(made)
    try:
        session().flush()
    except IntegrityError:  # somebody else was faster by a moment
        raise SomebodyWasFaster from None
    return made


def version_of(declared: Declared, number: int) -> PaperTemplate | None:
    """Return one version of a template, if there is one."""
    found: PaperTemplate | None = session().scalar(version_called(declared.key, number))
    return found


def words_of(declared: Declared) -> dict[str, str]:
    """Return the texts of a department's template in the language that is spoken now."""
    voice = declared.printout.title.voice
    theirs = {message: str(voice(message)) for message in _messages(declared.body)}
    ours = {message: str(_(message)) for message in _messages(base())}
    ours |= {message: str(_(message)) for message in theirs if theirs[message] == message}
    return {**theirs, **ours}


def words_in(body: str) -> frozenset[str]:
    """Return the names and texts that a template says to Jinja; of a wrong one, nothing."""
    try:
        tokens = list(_READER.lex(body))
    except TemplateSyntaxError:  # the press says so, with its line
        return frozenset()
    said = (text for _line, kind, text in tokens if kind in {"name", "string"})
    return frozenset(text.strip("\"'") for text in said)


def page_numbers() -> str:
    """Return what CSS writes at the bottom of a page: page so and so, of so many."""
    said: Text = _("Page %(page)s of %(last)s", page="\x00page\x00", last="\x00pages\x00")
    parts = str(said).split("\x00")
    return " ".join(
        f"counter({part})" if place % 2 else f'"{part}"' for place, part in enumerate(parts) if part
    )


def checked_body(body: str) -> str:
    """Return a template as it can be kept, or refuse one longer than anybody would write."""
    if len(body) > LONGEST_BODY:
        raise InvalidInput({"body": [_("At most %(length)s characters.", length=LONGEST_BODY)]})
    return body


@cache
def _read(place: Path) -> str:
    return place.read_text(encoding="utf-8")


@cache
def _messages(body: str) -> tuple[str, ...]:
    """Return the texts that a template of the house or of a department says through `_`."""
    found = extract_from_ast(_READER.parse(body), gettext_functions=("_",))
    said = (one[0] if isinstance(one, tuple) else one for _line, _name, one in found)
    return tuple(dict.fromkeys(one for one in said if one))


_READER = Environment(autoescape=True)
"""Only reads templates; it runs none."""
