"""Which company this is."""

from bumen import CurrentCompany, current


def here() -> CurrentCompany:
    """Return the company of the unit of work that runs now; master data belongs to one."""
    company = current().company
    if company is None:
        raise LookupError("Master data belongs to a company.")
    return company
