"""What master data does: one function for each verb."""

from bumen_base.services.alike import Alike, find_all_alike
from bumen_base.services.completeness import MATTERS_OF_COMPANIES
from bumen_base.services.customer_files import (
    add_address,
    add_contact,
    change_address,
    change_contact,
    drop_address,
    drop_contact,
)
from bumen_base.services.customers import delete_customer, save_customer
from bumen_base.services.duplicates import find_likely_duplicates
from bumen_base.services.gaps import Files, emptiest_files, measure_files
from bumen_base.services.grading import regrade_customer
from bumen_base.services.organisation import (
    save_department,
    save_employee,
    save_post,
    save_region,
)
from bumen_base.services.products import save_category, save_product
from bumen_base.services.standing import (
    activate_customer,
    archive_customer,
    block_customer,
    grant_credit,
    mark_customer_dormant,
    unarchive_customer,
    unblock_customer,
)

__all__ = [
    "MATTERS_OF_COMPANIES",
    "Alike",
    "Files",
    "activate_customer",
    "add_address",
    "add_contact",
    "archive_customer",
    "block_customer",
    "change_address",
    "change_contact",
    "delete_customer",
    "drop_address",
    "drop_contact",
    "emptiest_files",
    "find_all_alike",
    "find_likely_duplicates",
    "grant_credit",
    "mark_customer_dormant",
    "measure_files",
    "regrade_customer",
    "save_category",
    "save_customer",
    "save_department",
    "save_employee",
    "save_post",
    "save_product",
    "save_region",
    "unarchive_customer",
    "unblock_customer",
]
