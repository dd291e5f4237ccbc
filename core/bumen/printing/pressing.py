"""How the house has papers printed: by the press, a program of its own that reaches nothing."""

from __future__ import annotations

import base64
import json
import logging
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import BoundedSemaphore
from typing import IO, Any

from bumen.printing.errors import (
    FontIsMissing,
    LibraryIsMissing,
    PaperIsTooMuch,
    PrintingIsBusy,
    SignHasNoFont,
    TemplateIsWrong,
)
from bumen.settings import surroundings
from bumen.unit_of_work import running

_PRESS = Path(__file__).with_name("press.py")
AT_ONCE = 2
"""So many presses run at once in one process; who comes later waits, but not for ever."""
PATIENCE = 10
"""Seconds that somebody waits for a press while a request is answered."""
SECONDS_TO_START = 15
"""What a press may take until it begins, on a machine that has much else to do."""
_FREE = BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)
THIS = "this"
"""What the template of a printout is called among those of a job."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a press may take: seconds of a processor, memory, and the size of what it answers."""

    seconds: int = 15
    seconds_more: int = 2
    """For each paper after the first."""
    memory: int = 2 * 1024**3
    size: int = 50_000_000


@dataclass(frozen=True, kw_only=True)
class Enclosed:
    """A file that a template may show: a logo, a style sheet."""

    mimetype: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class PressJob:
    """A job for the press: templates by name, what they are told, and what they may show.

    Each of `values` becomes a paper with page numbers of its own. `pictures` is how many pages are
    drawn as pictures beside the PDF, `limits` what all of it may take.
    """

    templates: Mapping[str, str]
    values: Sequence[Mapping[str, Any]]
    files: Mapping[str, Enclosed] = field(default_factory=dict)
    pictures: int = 0
    limits: Limits = field(default_factory=Limits)

    @property
    def seconds(self) -> int:
        """How long a processor may work for it."""
        return self.limits.seconds + self.limits.seconds_more * (len(self.values) - 1)

    def to_json(self) -> bytes:
        """Return the job as the press reads it."""
        files = {
            name: {"type": one.mimetype, "content": base64.b64encode(one.content).decode()}
            for name, one in self.files.items()
        }
        told = {
            "templates": dict(self.templates),
            "values": list(self.values),
            "files": files,
            "pictures": self.pictures,
        }
        return json.dumps(told).encode()


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """What came out of the press: the PDF, its pages by paper, and what was remarked."""

    pdf: bytes
    pages: Sequence[int]
    remarks: Sequence[str]
    pictures: Sequence[str]


def pressed(job: PressJob, *, patience: float | None = None) -> Pressed:
    """Have a job printed, or refuse with why it cannot be: never with boxes for signs.

    The unit of work of the moment lets go of the database first: nobody waits for it meanwhile.
    What was written before and is not kept yet would be lost, so that is a fault of ours.
    """
    unit = running()
    if unit is not None:
        if unit.session.has_unkept:
            raise TypeError("What is written is kept before anything is printed.")
        unit.rollback()
    waits = PATIENCE if patience is None else patience
    line, _newline, pdf = _answered(job, waits).partition(b"\n")
    told = json.loads(line)
    if "wrong" in told:
        raise _refusal(told)
    if told["boxes"]:
        raise _without_font(told["boxes"])
    return Pressed(
        pdf=pdf,
        pages=told["pages"],
        remarks=told["remarks"],
        pictures=told.get("pictures", ()),
    )


@contextmanager
def _place_at_the_press(patience: float) -> Iterator[None]:
    if not _FREE.acquire(timeout=patience):
        raise PrintingIsBusy
    try:
        yield
    finally:
        _FREE.release()


def _answered(job: PressJob, patience: float) -> bytes:
    """Return what the press answers; what it writes goes into files, which cannot fill memory."""
    with (
        _place_at_the_press(patience),
        TemporaryDirectory() as nowhere,
        TemporaryFile() as answered,
        TemporaryFile() as remarked,
    ):
        ended = _run(job, nowhere, answered, remarked)
        if ended < 0:  # stopped by its limits
            raise PaperIsTooMuch
        answered.seek(0)
        answer = answered.read()
        if ended or not answer:
            remarked.seek(0)
            _log.error("The press failed: %s", remarked.read(4000).decode(errors="replace"))
            raise RuntimeError("The press failed.")
    return answer


def _run(job: PressJob, nowhere: str, answered: IO[bytes], remarked: IO[bytes]) -> int:
    """Run a press in an empty folder, and return how it ended."""
    limits = map(str, (job.seconds, job.limits.memory, job.limits.size))
    try:
        done = subprocess.run(  # noqa: S603  # our own program, and nothing of it is typed
            [sys.executable, "-I", str(_PRESS), *limits],
            input=job.to_json(),
            stdout=answered,
            stderr=remarked,
            timeout=SECONDS_TO_START + job.seconds * 2,
            cwd=nowhere,
            env=surroundings(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PaperIsTooMuch from None
    return done.returncode


def _refusal(told: Mapping[str, Any]) -> Exception:
    if told["wrong"] == "library":
        _log.error("The press lacks a library: %s", told["said"])
        return LibraryIsMissing()
    if told["wrong"] == "too_much":
        return PaperIsTooMuch()
    line = int(told["line"]) if told["template"] in {THIS, ""} else 0
    return TemplateIsWrong(told["said"], line=line)


def _without_font(signs: str) -> Exception:
    chinese = "".join(one for one in signs if is_chinese(one))
    return FontIsMissing(chinese) if chinese else SignHasNoFont(signs)


def is_chinese(sign: str) -> bool:
    """Whether a sign is one that fonts for Chinese have: a character, or its punctuation."""
    name = unicodedata.name(sign, "")
    return name.startswith(("CJK", "IDEOGRAPHIC", "FULLWIDTH", "BOPOMOFO", "KANGXI"))
