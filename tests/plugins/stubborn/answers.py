"""What the stubborn plugin answers: nothing."""

from bumen import CurrentCompany, hookimpl


@hookimpl
def bumen_seed_company(company: CurrentCompany) -> None:
    """Fail."""
    raise RuntimeError(f"It will not work for {company.code}.")
