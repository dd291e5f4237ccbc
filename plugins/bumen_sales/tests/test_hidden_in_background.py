"""What was printed in the background is for those who may read it: now, and not only then."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from bumen.company.models import MembershipRole
from bumen.host import Host
from bumen.model.accounts import Permission, PermissionView, Role, ViewMenu
from bumen.printing.many import print_in_background
from bumen.security.acting import act_as, place_of
from bumen.testing import work_off
from bumen.testing.makers import make_user
from bumen.testing.people import signed_in
from bumen_sales.tests.test_denied_fields import hide, viewer
from bumen_sales.tests.test_hidden_on_paper import CONFIRMATION, ORDERS, order

__all__ = ["order", "viewer"]

API = "/api/v1/core/jobs"


@pytest.fixture
def printed(host: Host, viewer: FlaskClient, order: int) -> int:
    """Orders that the viewer had printed in the background: one of them, and one that is gone."""
    with host.unit_of_work(company="HK01", by="viewer") as unit:
        assert unit.user is not None
        assert unit.company is not None
        place = place_of(unit.session, user_id=unit.user.id, company_id=unit.company.id)
        assert place is not None
        act_as(unit, place)
        run = print_in_background(CONFIRMATION, [order, order + 1])
    work_off(host)
    return run.id


def keeper_of_work(host: Host, app: Flask) -> FlaskClient:
    """Somebody who sees everybody's background work, and nothing else."""
    with host.unit_of_work() as unit:
        view = select(ViewMenu.id).where(ViewMenu.name == "core.Work").scalar_subquery()
        sees = (PermissionView.view_menu_id == view, Permission.name == "can_read")
        found = unit.session.scalars(select(PermissionView).join(Permission).where(*sees)).all()
        unit.session.add(Role(name="keeper", permissions=list(found)))
    make_user(host, "keeper", company="HK01", roles=["keeper"])
    return signed_in(app, host, "keeper", language="en")


def told(reader: FlaskClient, run: int) -> dict[str, Any]:
    found: dict[str, Any] = reader.get(f"{API}/{run}").get_json()["result"]
    return found


def statuses(reader: FlaskClient, run: int) -> list[int]:
    """Return what comes of taking the file, on its page and by a program."""
    return [reader.get(f"{base}/{run}/file").status_code for base in ("/jobs", API)]


def test_whoever_sees_all_work_and_no_orders_sees_that_it_was_and_nothing_of_it(
    host: Host, app: Flask, viewer: FlaskClient, printed: int
) -> None:
    keeper = keeper_of_work(host, app)
    assert statuses(viewer, printed) == [200, 200]
    assert "Papers printed: 1." in told(viewer, printed)["result"]

    one = told(keeper, printed)

    assert (one["state"], one["withheld"], one["file"]) == ("done", True, None)
    assert (one["about"], one["result"], one["log"]) == ("", "", [])
    assert statuses(keeper, printed) == [403, 403]
    pages = [keeper.get(f"/jobs/{printed}").text, keeper.get("/jobs/?all=1").text]
    assert all("Printing" in page for page in pages)
    assert not any("Papers printed" in page for page in pages)
    assert not any(f"/jobs/{printed}/file" in page for page in pages)
    assert "What it says is about records that you may not see." in pages[0]


def test_whoever_has_lost_the_role_has_lost_what_was_printed(
    host: Host, viewer: FlaskClient, printed: int
) -> None:
    with host.unit_of_work() as unit:
        unit.session.execute(delete(MembershipRole))

    assert statuses(viewer, printed) == [403, 403]
    assert (told(viewer, printed)["file"], told(viewer, printed)["result"]) == (None, "")


@pytest.mark.parametrize(
    ("field", "status"), [("lines.unit_price", 403), ("salesperson", 403), ("over_limit", 200)]
)
def test_a_file_is_withheld_once_something_on_it_is_hidden(
    host: Host, viewer: FlaskClient, printed: int, field: str, status: int
) -> None:
    hide(host, ORDERS, field)

    assert statuses(viewer, printed) == [status, status]
    assert (told(viewer, printed)["file"] is None) == (status == 403)
    assert (f"/jobs/{printed}/file" in viewer.get(f"/jobs/{printed}").text) == (status == 200)


def test_what_was_hidden_already_does_not_keep_the_file_from_who_had_it_printed(
    host: Host, viewer: FlaskClient, order: int, request: pytest.FixtureRequest
) -> None:
    hide(host, ORDERS, "salesperson")

    assert statuses(viewer, request.getfixturevalue("printed")) == [200, 200]
