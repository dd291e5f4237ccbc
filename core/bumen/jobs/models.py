"""What the host remembers of background work: runs, what they said, and schedules."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bumen.i18n import Text, language, translator
from bumen.model import CompanyModel, Model, field, index, unique
from bumen.model.accounts import User
from bumen.values import BIG_ID, Choice, Tone

_ = translator(__file__, "bumen")

LONGEST_KEY = 120
LONGEST_PLUGIN = 40
LONGEST_FILE_NAME = 255
KEPT = timedelta(days=60)
"""How long a run is kept after it has ended, its file with it."""

Words = dict[str, str]
"""A sentence in each language of the house."""


class RunState(Choice):
    """How far a run is."""

    WAITING = "waiting", _("Waiting to begin"), Tone.PLAIN
    RUNNING = "running", _("Running"), Tone.ACTIVE
    DONE = "done", _("Done"), Tone.GOOD
    FAILED = "failed", _("Failed"), Tone.BAD
    CANCELLED = "cancelled", _("Cancelled"), Tone.PLAIN
    INTERRUPTED = "interrupted", _("Interrupted"), Tone.WARNING


OPEN = (RunState.WAITING, RunState.RUNNING)
"""The states of runs that are still to come to an end."""
ENDED_BADLY = (RunState.FAILED, RunState.CANCELLED, RunState.INTERRUPTED)
"""The states of runs that may be begun again."""
LONGEST_CRON = 120
_JSON = JSON(none_as_null=True)
_OPEN = text("state IN ('waiting', 'running')")


class JobRun(CompanyModel):
    """A run is one time that a job is done, for whoever started it (`created_by_id`).

    `plugin` is the department that it is about, `core` for none: while that one is off, it does
    not go on, and nobody sees it. A worker holds it by its `lease`: whoever does not know it any
    more may keep nothing. `about` says what this run is about, `result` what came of it, `error`
    why nothing did, each in all languages of the house; `in_part` that it came to less than was
    asked. `remembered` is how far a resumable job has got, kept together with what it has done.
    `due_at` is when it may begin, `rung_at` when a worker was last told, `stop_at` when somebody
    wished it to stop. `stored_as` is the file it made.
    """

    __tablename__ = "core_job_run"
    __table_args__ = (
        index("created_by_id", "id"),
        Index(
            "ix_core_job_run_open", "state", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
        Index(None, "ended_at"),
        unique("schedule", "scheduled_for"),
    )
    in_history: ClassVar[bool] = False

    job: Mapped[str] = mapped_column(String(LONGEST_KEY))
    plugin: Mapped[str] = mapped_column(String(LONGEST_PLUGIN), server_default="core")
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    about: Mapped[Words | None] = mapped_column(_JSON)
    locale: Mapped[str] = mapped_column(String(16))
    state: Mapped[RunState] = field(label=_("State"))
    due_at: Mapped[datetime]
    rung_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    stop_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    taken_over: Mapped[int] = mapped_column(Integer, default=0)
    lease: Mapped[str | None] = mapped_column(String(40))
    worker: Mapped[str | None] = mapped_column(String(120))
    done: Mapped[int] = mapped_column(default=0)
    of: Mapped[int | None]
    remembered: Mapped[Any] = mapped_column(_JSON, nullable=True)
    result: Mapped[Words | None] = mapped_column(_JSON)
    error: Mapped[Words | None] = mapped_column(_JSON)
    in_part: Mapped[bool] = mapped_column(default=False, server_default=false())
    schedule: Mapped[str | None] = mapped_column(String(LONGEST_KEY))
    scheduled_for: Mapped[datetime | None]
    stored_as: Mapped[str | None] = mapped_column(String(120), unique=True)
    file_name: Mapped[str | None] = mapped_column(String(LONGEST_FILE_NAME))
    media_type: Mapped[str | None] = mapped_column(String(120))
    size: Mapped[int | None]
    tells: Mapped[list[str] | None] = mapped_column(_JSON)
    """Which fields of records its file tells, by their paths."""

    starter: Mapped[User | None] = relationship(
        User, primaryjoin="foreign(JobRun.created_by_id) == User.id", viewonly=True
    )

    @property
    def is_open(self) -> bool:
        """Whether it is still to come to an end."""
        return self.state in OPEN

    @property
    def is_in_part(self) -> bool:
        """Whether it is over and came to less than was asked."""
        return self.in_part and self.state is RunState.DONE

    @property
    def state_said(self) -> Text:
        """How far it is, as people are told."""
        return _("Not wholly done") if self.is_in_part else self.state.label

    @property
    def tone(self) -> Tone:
        """What the word of its state sounds like."""
        return Tone.WARNING if self.is_in_part else self.state.tone or Tone.PLAIN


class LogLine(Model):
    """A line of the log is what a run said while it worked."""

    __tablename__ = "core_job_line"
    __table_args__ = (Index(None, "run_id", "id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("core_job_run.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    is_warning: Mapped[bool]
    words: Mapped[Words] = mapped_column(JSON)

    @property
    def text(self) -> str:
        """The sentence in the language of the moment."""
        return said(self.words)


class ScheduleEntry(CompanyModel):
    """A schedule's entry is when a company has a job start by itself.

    `name` is that of a schedule its department declares, or one of a schedule that somebody made
    (`own_…`), with its job, arguments and title. `plugin` is the department that it is about.
    `cron` is empty while the declared times hold.
    """

    __tablename__ = "core_schedule"
    __table_args__ = (unique("name"), Index(None, "next_at"))
    in_history: ClassVar[bool] = False

    name: Mapped[str] = mapped_column(String(LONGEST_KEY))
    plugin: Mapped[str] = mapped_column(String(LONGEST_PLUGIN), server_default="core")
    job: Mapped[str | None] = mapped_column(String(LONGEST_KEY))
    arguments: Mapped[dict[str, Any] | None] = mapped_column(_JSON)
    title: Mapped[Words | None] = mapped_column(_JSON)
    owner_id: Mapped[int | None] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), index=True
    )
    cron: Mapped[str | None] = mapped_column(String(LONGEST_CRON))
    enabled: Mapped[bool] = mapped_column(default=True)
    next_at: Mapped[datetime | None]
    last_at: Mapped[datetime | None]


def said(words: Words | None) -> str:
    """Return a sentence that is kept in all languages in that of the moment."""
    return "" if not words else words.get(language()) or words["en"]
