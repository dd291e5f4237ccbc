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
    with_people,
)
from bumen_base.models.organisation import Department, Employee, Post, Region
from bumen_base.models.products import Category, Product, first_product
from bumen_base.models.seeing import (
    SCOPES,
    WHOSE_CUSTOMERS,
    myself,
    reach_of,
    unless_confidential,
)
from bumen_base.models.trees import upwards_from

__all__ = [
    "SCOPES",
    "WHOSE_CUSTOMERS",
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
    "first_customer",
    "first_product",
    "likely_duplicates",
    "myself",
    "others_with_tax_id",
    "reach_of",
    "unless_confidential",
    "upwards_from",
    "with_people",
]
