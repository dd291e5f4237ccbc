"""What the chores do."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from time import sleep

from sqlalchemy import func, select

from bumen import BusinessError, Run, Text, current, session, translator
from bumen.i18n import language
from notes import Note

_ = translator(__file__, "chores")


def write(run: Run, *, count: int, title: str = "note") -> Text:
    """Write so many notes."""
    for number in range(count):
        session().add(Note(title=f"{title} {number}"))
        run.progress(number + 1, count)
    run.say(_("All of them are written."))
    return _("%(num)s notes", num=count)


def pieces(run: Run, *, count: int, size: int, pause: float = 0.0) -> Text:
    """Write notes piece by piece, and go on after the last piece that was kept."""
    begun: int = run.remembered or 0
    for start in range(begun, count, size):
        for number in range(start, min(start + size, count)):
            session().add(Note(title=f"piece {number:04}"))
            session().flush()
            sleep(pause)
        run.remember(start + size)
        run.progress(start + size, count)
        run.keep()
    return _("%(num)s notes", num=count)


def read(run: Run) -> None:
    """Count the notes, and write the number into a file."""
    counted = session().scalar(select(func.count()).select_from(Note))
    run.file("筆記.txt", BytesIO(f"{counted}".encode()))


def files(run: Run) -> None:
    """Keep a file and refuse; the second time, make another in its place."""
    if run.remembered is None:
        run.file("first.txt", BytesIO(b"first"))
        run.remember("first")
        run.keep()
        raise BusinessError(_("There is nothing to do."))
    run.file("second.txt", BytesIO(b"second"))


def refuse(run: Run) -> None:
    """Write a note, and refuse then."""
    session().add(Note(title="never"))
    run.file("never.txt", BytesIO(b"never"))
    raise BusinessError(_("There is nothing to do."))


def break_down(run: Run, *, until: str | None = None) -> None:
    """Write a note, and fail then; wait for a file before, and look at nothing meanwhile."""
    run.keep()
    while until is not None and not Path(until).exists():
        sleep(0.02)
    session().add(Note(title="never"))
    raise ZeroDivisionError("secret of the house")


def wait(run: Run, *, until: str) -> None:
    """Wait for a file, looking whether anybody wants an end."""
    session().add(Note(title="waited"))
    session().flush()
    while not Path(until).exists():
        run.stop_if_cancelled()
        sleep(0.02)


def tell(run: Run, *, on: date, amount: Decimal | None = None) -> None:
    """Write down as whom, for whom and in which language one works."""
    unit = current()
    who = run.by.username if run.by else "nobody"
    may = unit.may("write", "notes.Notes")
    company = unit.company.code if unit.company else ""
    session().add(Note(title=f"{who} {company} {language()} {on:%d.%m} {amount} {may} {unit.way}"))
