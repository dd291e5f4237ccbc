"""What sales refuses, one class a refusal."""

from bumen_sales.errors.orders import (
    AmountIsTooLarge,
    CancellationNeedsReason,
    ContactOfAnotherCustomer,
    CustomerIsArchived,
    CustomerIsBlocked,
    OrderIsEmpty,
    OrderIsIncomplete,
    OrderIsNotDraft,
    ProductsAreArchived,
    RequestedBeforeOrdered,
)
from bumen_sales.errors.targets import (
    TargetIsOfNobody,
    TargetIsThere,
)

__all__ = [
    "AmountIsTooLarge",
    "CancellationNeedsReason",
    "ContactOfAnotherCustomer",
    "CustomerIsArchived",
    "CustomerIsBlocked",
    "OrderIsEmpty",
    "OrderIsIncomplete",
    "OrderIsNotDraft",
    "ProductsAreArchived",
    "RequestedBeforeOrdered",
    "TargetIsOfNobody",
    "TargetIsThere",
]
