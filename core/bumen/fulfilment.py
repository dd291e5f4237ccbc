"""What departments do for the demands of a company's regulations, read from their declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bumen.i18n import Text, translator
from bumen.reports import Report
from bumen.resource import Resource
from bumen.values import Choice

_ = translator(__file__, "bumen")


class Means(Choice):
    """By what a demand is fulfilled."""

    STEP = "step", _("Step")
    RECORDS = "records", _("Records")
    REPORT = "report", _("Report")


@dataclass(frozen=True, kw_only=True, eq=False)
class Fulfilment:
    """A fulfilment is what a department has for some demands: a step, kept records, a report."""

    means: Means
    clauses: Sequence[str]
    resource: type[Resource]
    name: str
    label: Text

    @property
    def plugin(self) -> str:
        """The department it belongs to."""
        return self.resource.plugin()

    @property
    def key(self) -> str:
        """What it is called among all: `sales.orders.confirm`."""
        return f"{self.resource.key()}.{self.name}" if self.name else self.resource.key()


def fulfilments_of(
    resources: Iterable[type[Resource]], reports: Iterable[Report]
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
