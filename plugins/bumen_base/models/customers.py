"""What is remembered of customers: who they are, whom to talk to, where to send things."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from unicodedata import name as name_of_sign

from sqlalchemy import ColumnElement, Index, Select, String, or_, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column

from bumen import (
    EVERYTHING,
    Archived,
    Argument,
    CompanyModel,
    Keeps,
    Money,
    Moving,
    Workflow,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
    transition,
    unique,
)
from bumen_base.models.choices import (
    AddressKind,
    ContactLanguage,
    CustomerKind,
    CustomerSource,
    CustomerState,
    Grade,
    PaymentMethod,
)
from bumen_base.models.likeness import SHORTEST_ALIKE, beginnings, comparable_name, comparable_phone
from bumen_base.models.organisation import Employee, Region
from bumen_base.models.patterns import CODE, COUNTRY, EMAIL, PHONE, WEBSITE
from bumen_base.texts import _

_NOT_ARCHIVED = text("NOT archived")


class Customer(Archived, Moving, CompanyModel):
    """A customer is an organisation or person that buys from the company, or may one day.

    Two customers that are not archived never share a tax ID. Credit is held here and decided by
    the departments that sell; value grade and completeness are worked out.
    """

    __tablename__ = "base_customer"
    __table_args__ = (
        unique("code"),
        Index(
            "uq_base_customer_tax_id",
            "company_id",
            "tax_id",
            unique=True,
            sqlite_where=_NOT_ARCHIVED,
            postgresql_where=_NOT_ARCHIVED,
        ),
        index("name"),
        index("name_key"),
        index("kind", "name"),
        index("phone"),
        index("email"),
        index("birthday"),
        index("phone_key"),
        index("customer_class", "name"),
        index("value_grade", "name"),
        index("industry"),
        index("source"),
        index("state", "name"),
        index("archived", "name"),
        index("completeness"),
        index("created_at"),
    )
    named_by = ("code", "name")
    keeps = EVERYTHING - {Keeps.TAGS}  # its tags are a field, which imports fill
    workflow: ClassVar[Workflow] = Workflow(
        transition(
            "activate",
            {CustomerState.PROSPECT, CustomerState.DORMANT},
            CustomerState.ACTIVE,
            label=_("Activate"),
        ),
        transition(
            "mark_dormant",
            {CustomerState.PROSPECT, CustomerState.ACTIVE},
            CustomerState.DORMANT,
            label=_("Mark as dormant"),
        ),
        transition(
            "block",
            {CustomerState.PROSPECT, CustomerState.ACTIVE, CustomerState.DORMANT},
            CustomerState.BLOCKED,
            label=_("Block"),
            arguments=(Argument("reason", String(200), label=_("Reason for blocking")),),
            confirm=_("Nothing is sold to a blocked customer. Block this customer?"),
        ),
        transition("unblock", {CustomerState.BLOCKED}, CustomerState.ACTIVE, label=_("Unblock")),
    )

    code: Mapped[str] = field(String(40), label=_("Code"), pattern=CODE, filled=True)
    name: Mapped[str] = field(String(200), label=_("Name"))
    short_name: Mapped[str | None] = field(String(80), label=_("Short name"))
    kind: Mapped[CustomerKind] = field(label=_("Type"), default=CustomerKind.COMPANY)
    customer_class: Mapped[Grade | None] = field(
        label=_("Customer class"), help=_("How much this customer matters, as people see it.")
    )
    value_grade: Mapped[Grade | None] = field(
        label=_("Value grade"),
        help=_("Worked out from the turnover of the last twelve months."),
        readonly=True,
    )
    industry: Mapped[str | None] = field(String(80), label=_("Industry"))
    source: Mapped[CustomerSource | None] = field(label=_("Source"))
    region: Mapped[Region | None] = belongs_to(Region, label=_("Region"))
    region_id: Mapped[int | None]
    salesperson: Mapped[Employee | None] = belongs_to(Employee, label=_("Salesperson"))
    salesperson_id: Mapped[int | None]
    tax_id: Mapped[str | None] = field(String(40), label=_("Tax ID"))
    payment_method: Mapped[PaymentMethod] = field(
        label=_("Payment method"), default=PaymentMethod.PREPAID
    )
    payment_days: Mapped[int] = field(
        label=_("Payment term (days)"), default=0, minimum=0, maximum=365
    )
    credit_grade: Mapped[Grade | None] = field(label=_("Credit grade"), readonly=True)
    credit_limit: Mapped[Money] = field(
        label=_("Credit limit"), default=Decimal(0), minimum=0, readonly=True
    )
    phone: Mapped[str | None] = field(String(40), label=_("Phone"), pattern=PHONE)
    email: Mapped[str | None] = field(String(320), label=_("E-mail"), pattern=EMAIL)
    website: Mapped[str | None] = field(String(200), label=_("Website"), pattern=WEBSITE)
    birthday: Mapped[date | None] = field(label=_("Birthday or founding day"))
    preferences: Mapped[str | None] = field(
        label=_("Preferences"), help=_("What this customer likes and dislikes.")
    )
    tags: Mapped[str | None] = field(String(400), label=_("Tags"), help=_("Separated by commas."))
    confidential: Mapped[bool] = field(label=_("Confidential"), default=False)
    state: Mapped[CustomerState] = field(
        label=_("Status"), default=CustomerState.PROSPECT, readonly=True
    )
    blocked_because: Mapped[str | None] = field(
        String(200), label=_("Reason for blocking"), readonly=True
    )
    completeness: Mapped[int] = field(
        label=_("Completeness (%)"),
        help=_("How many of the fields that matter are filled."),
        default=0,
        minimum=0,
        maximum=100,
        readonly=True,
    )
    contacts: Mapped[list["Contact"]] = has_lines("base_contact")
    addresses: Mapped[list["Address"]] = has_lines("base_address")

    name_key: Mapped[str] = mapped_column(String(200), default="")
    phone_key: Mapped[str] = mapped_column(String(40), default="")


class Contact(CompanyModel):
    """A contact is a person one talks to at a customer."""

    __tablename__ = "base_contact"
    __table_args__ = (index("name"), index("job_title"), index("mobile"), index("email"))
    named_by = ("name", "job_title")

    customer: Mapped[Customer] = line_of(Customer, label=_("Customer"))
    customer_id: Mapped[int]
    name: Mapped[str] = field(String(100), label=_("Full name"))
    job_title: Mapped[str | None] = field(String(100), label=_("Job title"))
    phone: Mapped[str | None] = field(String(40), label=_("Phone"), pattern=PHONE)
    mobile: Mapped[str | None] = field(String(40), label=_("Mobile"), pattern=PHONE)
    email: Mapped[str | None] = field(String(320), label=_("E-mail"), pattern=EMAIL)
    messenger: Mapped[str | None] = field(String(100), label=_("WeChat or LINE ID"))
    birthday: Mapped[date | None] = field(label=_("Birthday"))
    decision_maker: Mapped[bool] = field(label=_("Decision maker"), default=False)
    language: Mapped[ContactLanguage | None] = field(label=_("Language"))


class Address(CompanyModel):
    """An address is where a customer wants invoices or goods to be sent."""

    __tablename__ = "base_address"
    __table_args__ = (index("kind"), index("city"), index("street"), index("postcode"))
    named_by = ("postcode", "province", "city", "district", "street")

    customer: Mapped[Customer] = line_of(Customer, label=_("Customer"))
    customer_id: Mapped[int]
    kind: Mapped[AddressKind] = field(label=_("Type"), default=AddressKind.DELIVERY)
    consignee: Mapped[str | None] = field(String(100), label=_("Consignee"))
    phone: Mapped[str | None] = field(String(40), label=_("Phone"), pattern=PHONE)
    country: Mapped[str] = field(
        String(2),
        label=_("Country"),
        help=_("Two letters, as in TW, CN or HK; the company's own when left empty."),
        pattern=COUNTRY,
        filled=True,
    )
    province: Mapped[str | None] = field(String(80), label=_("State/Province"))
    city: Mapped[str | None] = field(String(80), label=_("City"))
    district: Mapped[str | None] = field(String(80), label=_("District"))
    street: Mapped[str] = field(String(200), label=_("Street"))
    postcode: Mapped[str | None] = field(String(20), label=_("Postal code"))

    def __str__(self) -> str:
        """Write it as an envelope does: in Chinese without gaps, and a city that is one once."""
        if not any("CJK" in name_of_sign(sign, "") for sign in self.street):
            return super().__str__()
        places = dict.fromkeys((self.province, self.city, self.district, self.street))
        written = "".join(one for one in places if one)
        return f"{self.postcode} {written}" if self.postcode else written


def likely_duplicates(
    *, name: str, phone: str | None = None, besides: int | None = None
) -> Select[Customer]:
    """Select customers with the same phone number, or with a name alike, in order of their codes.

    Names are alike when they differ in case, width, signs or legal form only, or when one begins
    with the other. `besides` is the id of the customer that is compared, if it has one.
    """
    name_key, phone_key = comparable_name(name), comparable_phone(phone)
    alike: list[ColumnElement[bool]] = [Customer.name_key.in_([name_key, *beginnings(name_key)])]
    if len(name_key) >= SHORTEST_ALIKE:
        alike.append(Customer.name_key.startswith(name_key, autoescape=True))
    if phone_key:
        alike.append(Customer.phone_key == phone_key)
    found = select(Customer).where(or_(*alike)).order_by(Customer.code)
    return found if besides is None else found.where(Customer.id != besides)


def others_with_tax_id(customer: Customer) -> Select[Customer]:
    """Select the customers, not archived, that already have this customer's tax ID."""
    return select(Customer).where(
        Customer.tax_id == customer.tax_id, ~Customer.archived, Customer.id != (customer.id or 0)
    )


def with_people(customer: Customer) -> Select[Customer]:
    """Select a customer with who looks after it and its region, both at once."""
    people = (joinedload(Customer.salesperson), joinedload(Customer.region))
    return select(Customer).where(Customer.id == customer.id).options(*people)


def first_customer() -> Select[int]:
    """Select the id of any customer there is."""
    return select(Customer.id).limit(1)
