"""`bumen plugins`, `bumen company` and `bumen user`: what people type, and what they get."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click import Group
from click.testing import CliRunner, Result
from sqlalchemy import select
from werkzeug.security import check_password_hash

from bumen.activation.command import plugins
from bumen.activation.errors import ConfirmationDiffers
from bumen.activation.state import read_state
from bumen.company.command import company, user
from bumen.company.errors import CompanyIsUnknown, PasswordIsWeak, RoleIsUnknown, UserIsUnknown
from bumen.company.models import Company, Membership
from bumen.company.service import company_called, user_called
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_company, make_user
from tests.plugins import LENDING

TAIWAN = ("--name", "梅花", "--country", "TW", "--currency", "TWD", "--locale", "zh_Hant")


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Shelves, and loans that require them."""
    return LENDING


def run(group: Group, host: Host, *words: str, typed: str | None = None) -> Result:
    """Run a command; what it refuses is raised."""
    return CliRunner().invoke(group, words, obj=host, input=typed, catch_exceptions=False)


def said(group: Group, host: Host, *words: str, typed: str | None = None) -> str:
    """Run a command that works; return what it prints."""
    result = run(group, host, *words, typed=typed)
    assert result.exit_code == 0, result.output
    return result.output


def on(host: Host, code: str = "TW01") -> frozenset[str]:
    """Read what is on."""
    with host.unit_of_work() as unit:
        return read_state(unit.session, company_called(unit.session, code).id)


def place_of(host: Host, name: str) -> tuple[list[str], list[str]]:
    """Read where somebody works, and with which roles."""
    with host.unit_of_work() as unit:
        places = unit.session.scalars(
            select(Membership).where(Membership.user == user_called(unit.session, name))
        ).all()
        codes = [place.company.code for place in places]
        return codes, sorted(role.name for place in places for role in place.roles)


def test_enable_says_what_went_on(host: Host) -> None:
    make_company(host, code="TW01")

    assert said(plugins, host, "enable", "loans", "--company", "TW01") == (
        "shelves is on.\nloans is on.\n"
    )
    assert on(host) == {"shelves", "loans"}
    assert said(plugins, host, "enable", "loans", "--company", "TW01") == "Nothing to do.\n"


def test_disable_shows_the_plan_and_asks(host: Host) -> None:
    make_company(host, code="TW01", plugins=["loans"])
    make_user(host, "ann", company="TW01", roles=["shelves.visitor"])

    answer = run(plugins, host, "disable", "shelves", "--company", "TW01", typed="n\n")

    assert answer.exit_code == 1
    assert answer.output.splitlines()[:4] == [
        "loans goes off.",
        "shelves goes off.",
        "  Shelves: 1",
        "  1 user",
    ]
    assert on(host) == {"shelves", "loans"}


@pytest.mark.parametrize(("words", "typed"), [((), "y\n"), (("--yes",), None)])
def test_disable_switches_off_once_it_is_confirmed(
    host: Host, words: tuple[str, ...], typed: str | None
) -> None:
    make_company(host, code="TW01", plugins=["loans"])

    answer = said(plugins, host, "disable", "shelves", "--company", "TW01", *words, typed=typed)

    assert answer.endswith("loans is off.\nshelves is off.\n")
    assert on(host) == frozenset()


def test_plan_changes_nothing(host: Host) -> None:
    make_company(host, code="TW01")

    answer = json.loads(said(plugins, host, "plan", "loans", "--company", "TW01", "--json"))

    assert answer["plan"] == {
        "name": "loans",
        "enabled": True,
        "turn_on": ["shelves", "loans"],
        "turn_off": [],
    }
    assert [one["name"] for one in answer["touched"]["plugins"]] == ["shelves", "loans"]
    assert on(host) == frozenset()


def test_plan_of_switching_off_names_what_depends_on_it(host: Host) -> None:
    make_company(host, code="TW01", plugins=["loans"])

    answer = said(plugins, host, "plan", "shelves", "--company", "TW01", "--off")

    assert "loans goes off." in answer.splitlines()


