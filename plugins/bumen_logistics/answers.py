"""What logistics answers to the host."""

from bumen import CurrentCompany, hookimpl, today
from bumen_logistics.services import seed_warehouse


@hookimpl
def bumen_seed_company(company: CurrentCompany) -> None:
    """Open the warehouse a company begins with: goods can be received at once."""
    seed_warehouse(company, on=today())
