"""The table of who may do what is what the application does, for every demo role."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from bumen.demo.cast import cast
from bumen.host import Host
from bumen.security.matrix import granted_by, matrix_of
from bumen.security.permissions import HOST_VIEWS
from bumen.security.roles import Grant
from bumen.testing.makers import make_company, make_user
from bumen.testing.people import signed_in

TABLE = Path(__file__).parents[2] / "docs" / "access.md"
DEMO_ROLES = sorted({role for account in cast()[1] for role in account.roles})


def test_the_table_is_up_to_date(host: Host) -> None:
    assert TABLE.read_text(encoding="utf-8") == matrix_of(host.registry), (
        "write it anew: bumen access matrix > docs/access.md"
    )


def test_every_role_of_the_demonstration_is_in_the_table(host: Host) -> None:
    assert set(DEMO_ROLES) <= granted_by(host.registry).keys()


@pytest.mark.parametrize("role", DEMO_ROLES)
def test_people_of_a_role_may_do_what_the_table_says(host: Host, app: Flask, role: str) -> None:
    make_company(host, code="HK01", plugins=host.registry.plugins, country="HK", currency="HKD")
    make_user(host, "somebody", company="HK01", roles=[role])
    browser, granted = signed_in(app, host, "somebody"), granted_by(host.registry)[role]

    for resource in host.registry.resources.values():
        view, verbs = resource.permission(), host.registry.permissions_of(resource)
        expected = [verb for verb in verbs if Grant(f"can_{verb}", view) in granted]
        answer = browser.get(f"/api/v1/{resource.plugin()}/{resource.path()}/_info")
        if "read" not in expected:
            assert answer.status_code == 403, view
        else:
            assert sorted(answer.json["permissions"]) == sorted(expected), view


@pytest.mark.parametrize("role", DEMO_ROLES)
def test_people_of_a_role_administer_what_the_table_says(host: Host, app: Flask, role: str) -> None:
    pages = {
        "core.Access": "/company/access/",
        "core.FieldRules": "/company/fields/",
        "core.People": "/company/people/",
    }
    make_company(host, code="HK01", plugins=host.registry.plugins, country="HK", currency="HKD")
    make_user(host, "somebody", company="HK01", roles=[role])
    browser, granted = signed_in(app, host, "somebody"), granted_by(host.registry)[role]

    for view, address in pages.items():
        allowed = Grant("can_read", view) in granted
        assert browser.get(address).status_code == (200 if allowed else 403), view
        assert view in HOST_VIEWS
