"""Why somebody sees a record is told as it is: also of whoever reads it because of being asked."""

from __future__ import annotations

import pytest

from bumen.security.command import why_command
from bumen.security.why import Asked, Enquiry
from bumen.testing.people import Login
from bumen.workflow import AllOf, AskPerson
from petitions.resources import Petitions
from tests.core.approvals.office import COMPANY, Office, user

LIST = "/petitions/petitions/show/{}"
WHY = "/company/access/?person={}&list=petitions.petitions&record={}"


@pytest.fixture
def petition(office: Office) -> int:
    """A petition that huang decides, who holds no role at all; then boss does."""
    office.rule(AllOf(AskPerson(office.ids["huang"])), AllOf(AskPerson(office.ids["boss"])))
    return office.asked(amount=70)


def told(office: Office, name: str, petition: int, field: str = "") -> tuple[bool, str]:
    """Return whether somebody sees a petition, and the last reason."""
    with office.at_work("admin"):
        asked = Asked(person=user(name), resource=Petitions, record_id=petition, field=field)
        last = Enquiry(office.host.registry, asked).findings()[-1]
        return last.is_open, last.said.in_language("en")


def test_whoever_is_asked_sees_it_though_no_role_lets_them(office: Office, petition: int) -> None:
    is_open, said = told(office, "huang", petition)

    assert is_open
    assert "whoever is asked reads" in said


def test_whoever_is_not_asked_or_not_yet_does_not(office: Office, petition: int) -> None:
    assert not told(office, "boss", petition)[0]
    assert not told(office, "wu", petition)[0]


@pytest.mark.parametrize("name", ["huang", "boss", "wu", "lin", "admin", "chen"])
def test_what_is_told_is_what_the_page_does(
    office: Office, login: Login, petition: int, name: str
) -> None:
    opens = login(name).get(LIST.format(petition)).status_code == 200

    assert told(office, name, petition)[0] == opens


def test_a_field_that_is_denied_to_a_role_stays_hidden_from_who_is_asked(
    office: Office, petition: int
) -> None:
    office.deny("amount", role="Idler")
    assert told(office, "huang", petition, "amount")[0]

    office.give("huang", ["Idler"])

    assert not told(office, "huang", petition, "amount")[0]
    assert told(office, "huang", petition)[0]


def test_the_command_says_the_same(
    office: Office, petition: int, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["huang", "petitions.petitions", str(petition), "--company", COMPANY]
    with pytest.raises(SystemExit) as ended:
        why_command.main(command, obj=office.host, standalone_mode=False)

    assert ended.value.code == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("yes")
    assert "huang" in last


def test_the_page_says_so_and_calls_every_role_by_its_title(
    office: Office, login: Login, petition: int
) -> None:
    admin = login("admin", language="en")

    open_page = admin.get(WHY.format("huang", petition)).text
    shut_page = admin.get(WHY.format("boss", petition)).text

    assert "It can be seen." in open_page
    assert "It cannot be seen." in shut_page
    assert "Administrator of the whole deployment" in shut_page
    assert "Admin," not in shut_page
