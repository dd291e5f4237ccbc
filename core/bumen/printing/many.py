"""Papers of many records, printed in the background as one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from pypdfium2 import PdfDocument

from bumen.errors import BusinessError, Forbidden, NotFound, listed
from bumen.i18n import Text, translator
from bumen.jobs import Job, JobRun, Run, start
from bumen.printing.errors import (
    NothingToPrint,
    NothingWasPrinted,
    PaperIsTooMuch,
    SignHasNoFont,
    TemplateIsWrong,
    TooManyToPrint,
)
from bumen.printing.printing import MOST_AT_ONCE, Prospect, prospects, set_up
from bumen.printing.templates import Declared
from bumen.resource import READ
from bumen.unit_of_work import current, today

_ = translator(__file__, "bumen")

MOST_IN_BACKGROUND = 2000
_PATIENCE = 600
"""Seconds that work in the background waits for a press: nobody sits before it."""
_NAMED = 10
"""So many of what was left out are named in the result; the log names all."""
OF_ONE_RECORD = (NotFound, NothingToPrint, PaperIsTooMuch, SignHasNoFont, TemplateIsWrong)
"""Why one record may be refused while others can be printed."""


def print_in_background(
    declared: Declared, idents: Sequence[int], *, language: str | None = None
) -> JobRun:
    """Have the papers of many records printed as one file, for whoever works now."""
    if len(idents) > MOST_IN_BACKGROUND:
        raise TooManyToPrint(MOST_IN_BACKGROUND)
    title = declared.printout.title
    return start(
        PAPERS,
        about=_("%(title)s: %(count)s", title=title, count=len(idents)),
        resource=declared.resource.key(),
        printout=declared.printout.name,
        idents=list(idents),
        language=language,
    )


def print_many(
    run: Run, *, resource: str, printout: str, idents: list[int], language: str | None
) -> Text:
    """Print records some at a time, and offer all of them as one PDF.

    What cannot be printed is left out: the log and the result name it.
    """
    declared = _declared(resource, printout)
    batch = _Batch(declared=declared, run=run, on=today(), language=language)
    for done, some in _pieces(idents):
        run.progress(done, len(idents))
        batch.take(some)
    if not batch.count:
        raise NothingWasPrinted
    name = f"{declared.printout.title} {batch.on.isoformat()}.pdf"
    run.file(name, _file_of(batch.whole), media_type="application/pdf", tells=batch.tells)
    run.in_part = bool(batch.left_out)
    return _told(batch.count, batch.left_out)


@dataclass(kw_only=True)
class _Batch:
    """The papers that have been printed so far, and the names of what was left out."""

    declared: Declared
    run: Run
    on: date
    language: str | None
    count: int = 0
    tells: set[str] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)
    whole: PdfDocument = field(default_factory=PdfDocument.new)

    def take(self, idents: Sequence[int]) -> None:
        """Print these, as far as they can be printed."""
        every = prospects(self.declared, idents)
        for one in every:
            if one.refusal is not None:
                self._leave_out(one, one.refusal)
        self._print([one for one in every if one.refusal is None])

    def _print(self, some: Sequence[Prospect]) -> None:
        """Print records together; where that is refused, by halves, until it is known for whom."""
        if not some:
            return
        idents = [one.ident for one in some]
        try:
            forme = set_up(self.declared, idents, on=self.on, language=self.language)
            pdf = forme.printed(patience=_PATIENCE).pdf
        except OF_ONE_RECORD as why:
            if len(some) == 1:
                self._leave_out(some[0], why)
                return
            half = len(some) // 2
            self._print(some[:half])
            self._print(some[half:])
        else:
            self.whole.import_pages(PdfDocument(pdf))
            self.tells |= forme.tells
            self.count += len(some)

    def _leave_out(self, one: Prospect, why: BusinessError) -> None:
        if isinstance(why, TemplateIsWrong) and not self.count:
            raise why  # so it is for all, as far as anybody knows
        self.left_out.append(one.name)
        left_out = _("%(record)s was left out: %(why)s", record=one.name, why=why.message)
        self.run.say(left_out, warning=True)


def _file_of(whole: PdfDocument) -> BytesIO:
    kept = BytesIO()
    whole.save(kept)
    kept.seek(0)
    return kept


def _told(count: int, left_out: list[str]) -> Text:
    """Say how many papers there are, and name the first of what was left out."""
    if not left_out:
        return _("Papers printed: %(count)s.", count=count)
    names = listed([*left_out[:_NAMED], *(["…"] if len(left_out) > _NAMED else [])])
    return _(
        "Papers printed: %(count)s. Left out: %(left)s (%(records)s).",
        count=count,
        left=len(left_out),
        records=names,
    )


def _declared(key: str, name: str) -> Declared:
    """Return a printout whoever runs this may print; the department may be off by now."""
    unit = current()
    resource = unit.neighbours.resource_called(key)
    if resource is None or resource.plugin() not in unit.on:
        raise NotFound
    if not unit.may(READ, resource.permission()):
        raise Forbidden
    every = unit.neighbours.printouts_of(unit, resource)
    found = next((one for one in every if one.name == name), None)
    if found is None:
        raise NotFound
    return Declared(resource=resource, printout=found)


def _pieces(idents: list[int]) -> Iterator[tuple[int, list[int]]]:
    for begin in range(0, len(idents), MOST_AT_ONCE):
        yield begin, idents[begin : begin + MOST_AT_ONCE]


PAPERS = Job("core.papers", title=_("Printing"), run=print_many, writes=False, of="resource")
"""Prints many records; whoever starts it may read them."""
