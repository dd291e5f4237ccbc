"""The demonstration: both companies are filled, once, and only where nobody else keeps records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select
from werkzeug.security import check_password_hash

from bumen.demo import DatabaseHoldsOthers, empty, fill
from bumen.demo.cast import cast
from bumen.host import Host
from bumen.model.accounts import Role, User
from bumen.settings import Settings
from bumen.testing.makers import make_company
from bumen.upgrading import upgrade
from bumen_base.models import Contact, Customer, CustomerState, Employee, Product
from bumen_sales.models import Order, OrderState

EVERYTHING = (Customer, Contact, Employee, Product, Order)


@pytest.fixture
def bare(empty_database: str, tmp_path: Path) -> Iterator[Host]:
    """A host on a database without tables."""
    host = Host.start(Settings(_env_file=None, data_dir=tmp_path, database_url=empty_database))
    yield host
    host.database.engine.dispose()


@pytest.mark.slow
def test_the_demonstration_is_made_once_and_kept(bare: Host) -> None:
    first = fill(bare)
    made = {code: _counts(bare, code) for code in ("TW01", "CN01")}
    again = fill(bare, password="open sesame")
    kept = {code: _counts(bare, code) for code in ("TW01", "CN01")}

    assert first.password is not None
    assert again.password is None
    assert made == kept
    assert [count for counts in made.values() for count in counts if count < 12] == []
    assert [name for name, works in _passwords(bare, "open sesame").items() if not works] == []
    assert {state for code in made for state in _order_states(bare, code)} == set(OrderState)
    assert _states(bare, "TW01") >= {CustomerState.PROSPECT, CustomerState.ACTIVE}


def test_every_role_of_the_cast_is_one_that_a_plugin_brings(bare: Host) -> None:
    upgrade(bare)
    with bare.unit_of_work() as unit:
        known = set(unit.session.scalars(select(Role.name)))

    assert {role for account in cast()[1] for role in account.roles} - known == set()


def test_whoever_works_in_several_companies_has_a_name_that_both_scripts_write_alike() -> None:
    _companies, accounts = cast()

    shared = [one.full_name for one in accounts if len(one.companies) > 1]
    assert shared
    for name in shared:
        assert name.encode("big5").decode("big5") == name.encode("gb2312").decode("gb2312")


def test_nobody_plays_in_a_database_that_holds_other_companies(bare: Host) -> None:
    upgrade(bare)
    make_company(bare, code="HK01")

    for play in (lambda: fill(bare), lambda: empty(bare.settings.database_url)):
        with pytest.raises(DatabaseHoldsOthers):
            play()
    assert inspect(bare.database.engine).has_table("core_company")


def test_starting_over_leaves_no_table(bare: Host) -> None:
    upgrade(bare)
    make_company(bare, code="TW01")
    bare.database.engine.dispose()

    empty(bare.settings.database_url)

    assert inspect(bare.database.engine).get_table_names() == []


def _counts(host: Host, code: str) -> list[int]:
    with host.unit_of_work(company=code) as unit:
        return [
            unit.session.scalars(select(func.count()).select_from(model)).one()
            for model in EVERYTHING
        ]


def _order_states(host: Host, code: str) -> set[OrderState]:
    with host.unit_of_work(company=code) as unit:
        return set(unit.session.scalars(select(Order.state)))


def _states(host: Host, code: str) -> set[CustomerState]:
    with host.unit_of_work(company=code) as unit:
        return set(unit.session.scalars(select(Customer.state)))


def _passwords(host: Host, password: str) -> dict[str, bool]:
    """Tell for every account whether a password opens it; the same hash is checked once."""
    with host.unit_of_work() as unit:
        users = unit.session.execute(select(User.username, User.password)).all()
    opened = {kept: check_password_hash(kept, password) for _name, kept in users}
    return {name: opened[kept] for name, kept in users}
