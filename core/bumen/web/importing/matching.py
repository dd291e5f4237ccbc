"""The page on which columns are matched to fields: what it shows and offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from bumen.errors import BusinessError
from bumen.exchange import Table
from bumen.exchange.cells import text_of
from bumen.exchange.errors import UnreadableFile
from bumen.i18n import Text, translator
from bumen.importing.planning import said_of_lines
from bumen.importing.second import second_table
from bumen.model.describe import Described, Kind, fields_of
from bumen.resource import Lines, Resource
from bumen.values import PercentType
from bumen.web.importing.said import Content, is_other, plain, said_of

_ = translator(__file__, "bumen")

SAMPLES = 3
FIRST_ROWS = 6
CONSTANTS = 3
"""Fields that no column gives and that may be given one value each, beside those given already."""
MOST_PAIRS = 3
"""So many columns of two files may be said to belong together."""
BETWEEN = " | "
"""What stands between several ways to write dates."""
_LONGEST_SAMPLE = 60
DATES: tuple[tuple[str, Text], ...] = (
    ("", _("As it is found: 2026-11-21, 115/11/21")),
    ("roc", _("Years of the Republic: 115/11/21, 99.1.5")),
    ("%d/%m/%Y", _("Day, month, year: 21/11/2026")),
    ("%m/%d/%Y", _("Month, day, year: 11/21/2026")),
    ("%d.%m.%Y", _("Day, month, year: 21.11.2026")),
)
NUMBERS: tuple[tuple[str, str], ...] = (
    (".,", "1,234.56"),
    (",.", "1.234,56"),
    (", ", "1 234,56"),
    (".'", "1'234.56"),
)
"""How numbers are written: the decimal sign, and what parts thousands."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A target is a field that a column may become; one of the lines is `lines.product`."""

    name: str
    label: Text
    required: bool
    group: str = ""
    said: Text | str = ""
    """What it is called among all others: one of the lines with what these are."""
    described: Described = field(repr=False)

    @property
    def kind(self) -> str:
        """What sort of field it is: what is asked of its column depends on that."""
        is_percent = isinstance(self.described.column.type, PercentType)
        return "percent" if is_percent else self.described.kind.value

    @property
    def options(self) -> list[tuple[str, Text]]:
        """What may be chosen in the field, as it is kept and as people read it."""
        if self.described.kind is Kind.FLAG:
            return [("true", _("Yes")), ("false", _("No"))]
        return [(one.value, one.label) for one in self.described.choices or ()]


@dataclass(frozen=True, kw_only=True)
class ColumnShown:
    """A column of the file, with its first values and what becomes of it."""

    number: int
    name: str
    samples: Sequence[str]
    said: Content = field(default_factory=dict)
    target: Target | None = None

    @property
    def ways(self) -> list[tuple[str, Text]]:
        """What a reference may be found by, the usual first."""
        if self.target is None or self.target.described.target is None:
            return []
        model, chosen = self.target.described.target, self.said.get("by")
        known = {n: f for n, f in fields_of(model).items() if not f.about.secret}
        texts = [n for n, f in known.items() if f.kind is Kind.TEXT and not f.about.readonly]
        names = dict.fromkeys([*model.named_by, *texts, *([chosen] if chosen else [])])
        return [(name, known[name].about.label) for name in names if name in known]

    @property
    def codes(self) -> list[tuple[str, Text, str]]:
        """What may be chosen, and the words of the file that mean it."""
        given: Content = self.said.get("choices") or {}
        words: dict[str, list[str]] = {}
        for code, value in given.items():
            words.setdefault(plain(value), []).append(code)
        options = self.target.options if self.target else []
        return [(value, label, ", ".join(words.get(value, ()))) for value, label in options]

    @property
    def dates(self) -> list[tuple[str, Text | str]]:
        """How dates may be written, and what a mapping file says beside that."""
        return [*DATES] if self.date in dict(DATES) else [*DATES, (self.date, self.date)]

    @property
    def date(self) -> str:
        """How dates are said to be written."""
        said = self.said.get("dates") or ()
        return said if isinstance(said, str) else BETWEEN.join(said)

    @property
    def number_said(self) -> str:
        """How numbers are said to be written."""
        decimal = self.said.get("decimal") or "."
        return decimal + self.said.get("thousands", "." if decimal == "," else ",")


