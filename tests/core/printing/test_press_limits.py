"""What a press may take: time, memory, size, and how long somebody waits for it."""

import pytest

from bumen.printing import pressing
from bumen.printing.errors import PaperIsTooMuch, PrintingIsBusy
from bumen.printing.pressing import Limits, PressJob, pressed

HURRIED = Limits(seconds=1, memory=1024**3)


def job(body: str, *, limits: Limits = HURRIED) -> PressJob:
    """A paper of one template, under small limits."""
    values = [{"words": {}, "nine": 9}]
    return PressJob(templates={"this": body}, values=values, limits=limits)


@pytest.mark.parametrize(
    "body",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 9 ** (9 ** nine) }}",
        "{% for a in range(99999) %}{{ 'x' * 9999 }}{% endfor %}",
        "{{ 'x' * 9999999999 }}",
        "{{ [0] * 999999999 }}",
        "<style>@page { size: 1mm; margin: 0 }</style>{{ 'x ' * 99999 }}",
        "<table><tr><td colspan=999999999>x",
    ],
)
def test_a_template_that_does_not_end_is_stopped(body: str) -> None:
    with pytest.raises(PaperIsTooMuch):
        pressed(job(body))


def test_an_ordinary_paper_stays_within_these_limits() -> None:
    assert list(pressed(job("<p>{{ words }}")).pages) == [1]


def test_a_paper_larger_than_anybody_could_send_is_refused() -> None:
    small = Limits(size=1000)

    with pytest.raises(PaperIsTooMuch):
        pressed(job("<p>x", limits=small))


def test_the_ordinary_limits_are_what_is_promised() -> None:
    limits = Limits()

    assert (limits.seconds, limits.seconds_more) == (15, 2)
    assert (limits.memory, limits.size) == (2 * 1024**3, 50_000_000)
    assert PressJob(templates={}, values=[{}] * 3).seconds == 19


def test_nobody_waits_for_ever_while_others_print() -> None:
    held = [pressing._FREE.acquire(blocking=False) for _press in range(pressing.AT_ONCE)]
    try:
        with pytest.raises(PrintingIsBusy) as busy:
            pressed(job("<p>x"), patience=0.05)
    finally:
        for _press in held:
            pressing._FREE.release()

    assert (all(held), busy.value.status, busy.value.retry_after) == (True, 503, 15)
    assert list(pressed(job("<p>x")).pages) == [1]
