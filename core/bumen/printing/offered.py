"""What a template may name: the fields of a record and its lines, the letterhead, and blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bumen.i18n import Text, translator
from bumen.model.describe import Described, fields_of
from bumen.printing.telling import fields_told
from bumen.printing.templates import Declared
from bumen.visibility import whole_of

_ = translator(__file__, "bumen")

_LANGUAGES = """{% if language == "zh-Hant-TW" %}

{% elif language == "zh-Hans-CN" %}

{% else %}

{% endif %}
"""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece is something to put into a template: what people call it, and how it is written."""

    label: Text | str
    code: str


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """Pieces that belong together, under a title."""

    title: Text | str
    pieces: list[Piece]


def pieces_of(declared: Declared) -> list[Pieces]:
    """Return what the template of a paper may name, in groups."""
    resource = whole_of(declared.resource)
    known = fields_told(resource)
    record = [_field("doc", one) for one in known.values()]
    every_paper = Pieces(title=_("Every paper"), pieces=list(_of_every_paper()))
    of_record = Pieces(title=resource.title, pieces=record)
    groups = [every_paper, of_record, *_beyond(declared, known)]
    for lines in resource.lines:
        every = fields_of(lines.model)
        names = dict.fromkeys((*lines.fields, *lines.shown))
        cells = [_field("row", every[name]) for name in names]
        loop = Piece(label=_("A row for each line"), code=_loop(lines.name, list(names)[:3]))
        groups.append(Pieces(title=lines.title, pieces=[loop, *cells]))
    return groups


def _field(of: str, field: Described) -> Piece:
    return Piece(label=field.about.label, code=_write(f"{of}.{field.name}"))


def _beyond(declared: Declared, known: dict[str, Described]) -> Iterator[Pieces]:
    """Yield what the paper tells of what its record refers to."""
    found: dict[str, list[Piece]] = {}
    for path in dict.fromkeys(declared.printout.also):
        reference, _dot, name = path.partition(".")
        target = known[reference].target if reference in known else None
        if target is not None:
            label = fields_of(target)[name].about.label
            piece = Piece(label=label, code=_write(f"of.{path}"))
            found.setdefault(reference, []).append(piece)
    for reference, pieces in found.items():
        yield Pieces(title=known[reference].about.label, pieces=pieces)


def _of_every_paper() -> Iterator[Piece]:
    yield Piece(label=_("A text for each language"), code=_LANGUAGES)
    for label, name in (
        (_("Title of the paper"), "title"),
        (_("Record"), "name"),
        (_("Date of printing"), "printed_on"),
        (_("Name on papers"), "letterhead.heading"),
        (_("Company"), "company.name"),
        (_("Currency"), "company.currency"),
    ):
        yield Piece(label=label, code=_write(name))


def _loop(name: str, columns: list[str]) -> str:
    cells = "".join(f"<td>{_write(f'row.{one}')}</td>" for one in columns)
    return f'{{% for row in lines["{name}"].rows %}}\n<tr>{cells}</tr>\n{{% endfor %}}\n'


def _write(path: str) -> str:
    return f"{{{{ {path} }}}}"