@dataclass(frozen=True, kw_only=True)
class Second:
    """A second file is where lines come from; `refusal` is why it cannot be read."""

    kind: type[Lines]
    name: str = ""
    columns: Sequence[ColumnShown] = ()
    header: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    content: Content = field(default_factory=dict)
    table: Table | None = None
    refusal: BusinessError | None = None

    @property
    def lines(self) -> str:
        """What the lines are called in the record."""
        return self.kind.name

    @property
    def title(self) -> Text:
        """What people call the lines."""
        return self.kind.title

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The columns that must agree, there and in the first file."""
        return [*self.content.get("match", {}).items(), ("", "")][:MOST_PAIRS]


@dataclass(frozen=True, kw_only=True)
class Matching:
    """Everything the page shows of a file and its mapping."""

    columns: Sequence[ColumnShown]
    targets: Sequence[Target]
    rows: Sequence[Sequence[str]]
    content: Content
    seconds: Sequence[Second] = ()
    others: Sequence[tuple[str, Content]] = ()
    """What a mapping file says that the page does not ask for, by field."""

    @property
    def constants(self) -> list[tuple[str, str]]:
        """The fields that every row gets the same value of."""
        given = [(n, str(s["constant"])) for n, s in said_of(self.content) if "constant" in s]
        return [*given, *([("", "")] * CONSTANTS)]

    @property
    def missing(self) -> list[Text | str]:
        """The fields that must be given and are not."""
        given = {name for name, _s in said_of(self.content)}
        lines = {name.partition(".")[0] for name in given if "." in name}
        return [
            one.said
            for one in self.targets
            if one.required and one.name not in given and (not one.group or one.group in lines)
        ]

    @property
    def given(self) -> set[str]:
        """The fields of the record that are given: those it can be known by."""
        return {name for name, _s in said_of(self.content) if "." not in name}

    def lines_here(self, resource: type[Resource]) -> list[type[Lines]]:
        """Return the kinds of lines that the file itself could give."""
        return [one for one in resource.lines if one.name not in self.apart]

    @property
    def apart(self) -> set[str]:
        """The kinds of lines that come from a second file."""
        return {one.lines for one in self.seconds if one.name}

    @property
    def null(self) -> str:
        """The words that mean nothing."""
        return ", ".join(one for one in self.content.get("null", ()) if one)


def targets_of(resource: type[Resource]) -> list[Target]:
    """Return the fields of a record that whoever imports may write, then those of its lines."""
    known = fields_of(resource.model)
    found = [_target(known[name]) for name in resource.written()]
    for lines in resource.lines:
        of_line = fields_of(lines.model)
        found += [_target(of_line[name], group=lines.name) for name in lines.fields]
    kinds = {lines.name: lines for lines in resource.lines}
    return [
        replace(one, said=said_of_lines(kinds[one.group], one.label)) if one.group else one
        for one in found
        if one.described.kind is not Kind.PICTURE
    ]


def matching_of(resource: type[Resource], table: Table, content: Content | None) -> Matching:
    """Return what the page shows: columns with samples, what each becomes, the first rows."""
    content, targets = content or {}, targets_of(resource)
    seconds = [_second(lines, table, content, targets) for lines in resource.lines]
    apart = tuple(f"{one.lines}." for one in seconds if one.name)
    here = {name: said for name, said in said_of(content) if not name.startswith(apart or "\0")}
    rows = first_rows(table)
    return Matching(
        columns=_columns(table, rows, here, targets),
        targets=targets,
        rows=rows,
        content=content,
        seconds=seconds,
        others=[(name, said) for name, said in said_of(content) if is_other(said)],
    )


def first_rows(table: Table) -> list[list[str]]:
    """Return the first rows below the header, as texts."""
    return [[text_of(cell) for cell in row.cells] for row in islice(table.rows(), FIRST_ROWS)]


def _columns(
    table: Table, rows: list[list[str]], said: Content, targets: Sequence[Target]
) -> list[ColumnShown]:
    by_name = {one.name: one for one in targets}
    by_column = {one["column"]: (name, one) for name, one in said.items() if "column" in one}
    columns = []
    for number, name in enumerate(table.header):
        to, told = by_column.get(name, ("", {}))
        samples = [row[number][:_LONGEST_SAMPLE] for row in rows if number < len(row)]
        columns.append(
            ColumnShown(
                number=number,
                name=name,
                samples=[one for one in samples if one][:SAMPLES],
                said=told,
                target=by_name.get(to),
            )
        )
    return columns


def _second(
    lines: type[Lines], table: Table, content: Content, targets: Sequence[Target]
) -> Second:
    told: Content = content.get("lines", {}).get(lines.name, {})
    if not told.get("file"):
        return Second(kind=lines)
    one = Second(kind=lines, name=told["file"], content=told)
    try:
        second = second_table(table, told)
    except UnreadableFile as wrong:
        return replace(one, refusal=wrong)
    said = {name: said for name, said in said_of(content) if name.startswith(f"{lines.name}.")}
    rows = first_rows(second)
    columns = _columns(second, rows, said, targets)
    return replace(one, table=second, header=second.header, rows=rows, columns=columns)


def _target(one: Described, *, group: str = "") -> Target:
    return Target(
        name=f"{group}.{one.name}" if group else one.name,
        label=one.about.label,
        said=one.about.label,
        required=one.required,
        group=group,
        described=one,
    )