def test_list_tells_programs_the_state_in_each_company(host: Host) -> None:
    make_company(host, code="TW01", plugins=["shelves"])
    make_company(host, code="CN01")

    answer = json.loads(said(plugins, host, "list", "--json"))

    states = {code: {one["name"]: one["state"] for one in rows} for code, rows in answer.items()}
    assert states == {
        "CN01": {"shelves": "off", "loans": "off", "stubborn": "off", "absent": "quarantined"},
        "TW01": {"shelves": "on", "loans": "off", "stubborn": "off", "absent": "quarantined"},
    }


def test_list_shows_people_one_company(host: Host) -> None:
    make_company(host, code="TW01", plugins=["shelves"])
    make_company(host, code="CN01")

    lines = said(plugins, host, "list", "--company", "TW01").splitlines()

    assert lines[0] == "TW01"
    assert lines[1].split()[:2] == ["shelves", "On"]
    assert "CN01" not in lines


def test_purge_exports_first(host: Host, tmp_path: Path) -> None:
    make_company(host, code="TW01", plugins=["shelves"])
    said(plugins, host, "disable", "shelves", "--company", "TW01", "--yes")
    file = tmp_path / "shelves.zip"
    words = ("purge", "shelves", "--company", "TW01", "--export", str(file), "--confirm")

    with pytest.raises(ConfirmationDiffers):
        run(plugins, host, *words, "shelfs")
    answer = said(plugins, host, *words, "shelves")

    assert "shelves_shelf: 1" in answer.splitlines()
    assert file.exists()


def test_a_company_is_added(host: Host) -> None:
    answer = said(company, host, "add", "TW01", *TAIWAN)

    assert answer == "Company TW01 was made; its time zone is Asia/Taipei.\n"
    with host.unit_of_work() as unit:
        made: Any = unit.session.scalars(select(Company)).one()
        assert (made.code, made.name, made.currency) == ("TW01", "梅花", "TWD")


def test_a_user_is_added_with_a_password_that_is_shown_once(host: Host) -> None:
    said(company, host, "add", "TW01", *TAIWAN)

    answer = said(
        user,
        host,
        "add",
        "ann",
        "--company",
        "TW01",
        "--role",
        "shelves.visitor",
        "--role",
        "Admin",
    )

    password = answer.rpartition(": ")[2].strip()
    with host.unit_of_work() as unit:
        made = user_called(unit.session, "ann")
        assert check_password_hash(made.password, password)
        assert [role.name for role in made.roles] == ["Admin"]
    assert place_of(host, "ann") == (["TW01"], ["shelves.visitor"])


def test_a_password_from_standard_input_is_not_shown(host: Host) -> None:
    said(company, host, "add", "TW01", *TAIWAN)
    words = ("add", "ann", "--company", "TW01", "--password-stdin", "--email", "ann@plum.tw")

    answer = said(user, host, *words, typed="plum-trees in march\n")

    assert answer == "User ann was made.\n"
    with host.unit_of_work() as unit:
        made = user_called(unit.session, "ann")
        assert check_password_hash(made.password, "plum-trees in march")
        assert made.email == "ann@plum.tw"


def test_a_user_joins_another_company(host: Host) -> None:
    said(company, host, "add", "TW01", *TAIWAN)
    said(company, host, "add", "TW02", *TAIWAN)
    said(user, host, "add", "ann", "--company", "TW01", "--role", "loans.clerk")

    said(user, host, "join", "ann", "--company", "TW02", "--role", "core.administrator")

    assert place_of(host, "ann") == (["TW01", "TW02"], ["core.administrator", "loans.clerk"])


@pytest.mark.parametrize(
    ("words", "typed", "refusal"),
    [
        (("--company", "TW01", "--role", "loans.king"), None, RoleIsUnknown),
        (("--company", "TW09"), None, CompanyIsUnknown),
        (("--company", "TW01", "--password-stdin"), "secret\n", PasswordIsWeak),
        (("--company", "TW01", "--password-stdin"), "", PasswordIsWeak),
    ],
)
def test_a_refused_user_is_not_half_made(
    host: Host, words: tuple[str, ...], typed: str | None, refusal: type[Exception]
) -> None:
    said(company, host, "add", "TW01", *TAIWAN)

    with pytest.raises(refusal):
        run(user, host, "add", "ann", *words, typed=typed)

    with host.unit_of_work() as unit, pytest.raises(UserIsUnknown):
        user_called(unit.session, "ann")
