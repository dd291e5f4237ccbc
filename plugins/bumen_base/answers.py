"""What master data answers to the host."""

from bumen import CurrentCompany, hookimpl, session, today
from bumen_base.models import Department, Region
from bumen_base.services import save_department, save_region
from bumen_base.texts import _


@hookimpl
def bumen_seed_company(company: CurrentCompany) -> None:
    """Plant the roots of the two trees: the whole market, and the company itself."""
    market = Region(name=_("All regions").in_language(company.locale))
    house = Department(name=company.name)
    save_region(market, by=None, on=today())
    save_department(house, by=None, on=today())
    session().add_all([market, house])
