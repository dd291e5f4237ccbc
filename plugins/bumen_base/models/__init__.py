"""What master data remembers."""

from bumen_base.models.choices import (
    AddressKind,
    ContactLanguage,
    CustomerKind,
    CustomerSource,
    CustomerState,
    Grade,
    PaymentMethod,
    ProductKind,
)
from bumen_base.models.customers import (
    Address,
    Contact,
    Customer,
    first_customer,
    likely_duplicates,
    others_with_tax_id,
)
from bumen_base.models.organisation import Department, Employee, Post, Region
from bumen_base.models.products import Category, Product, first_product
from bumen_base.models.seeing import SCOPES, customers_seen, of_customers_seen
from bumen_base.models.trees import upwards_from

__all__ = [
    "SCOPES",
    "Address",
    "AddressKind",
    "Category",
    "Contact",
    "ContactLanguage",
    "Customer",
    "CustomerKind",
    "CustomerSource",
    "CustomerState",
    "Department",
    "Employee",
    "Grade",
    "PaymentMethod",
    "Post",
    "Product",
    "ProductKind",
    "Region",
    "customers_seen",
    "first_customer",
    "first_product",
    "likely_duplicates",
    "of_customers_seen",
    "others_with_tax_id",
    "upwards_from",
]
