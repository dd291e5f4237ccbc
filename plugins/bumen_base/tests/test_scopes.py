"""Own, own department and below, own regions and below, the company: who sees which customers."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from bumen import create_record
from bumen.company.people import full_name_of
from bumen.host import Host
from bumen.security.why import Asked, Enquiry
from bumen.testing.makers import make_user
from bumen.unit_of_work import CurrentCompany, UnitOfWork
from bumen.visibility import seen
from bumen_base.models import Contact, Customer
from bumen_base.resources import Contacts, Customers, Departments, Employees, Regions

ALL = {"north's", "under's", "desk's", "south's", "nobody's"}


@dataclass
class Office:
    """A company: a head with somebody under them, a colleague at the desk, and the south."""

    host: Host
    ids: dict[str, int] = field(default_factory=dict)

    def seen(self, name: str, *verbs: str, resource: type = Customers) -> set[str]:
        """Return the names of what somebody sees who may read, and these."""
        with self.host.unit_of_work(company="TW01", by=name) as unit:
            _allow(unit, verbs)
            model = resource.model
            return set(unit.session.scalars(select(model.name).where(*seen(resource))))


def _allow(unit: UnitOfWork, verbs: Iterable[str]) -> None:
    held = {"read", *verbs}
    unit.may = lambda verb, _view: verb in held


@pytest.fixture
def office(host: Host, company: CurrentCompany) -> Office:
    """Five customers: of the head, under the head, at the desk, in the south, and of nobody."""
    made = Office(host)
    users = {name: make_user(host, name, company="TW01").id for name in ("head", "desk")}
    with host.unit_of_work(company="TW01"):
        region = create_record(Regions, {"name": "北區"}, by=None).id
        below = create_record(Regions, {"name": "基隆", "parent_id": region}, by=None).id
        sales = create_record(Departments, {"name": "業務部"}, by=None).id
        team = create_record(Departments, {"name": "一組", "parent_id": sales}, by=None).id
        head = _employee("王", user_id=users["head"], department_id=sales, region_id=region)
        under = _employee("李", superior_id=head)
        desk = _employee("張", user_id=users["desk"], department_id=team)
        south = _employee("林")
        _customer("north's", head)
        _customer("under's", under)
        _customer("desk's", desk)
        _customer("south's", south, region_id=below)
        _customer("nobody's", None)
    return made


def _employee(name: str, **values: int) -> int:
    ident: int = create_record(Employees, {"name": name, **values}, by=None).id
    return ident


def _customer(name: str, salesperson: int | None, **values: int) -> None:
    given = {"name": name, "salesperson_id": salesperson, **values}
    made = create_record(Customers, given, by=None)
    create_record(Contacts, {"name": name, "customer_id": made.id}, by=None)


@pytest.mark.parametrize(
    ("name", "verbs", "expected"),
    [
        ("head", (), {"north's", "under's"}),
        ("desk", (), {"desk's"}),
        ("head", ("read_department",), {"north's", "under's", "desk's"}),
        ("desk", ("read_department",), {"desk's"}),
        ("head", ("read_region",), {"north's", "under's", "south's"}),
        ("desk", ("read_region",), {"desk's"}),
        ("head", ("read_all",), ALL),
        ("admin", (), set()),
        ("admin", ("read_department", "read_region"), set()),
        ("admin", ("read_all",), ALL),
    ],
)
def test_people_see_what_their_permissions_reach(
    office: Office, name: str, verbs: tuple[str, ...], expected: set[str]
) -> None:
    assert office.seen(name, *verbs) == expected
    assert office.seen(name, *verbs, resource=Contacts) == expected


def test_what_belongs_to_nobody_is_its_makers(office: Office) -> None:
    with office.host.unit_of_work(company="TW01", by="desk") as unit:
        create_record(Customers, {"name": "mine"}, by=unit.user)

    assert office.seen("desk") == {"desk's", "mine"}
    assert office.seen("head") == {"north's", "under's"}


def test_nobody_but_its_own_people_sees_a_confidential_customer(office: Office) -> None:
    with office.host.unit_of_work(company="TW01") as unit:
        for one in unit.session.scalars(select(Customer)):
            one.confidential = True

    assert office.seen("head", "read_all") == {"north's", "under's"}
    assert office.seen("head", "read_all", "read_confidential") == ALL


@pytest.mark.parametrize(
    ("name", "customer", "verbs", "is_seen", "said"),
    [
        ("head", "under's", "", True, "It belongs to head or to the people below."),
        ("head", "desk's", "read_department", True, "It belongs to the department of head, or"),
        ("head", "south's", "read_region", True, "It lies in a region of head, or in one below."),
        ("desk", "south's", "read_all", True, "desk may see all of the company."),
        ("desk", "south's", "", False, "林: neither desk nor anybody below"),
        ("desk", "nobody's", "", False, "It belongs to nobody, and desk did not write it down."),
    ],
)
def test_why_somebody_sees_a_customer_or_not_is_told(
    office: Office, name: str, customer: str, verbs: str, is_seen: bool, said: str
) -> None:
    with office.host.unit_of_work(company="TW01", by=name) as unit:
        ident = unit.session.scalars(select(Customer.id).where(Customer.name == customer)).one()
        enquiry = Enquiry(
            office.host.registry, Asked(person=unit.user, resource=Customers, record_id=ident)
        )
        enquiry.granted = {("can_read", "base.Customers"), (f"can_{verbs}", "base.Customers")}
        findings = enquiry.findings()

    assert full_name_of(unit.user) == name
    assert findings[-1].is_open == is_seen
    assert any(said in str(one.said) for one in findings)


def test_a_contact_is_told_to_be_seen_with_its_customer(office: Office) -> None:
    with office.host.unit_of_work(company="TW01", by="desk") as unit:
        ident = unit.session.scalars(select(Contact.id).where(Contact.name == "south's")).one()
        asked = Asked(person=unit.user, resource=Contacts, record_id=ident)
        enquiry = Enquiry(office.host.registry, asked)
        enquiry.granted = {("can_read", "base.Contacts")}
        last = enquiry.findings()[-1]

    assert not last.is_open
    assert "which desk may not see" in str(last.said)
