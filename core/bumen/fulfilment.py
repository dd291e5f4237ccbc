"""What departments do for the demands of a company's regulations, read from their declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bumen.i18n import Text, translator
from bumen.jobs import Job, Schedule
from bumen.reports import Analysis, Report
from bumen.resource import Resource
from bumen.values import Choice

_ = translator(__file__, "bumen")


class Means(Choice):
    """By what a demand is fulfilled."""

    STEP = "step", _("Step")
    RECORDS = "records", _("Records")
    REPORT = "report", _("Report")
    JOB = "job", _("Background work")
    SCHEDULE = "schedule", _("Schedule")


@dataclass(frozen=True, kw_only=True, eq=False)
class Fulfilment:
    """A fulfilment is what a department has for some demands: a step, records, a report, work.

    `resource` is the resource whose records it is about; None for work in the background, which is
    called by its whole name.
    """

    means: Means
    clauses: Sequence[str]
    resource: Any
    name: str
    label: Text

    @property
    def plugin(self) -> str:
        """The department it belongs to."""
        return self.key.partition(".")[0]

    @property
    def key(self) -> str:
        """What it is called among all: `sales.orders.confirm`."""
        if self.resource is None:
            return self.name
        return f"{self.resource.key()}.{self.name}" if self.name else str(self.resource.key())

    @property
    def records(self) -> Text | None:
        """What the records it is about are called, if there are any."""
        return None if self.resource is None else self.resource.title


def fulfilments_of(
    resources: Iterable[type[Resource]], reports: Iterable[Report | Analysis]
) -> Iterator[Fulfilment]:
    """Yield what declarations say that they fulfil."""
    for resource in resources:
        if resource.clauses:
            yield Fulfilment(
                means=Means.RECORDS,
                clauses=tuple(resource.clauses),
                resource=resource,
                name="",
                label=resource.title,
            )
        yield from _steps_of(resource)
    for report in reports:
        if report.clauses:
            yield Fulfilment(
                means=Means.REPORT,
                clauses=tuple(report.clauses),
                resource=report.resource,
                name=report.name,
                label=report.title,
            )


def work_fulfilments(work: Iterable[Job | Schedule]) -> Iterator[Fulfilment]:
    """Yield what jobs and schedules say that they fulfil."""
    for one in work:
        if one.clauses:
            yield Fulfilment(
                means=Means.JOB if isinstance(one, Job) else Means.SCHEDULE,
                clauses=tuple(one.clauses),
                resource=None,
                name=one.name,
                label=one.title,
            )


def clauses_of_step(resource: type[Resource], name: str) -> tuple[str, ...]:
    """Return the demands that a step of a resource's records fulfils; none for what is no step."""
    workflow = getattr(resource.model, "workflow", None)
    step = None if workflow is None else workflow.transitions.get(name)
    return () if step is None else tuple(step.clauses)


def _steps_of(resource: type[Resource]) -> Iterator[Fulfilment]:
    workflow = getattr(resource.model, "workflow", None)
    for step in () if workflow is None else workflow.transitions.values():
        if step.clauses:
            yield Fulfilment(
                means=Means.STEP,
                clauses=tuple(step.clauses),
                resource=resource,
                name=step.name,
                label=step.label,
            )
