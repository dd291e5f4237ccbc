"""What a job meets while it runs: its progress, its log, its file, and the end of its work."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import monotonic
from typing import IO, Any

from sqlalchemy import update

from bumen.database import breathe
from bumen.i18n import LANGUAGES, Text, speaking
from bumen.jobs.errors import LeaseWasLost
from bumen.jobs.models import LONGEST_FILE_NAME, JobRun, LogLine, RunState, Words
from bumen.model.accounts import User
from bumen.unit_of_work import committed, current, moment

LOOKED_EVERY = 0.5
"""Seconds between two looks whether somebody wants a run to stop, and two words of progress."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a run tells while it works, before anything of it is kept."""

    done: int
    of: int | None
    words: Words | None


@dataclass(kw_only=True)
class Run:
    """A run as the job's function meets it; the unit of work of the moment is its own.

    `by` is who started it, if somebody did, `at` when it began this time. `remembered` is what was
    last remembered, None at the first beginning.
    """

    id: int
    lease: str
    by: User | None
    at: datetime
    remembered: Any = None
    done: int = 0
    of: int | None = None
    in_part: bool = False
    """Whether it came to less than was asked; a job says so before it ends."""
    writes: bool = True
    tell: Callable[[Told], None]
    """Shows progress to whoever looks on."""
    look: Callable[[], None]
    """Ends the run where somebody wants it to stop; raises `WorkStopped`."""
    lines: list[LogLine] = field(default_factory=list)
    """What it said and is not kept yet; as `filed` is its file, and `unkept` what was written."""
    filed: dict[str, Any] = field(default_factory=dict)
    unkept: list[str] = field(default_factory=list)
    earlier: str | None = None
    """Its file of an earlier time, which goes when another takes its place."""
    _words: Words | None = None
    _looked: float = 0.0
    _kept: float = field(default_factory=monotonic)

    def progress(self, done: int, of: int | None = None) -> None:
        """Show how much is done, of how much when that is known; ends here when it is cancelled."""
        self.done, self.of = done, of if of is not None else self.of
        self._look()

    def say(self, text: Text, *, warning: bool = False) -> None:
        """Write a sentence into the log, and show it beside the progress."""
        self._words = in_every_language(text)
        self.lines.append(
            LogLine(run_id=self.id, at=moment(), is_warning=warning, words=self._words)
        )
        self._look()

    def stop_if_cancelled(self) -> None:
        """End here when somebody has cancelled it, or its worker is to stop."""
        self._look()

    def remember(self, how_far: Any) -> None:
        """Remember (as JSON) how far it has got; kept with the next piece, by `keep`."""
        self.remembered = how_far

    def keep(self) -> None:
        """Keep what has been done so far, what is remembered with it, and go on.

        A run that is begun again goes on from there: nothing is lost, nothing is done twice.
        Ends here when it is cancelled.
        """
        if not self.writes:
            raise TypeError("A job that writes nothing has nothing to keep.")
        with committed(current()):
            self.hold({"remembered": self.remembered, "done": self.done, "of": self.of})
        self.was_kept()
        breathe(current().session, held=monotonic() - self._kept)
        self._kept = monotonic()
        self.look()
        self._tell()

    def file(
        self,
        name: str,
        content: IO[bytes],
        *,
        media_type: str | None = None,
        tells: Iterable[str] = (),
    ) -> None:
        """Offer a file as the result, read from its beginning; a second takes its place.

        `tells` are the fields it tells of the records the job is `of`, by their paths: it is
        withheld from whom one of them is hidden.
        """
        guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
        stored = current().neighbours.files.write(content)
        self.unkept.append(stored)
        size = content.tell()
        self.filed = {
            "stored_as": stored,
            "file_name": name[-LONGEST_FILE_NAME:],
            "media_type": media_type or guessed,
            "size": size,
            "tells": sorted(tells),
        }

    def was_kept(self) -> None:
        """Forget what stands in the database by now."""
        self.lines.clear()
        self.unkept = [one for one in self.unkept if one != self.filed.get("stored_as")]

    def hold(self, values: dict[str, Any]) -> None:
        """Write about the run in what is about to be kept; `LeaseWasLost` when it is another's."""
        session = current().session
        held = (JobRun.id == self.id, JobRun.lease == self.lease)
        kept = {**values, **self.filed}
        statement = update(JobRun).where(*held, JobRun.state == RunState.RUNNING).values(kept)
        changed: Any = session.execute(statement, execution_options={"synchronize_session": False})
        if changed.rowcount != 1:
            raise LeaseWasLost
        session.add_all(self.lines)
        self._let_go_of_the_earlier()

    def _let_go_of_the_earlier(self) -> None:
        stored, unit = self.filed.get("stored_as"), current()
        if self.earlier is not None and stored not in (None, self.earlier):
            unit.afterwards(partial(unit.neighbours.files.remove, self.earlier))
        self.earlier = stored or self.earlier

    def _look(self) -> None:
        if monotonic() - self._looked < LOOKED_EVERY:
            return
        self._looked = monotonic()
        self._tell()
        self.look()

    def _tell(self) -> None:
        self.tell(Told(done=self.done, of=self.of, words=self._words))


def in_every_language(text: Text) -> Words:
    """Return a sentence in each language of the house."""
    words: Words = {}
    for wanted in LANGUAGES:
        with speaking(wanted):
            words[wanted] = str(text)
    return words
