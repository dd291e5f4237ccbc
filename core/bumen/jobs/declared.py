"""What departments declare of background work: jobs, and the times at which they start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bumen.i18n import Text
from bumen.jobs.times import is_cron
from bumen.resource import Resource

HOST = "core"
"""What the jobs of the host begin with."""

ALL_WORK = "core.Work"
"""What administrators of a company may read and write: the background work of everybody there."""

Needs = tuple[str, type[Resource] | str]


@dataclass(frozen=True, eq=False)
class Job:
    """A job is work that is done beside the requests: `Job("sales.rebuild", title=…, run=…)`.

    `name` begins with the department's. `run` is called as `run(run, **arguments)` in a unit of
    work, as the person, for the company and in the language of whoever started it; its arguments
    are named, and annotated with what they are: JSON's own kinds, `date`, `datetime`, `Decimal`.
    What it returns, a `Text` or None, is told as the result. All of it is kept at its end or not
    at all, unless it is `resumable`: such a job keeps what it has done piece by piece with
    `run.keep()` and goes on after the last piece when its worker has died. One that `writes`
    nothing, such as an export, keeps nobody waiting who does. `needs` is the permission whoever
    starts it must have, then and when it begins: `("write", Orders)`. `tries` is how often it is
    tried when it fails by no rule. One that is not `repeatable`, because it reaches outside the
    database, is never begun again by itself: people look at it first. `clauses` are the demands of
    regulations that doing it fulfils. One that is done `regardless` follows from what its starter
    was allowed to do, as working out deadlines does from another calendar: it is done, as the
    company itself, though that person has left. `of` is the argument that names what of a
    department it is about, as in `sales.orders`: while that one is off, it neither starts nor goes
    on, and nobody sees its runs.
    """

    name: str
    title: Text = field(kw_only=True)
    run: Callable[..., Text | None] = field(kw_only=True)
    needs: Needs | None = field(default=None, kw_only=True)
    writes: bool = field(default=True, kw_only=True)
    resumable: bool = field(default=False, kw_only=True)
    repeatable: bool = field(default=True, kw_only=True)
    regardless: bool = field(default=False, kw_only=True)
    tries: int = field(default=1, kw_only=True)
    of: str | None = field(default=None, kw_only=True)
    clauses: Sequence[str] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        if self.tries > 1 and not self.repeatable:
            raise ValueError(f"{self.name} is not repeatable, and yet tried {self.tries} times.")

    @property
    def plugin(self) -> str:
        """The department it belongs to; `core` for the host's own."""
        return self.name.partition(".")[0]

    @property
    def permission(self) -> tuple[str, str] | None:
        """What whoever starts it must be allowed: a verb and a view, if anything."""
        if self.needs is None:
            return None
        verb, of = self.needs
        return verb, of if isinstance(of, str) else of.permission()


@dataclass(frozen=True, eq=False)
class Schedule:
    """A schedule is when a job starts by itself: `Schedule("sales.monthly", REPORT, cron=…)`.

    `cron` is read by the clocks of the company: `0 9 25 * *` is nine o'clock on the 25th,
    `0 9 * * W` on every day that the company works. Where the clocks are put forward over it, it
    starts right after; where they are put back, once. What was missed while no worker ran is made
    up for once. Administrators of a company see it, change its times, and switch it off. `clauses`
    are the demands of regulations that it fulfils.
    """

    name: str
    job: Job
    cron: str = field(kw_only=True)
    title: Text = field(kw_only=True)
    arguments: dict[str, Any] = field(default_factory=dict, kw_only=True)
    clauses: Sequence[str] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        if not is_cron(self.cron):
            raise ValueError(f"{self.name}: {self.cron} is no time of cron's.")

    @property
    def plugin(self) -> str:
        """The department it belongs to; `core` for the host's own."""
        return self.name.partition(".")[0]


def department_of(job: Job, given: Mapping[str, Any]) -> str:
    """Return the department that work is about: that of what it is told of, or else its own."""
    about = given.get(job.of) if job.of is not None else None
    return str(about or job.name).partition(".")[0]
