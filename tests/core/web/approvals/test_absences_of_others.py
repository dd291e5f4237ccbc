"""Administrators write down a colleague's absence; the colleague is told, and the history too."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bumen.approvals import Absence
from bumen.mail import Mail
from bumen.model.accounts import User
from bumen.testing.people import Login
from bumen.unit_of_work import session
from tests.core.approvals.office import Office
from tests.core.web.approvals.test_rule_pages import AWAY
from tests.core.web.looking import look_at


def _sick(office: Office, **more: str) -> dict[str, str]:
    """Return a form by which lin is away and wu decides."""
    return {
        "user_id": str(office.ids["lin"]),
        "substitute_id": str(office.ids["wu"]),
        "first_day": "2030-11-05",
        "last_day": "2030-11-08",
        **more,
    }


@pytest.fixture
def mailed(office: Office) -> Office:
    """The office, where lin has an address and reads English."""
    with office.at_work():
        lin = session().scalars(select(User).where(User.username == "lin")).one()
        lin.email, lin.locale = "lin@example.com", "en"
    return office


def test_a_sick_colleagues_absence_is_kept_and_the_colleague_is_written_to(
    mailed: Office, login: Login
) -> None:
    assert login("admin").post(AWAY, data=_sick(mailed)).status_code == 303

    with mailed.at_work():
        kept = session().scalars(select(Absence)).one()
        letter = session().scalars(select(Mail).order_by(Mail.id.desc())).first()
        assert (kept.user_id, kept.substitute_id) == (mailed.ids["lin"], mailed.ids["wu"])
        assert letter is not None
        assert letter.recipient == "lin@example.com"
        assert "admin has written down that you are away from Nov 5, 2030" in letter.plain
        assert "wu decides for you" in letter.plain


def test_who_writes_down_the_own_absence_gets_no_letter(office: Office, login: Login) -> None:
    own = _sick(office, user_id=str(office.ids["admin"]))

    assert login("admin").post(AWAY, data=own).status_code == 303

    with office.at_work():
        assert session().scalars(select(Mail)).all() == []


def test_others_write_down_no_absence_but_their_own(office: Office, login: Login) -> None:
    lin = login("wang")
    assert list(look_at(lin.get(AWAY)).every("input", name="user_id")) == []

    lin.post(AWAY, data=_sick(office))

    with office.at_work():
        assert session().scalars(select(Absence.user_id)).all() == [office.ids["wang"]]


@pytest.mark.parametrize("wrong", ["", "99999999", "9" * 30, "lin"])
def test_whoever_does_not_work_here_is_not_away(office: Office, login: Login, wrong: str) -> None:
    answer = login("admin").post(AWAY, data=_sick(office, user_id=wrong))

    assert answer.status_code == 422
    assert 'name="substitute_id"' in answer.text


def test_that_somebody_decides_already_names_the_colleague(office: Office, login: Login) -> None:
    client = login("admin", language="en")
    client.post(AWAY, data=_sick(office))

    answer = client.post(AWAY, data=_sick(office))

    assert answer.status_code == 422
    assert "Somebody decides for lin on some of these days already." in answer.text


def test_an_absence_is_taken_away_only_after_a_question(office: Office, login: Login) -> None:
    client = login("admin")
    client.post(AWAY, data=_sick(office))

    page = look_at(client.get(AWAY))

    [dialog] = page.every("div", of="modal")
    assert page.one("button", data_bs_target=f"#{dialog.attributes['id']}")
    assert [one.attributes["action"] for one in page.every("form") if "delete" in str(one)] == [
        dialog.one("form").attributes["action"]
    ]
