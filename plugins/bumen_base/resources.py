"""What users see of master data and may do with it."""

from bumen import (
    Action,
    Argument,
    Board,
    Cards,
    Lines,
    Related,
    Resource,
    Scoped,
    Text,
    dated,
    step,
)
from bumen_base import services
from bumen_base.models import (
    SCOPES,
    WHOSE_CUSTOMERS,
    Address,
    Category,
    Contact,
    Customer,
    Department,
    Employee,
    Post,
    Product,
    Region,
    unless_confidential,
)
from bumen_base.sections import OF_CUSTOMERS, OF_EMPLOYEES, OF_PRODUCTS
from bumen_base.texts import _


def typed(column: str, *, required: bool = True) -> Argument:
    """Ask for a value of the type and label that a column of customers has."""
    there = Customer.__table__.c[column]
    return Argument(column, there.type, label=there.info["about"].label, required=required)


def customers_alike(customer: Customer) -> list[Text]:
    """Say which customers may be the one that is being saved: to be looked at, not refused."""
    found = services.find_likely_duplicates(
        name=customer.name, phone=customer.phone, besides=customer.id
    )
    return [_("This may be the customer %(customer)s.", customer=one) for one in found]


class ContactLines(Lines):
    """The contacts in a customer's file."""

    model = Contact
    title = _("Contacts")
    name = "contacts"
    fields = (
        "name",
        "job_title",
        "phone",
        "mobile",
        "email",
        "messenger",
        "birthday",
        "decision_maker",
        "language",
    )


class AddressLines(Lines):
    """The addresses in a customer's file."""

    model = Address
    title = _("Addresses")
    name = "addresses"
    fields = (
        "kind",
        "consignee",
        "phone",
        "country",
        "province",
        "city",
        "district",
        "street",
        "postcode",
    )


class Customers(Resource):
    """Whom the company sells to, or may one day."""

    model = Customer
    title = _("Customers")
    columns = (
        "code",
        "name",
        "customer_class",
        "value_grade",
        "region",
        "salesperson",
        "state",
        "completeness",
    )
    filters = (
        *columns,
        "kind",
        "industry",
        "source",
        "tax_id",
        "phone",
        "email",
        "birthday",
        "preferences",
        "created_at",
    )
    beyond = ("salesperson.department",)
    views = (
        Board(by="state", shows=("customer_class", "region", "salesperson")),
        Cards(shows=("state", "customer_class", "region", "salesperson", "phone")),
    )
    empty = _("Add the first customer, or bring in the list you have by an import.")
    search = ("code", "name", "short_name", "tax_id", "phone")
    order = "code"
    sections = OF_CUSTOMERS
    archives = True
    on_archive = staticmethod(services.archive_customer)
    on_restore = staticmethod(services.unarchive_customer)
    doubts = staticmethod(customers_alike)
    scope = WHOSE_CUSTOMERS
    scopes = SCOPES
    rule = staticmethod(unless_confidential)
    clauses = ("C8.1", "E5.2")
    lines = (ContactLines, AddressLines)
    actions = (
        step(Customer.workflow, "activate", services.activate_customer),
        step(Customer.workflow, "mark_dormant", services.mark_customer_dormant),
        step(Customer.workflow, "block", services.block_customer),
        step(Customer.workflow, "unblock", services.unblock_customer),
        Action("regrade", _("Work out value grade"), dated(services.regrade_customer)),
        Action(
            "grant_credit",
            _("Grant credit"),
            services.grant_credit,
            arguments=(typed("credit_limit"), typed("credit_grade", required=False)),
        ),
    )
    on_create = staticmethod(dated(services.save_customer))
    on_change = staticmethod(dated(services.save_customer))
    on_delete = staticmethod(services.delete_customer)


class Contacts(Resource):
    """Whom one talks to at customers."""

    model = Contact
    title = _("Contacts")
    columns = ("name", "customer", "job_title", "mobile", "email")
    fields = ("customer", *ContactLines.fields)
    search = ("name", "mobile", "email", "customer.code", "customer.name")
    order = "name"
    scope = Scoped(through="customer")
    scopes = SCOPES
    on_create = staticmethod(dated(services.add_contact))
    on_change = staticmethod(dated(services.change_contact))
    on_delete = staticmethod(services.drop_contact)


class Addresses(Resource):
    """Where customers want invoices and goods to be sent."""

    model = Address
    title = _("Addresses")
    columns = ("customer", "kind", "city", "street", "postcode")
    fields = ("customer", *AddressLines.fields)
    scope = Scoped(through="customer")
    scopes = SCOPES
    menu = False
    on_create = staticmethod(services.add_address)
    on_change = staticmethod(services.change_address)
    on_delete = staticmethod(services.drop_address)


class Products(Resource):
    """What the company sells."""

    model = Product
    title = _("Products")
    columns = ("code", "name", "category", "unit", "list_price", "active")
    filters = (*columns, "kind", "barcode")
    views = (Cards(picture="picture", shows=("category", "list_price", "unit")),)
    empty = _("Add the first product, or bring in your price list by an import.")
    search = ("code", "name", "barcode")
    order = "code"
    sections = OF_PRODUCTS
    offered = staticmethod(lambda: Product.active)
    copies = True
    on_create = staticmethod(dated(services.save_product))
    on_change = staticmethod(dated(services.save_product))


class Categories(Resource):
    """The groups products are in."""

    model = Category
    title = _("Product categories")
    columns = ("code", "name", "parent")
    order = "code"
    related = (Related(Products, by="category"),)
    on_create = staticmethod(dated(services.save_category))
    on_change = staticmethod(dated(services.save_category))


class Employees(Resource):
    """Who works for the company."""

    model = Employee
    title = _("Employees")
    columns = ("number", "name", "department", "post", "superior", "region", "left_on")
    filters = (*columns, "joined_on", "user")
    views = (Cards(shows=("department", "post", "superior", "region")),)
    empty = _("Add the people of the company, so that customers and orders have somebody.")
    order = "number"
    sections = OF_EMPLOYEES
    on_create = staticmethod(dated(services.save_employee))
    on_change = staticmethod(dated(services.save_employee))


class Posts(Resource):
    """The places in the organisation, each with its duties."""

    model = Post
    title = _("Posts")
    columns = ("code", "name", "department")
    order = "code"
    related = (Related(Employees, by="post"),)
    on_create = staticmethod(dated(services.save_post))
    on_change = staticmethod(dated(services.save_post))


class Departments(Resource):
    """The parts of the company's organisation."""

    model = Department
    title = _("Departments")
    clauses = ("A2.1",)
    columns = ("code", "name", "parent", "manager")
    order = "code"
    related = (Related(Employees, by="department"),)
    on_create = staticmethod(dated(services.save_department))
    on_change = staticmethod(dated(services.save_department))


class Regions(Resource):
    """The parts of the market, each with somebody who answers for it."""

    model = Region
    title = _("Regions")
    columns = ("code", "name", "parent", "manager")
    order = "code"
    related = (Related(Customers, by="region"),)
    on_create = staticmethod(dated(services.save_region))
    on_change = staticmethod(dated(services.save_region))
