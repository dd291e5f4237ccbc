"""What shelves answer to the host."""

from bumen import CurrentCompany, hookimpl, session
from tests.plugins.shelves.models import Shelf


@hookimpl
def bumen_seed_company(company: CurrentCompany) -> None:
    """Start with one shelf, named after the company."""
    session().add(Shelf(name=f"Shelf of {company.code}"))
