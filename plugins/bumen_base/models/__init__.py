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
    likely_duplicates,
    others_with_tax_id,
)
from bumen_base.models.organisation import Department, Employee, Post, Region
from bumen_base.models.products import Category, Product
from bumen_base.models.trees import upwards_from

__all__ = [
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
    "likely_duplicates",
    "others_with_tax_id",
    "upwards_from",
]
