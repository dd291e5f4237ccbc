"""What master data reports: customers that may be the same, and what is missing in their files."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Enum, select

from bumen import (
    Analysis,
    Argument,
    Choice,
    Dimension,
    Link,
    Measure,
    Percent,
    Report,
    ReportColumn,
    Text,
    session,
)
from bumen_base import services
from bumen_base.models import Customer, CustomerKind, CustomerState, Employee, Region
from bumen_base.models.alike import Conditions, Likeness
from bumen_base.resources import AddressLines, ContactLines, Customers, Employees, Regions
from bumen_base.texts import _

MOST_NAMED = 3
"""So many fields are named that are missing most often."""
Row = tuple[Any, ...]


class Grouping(Choice):
    """Whose customers are looked at together."""

    SALESPERSON = "salesperson", _("Salesperson")
    REGION = "region", _("Region")


_RESOURCES = {Grouping.SALESPERSON: (Employees, Employee), Grouping.REGION: (Regions, Region)}
_LINES = {"contacts": ContactLines.title, "addresses": AddressLines.title}


def duplicates(*, seen: Conditions, why: Likeness | None) -> Iterator[Row]:
    """Yield the customers that may be the same, group by group."""
    for group in services.find_all_alike(seen=seen, why=why):
        told = str(_("%(why)s: %(shared)s", why=group.why.label, shared=group.shared))
        for customer in group.customers:
            yield (
                told,
                _customer(customer),
                customer.phone,
                customer.tax_id,
                _region(customer),
                _salesperson(customer),
                customer.state,
                customer.archived,
            )


def completeness(*, seen: Conditions, by: Grouping) -> Iterator[Row]:
    """Yield how complete the files of each salesperson's or region's customers are."""
    resource, model = _RESOURCES[by]
    measured = services.measure_files(getattr(Customer, f"{by.value}_id"), seen=seen)
    idents = [files.group_id for files in measured if files.group_id is not None]
    found = session().scalars(select(model).where(model.id.in_(idents)))
    names = {record.id: str(record) for record in found}
    for files in measured:
        ident = files.group_id
        query = _narrowed(by, ident)
        yield (
            _("Nobody")
            if ident is None and by is Grouping.SALESPERSON
            else _("No region")
            if ident is None
            else Link(names.get(ident), resource, ident=ident),
            Link(files.count, Customers, query=query),
            files.average,
            tuple(_gap(*gap, query) for gap in files.most_missing(MOST_NAMED)),
        )


def least_complete(*, seen: Conditions) -> Iterator[Row]:
    """Yield the customers with the least complete files, and what they lack."""
    for customer, missing in services.emptiest_files(seen=seen):
        yield (
            _customer(customer),
            _salesperson(customer),
            _region(customer),
            customer.completeness,
            tuple(label_of(name) for name in missing),
        )


def label_of(name: str) -> Text:
    """Return what people call a field that matters of a customer's file."""
    if name in _LINES:
        return _LINES[name]
    label: Text = Customer.__table__.c[name].info["about"].label
    return label


def _customer(customer: Customer) -> Link:
    return Link(str(customer), Customers, ident=customer.id)


def _region(customer: Customer) -> Link | None:
    region = customer.region
    return region and Link(str(region), Regions, ident=region.id)


def _salesperson(customer: Customer) -> Link | None:
    person = customer.salesperson
    return person and Link(str(person), Employees, ident=person.id)


def _narrowed(grouping: Grouping, ident: int | None) -> dict[str, str]:
    """Return the arguments of the list of a group's customers."""
    of_group = f"filter.{grouping.value}"
    named = {f"{of_group}.empty": "1"} if ident is None else {of_group: str(ident)}
    return {**named, "filter.archived": "0"}


def _gap(name: str, count: int, query: Mapping[str, str]) -> Link | str:
    """Tell a gap with how often it is there, and lead to the files that have it."""
    told = str(_("%(field)s (%(count)s)", field=label_of(name), count=f"{count:,}"))
    field = name.removesuffix("_id")
    if field not in Customers.filtered():
        return told
    narrowed = {**query, f"filter.{field}.empty": "1"}
    if name in services.MATTERS_OF_COMPANIES:
        narrowed["filter.kind"] = CustomerKind.COMPANY
    return Link(told, Customers, query=narrowed)


def _choice(choice: type[Choice]) -> Enum:
    return Enum(
        choice, native_enum=False, values_callable=lambda codes: [one.value for one in codes]
    )


DUPLICATES = Report(
    name="duplicates",
    title=_("Customers that may be the same"),
    help=_("Look at each group: keep one customer, and archive the others."),
    resource=Customers,
    columns=(
        ReportColumn("why", str, label=_("Likeness"), of=("name", "phone", "tax_id")),
        ReportColumn("customer", str, label=_("Customer"), of=("code", "name")),
        ReportColumn("phone", str, label=_("Phone")),
        ReportColumn("tax_id", str, label=_("Tax ID")),
        ReportColumn("region", str, label=_("Region")),
        ReportColumn("salesperson", str, label=_("Salesperson")),
        ReportColumn("state", CustomerState, label=_("Status")),
        ReportColumn("archived", bool, label=_("Archived")),
    ),
    arguments=(Argument("why", _choice(Likeness), label=_("Likeness"), required=False),),
    rows=duplicates,
    gathered="why",
    empty=_("No two customers are alike."),
)

COMPLETENESS = Report(
    name="completeness",
    clauses=("C8.1",),
    title=_("Completeness of customers' files"),
    help=_("Whose customers' files lack what matters, the least complete first."),
    resource=Customers,
    columns=(
        ReportColumn("group", str, label=_("Salesperson or region"), of=("salesperson", "region")),
        ReportColumn("customers", int, label=_("Customers")),
        ReportColumn("average", Percent, label=_("Completeness (average)"), of=("completeness",)),
        ReportColumn("missing", str, label=_("Missing most often"), of=("completeness",)),
    ),
    arguments=(Argument("by", _choice(Grouping), label=_("Grouped by")),),
    rows=completeness,
)

LEAST_COMPLETE = Report(
    name="least_complete",
    title=_("Least complete customers"),
    help=_("The customers whose files lack the most, and what they lack."),
    resource=Customers,
    columns=(
        ReportColumn("customer", str, label=_("Customer"), of=("code", "name")),
        ReportColumn("salesperson", str, label=_("Salesperson")),
        ReportColumn("region", str, label=_("Region")),
        ReportColumn("completeness", int, label=_("Completeness (%)")),
        ReportColumn("missing", str, label=_("What is missing"), of=("completeness",)),
    ),
    rows=least_complete,
)

CUSTOMERS = Analysis(
    name="customers",
    title=_("Customer analysis"),
    help=_("How many customers there are, where and whose, and how many are new."),
    resource=Customers,
    day="created_at",
    dimensions=(
        Dimension("region"),
        Dimension("salesperson"),
        Dimension("salesperson.department"),
        Dimension("customer_class"),
        Dimension("value_grade"),
        Dimension("state"),
        Dimension("kind"),
        Dimension("industry"),
        Dimension("source"),
        Dimension("created_at"),
    ),
    measures=(
        Measure("customers", label=_("Number of customers")),
        Measure("complete", "completeness", label=_("Completeness (average)"), average=True),
    ),
    rows="region",
    columns="customer_class",
)
