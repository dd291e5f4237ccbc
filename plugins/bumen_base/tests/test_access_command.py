"""`bumen access` says who may do what, and why somebody cannot see something."""

import pytest
from click.testing import CliRunner, Result

from bumen import CurrentCompany, create_record
from bumen.errors import NotFound
from bumen.host import Host
from bumen.security.command import access
from bumen.testing.makers import make_user
from bumen_base.resources import Customers


def run(host: Host, *words: str) -> Result:
    """Run the command; what it refuses is raised."""
    return CliRunner().invoke(access, words, obj=host, catch_exceptions=False)


def test_the_table_names_every_role_and_every_list(host: Host) -> None:
    told = run(host, "matrix").output

    assert "`base.viewer`" in told
    assert "| Customers: Grant credit | ● | · | · | ● | · | ● |" in told


def test_why_somebody_does_not_see_a_customer_is_told(host: Host, company: CurrentCompany) -> None:
    make_user(host, "mei", company="TW01", roles=["base.viewer"])
    make_user(host, "guest", company="TW01")
    with host.unit_of_work(company="TW01"):
        ident = create_record(Customers, {"name": "春風"}, by=None).id

    seen = run(host, "why", "mei", "base.customers", str(ident), "--company", "TW01")
    unseen = run(host, "why", "guest", "base.customers", "--company", "TW01")

    assert (seen.exit_code, unseen.exit_code) == (0, 1)
    assert seen.output.splitlines()[-1].startswith("yes  ")
    assert unseen.output.splitlines()[-1].startswith("NO   guest 的角色都不能檢視「客戶」")


def test_a_list_that_is_not_there_is_refused(host: Host, company: CurrentCompany) -> None:
    with pytest.raises(NotFound):
        run(host, "why", "admin", "base.nonsense", "--company", "TW01")
