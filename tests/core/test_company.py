"""Companies and people are set up, and bad input is refused at its field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash

from bumen.company.errors import (
    CompanyCodeIsMalformed,
    CompanyCodeIsTaken,
    CompanyIsUnknown,
    CountryIsUnknown,
    CurrencyIsUnknown,
    EmailIsMalformed,
    EmailIsTaken,
    LocaleIsUnknown,
    MembershipIsTaken,
    NameIsMissing,
    PasswordIsWeak,
    RoleIsUnknown,
    TimeZoneIsMissing,
    TimeZoneIsUnknown,
    UserIsUnknown,
    UserNameIsMalformed,
    UserNameIsTaken,
)
from bumen.company.models import Company, Membership
from bumen.company.passwords import check_password, new_password
from bumen.company.service import (
    add_company,
    add_membership,
    add_user,
    company_called,
    grant_role,
    user_called,
)
from bumen.errors import BusinessError
from bumen.host import Host
from bumen.model.accounts import User
from bumen.registry import Candidate

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
GOOD = "plum-trees in march"


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The host alone."""
    return ()


@pytest.fixture
def session(host: Host) -> Iterator[Session]:
    """A session of a unit of work that is undone afterwards."""
    with host.unit_of_work() as unit:
        yield unit.session
        unit.rollback()


def make(session: Session, **changed: Any) -> Company:
    """Make a company in Taiwan, or another one."""
    said = {"code": "TW01", "name": "Plum", "country": "TW", "currency": "TWD", "locale": "zh_Hant"}
    return add_company(session, **{**said, **changed}, at=NOON)


def test_a_company_is_made_with_the_main_time_zone_of_its_country(session: Session) -> None:
    company = make(session, name=" 梅花股份有限公司 ")

    assert (company.name, company.timezone, company.active) == (
        "梅花股份有限公司",
        "Asia/Taipei",
        True,
    )
    assert company.created_at == NOON
    assert company_called(session, "TW01") is company


@pytest.mark.parametrize(
    ("country", "zone"), [("CN", "Asia/Shanghai"), ("HK", "Asia/Hong_Kong"), ("MO", "Asia/Macau")]
)
def test_the_main_time_zone_is_where_most_people_live(
    session: Session, country: str, zone: str
) -> None:
    assert make(session, country=country).timezone == zone


def test_a_named_time_zone_is_kept(session: Session) -> None:
    assert make(session, country="CN", timezone="Asia/Urumqi").timezone == "Asia/Urumqi"


@pytest.mark.parametrize(
    ("changed", "refusal", "field"),
    [
        ({"code": "tw01"}, CompanyCodeIsMalformed, "code"),
        ({"code": "T"}, CompanyCodeIsMalformed, "code"),
        ({"code": "TW-01"}, CompanyCodeIsMalformed, "code"),
        ({"code": "T" * 21}, CompanyCodeIsMalformed, "code"),
        ({"code": "TW01\n"}, CompanyCodeIsMalformed, "code"),
        ({"code": "\uff34\uff37\uff10\uff11"}, CompanyCodeIsMalformed, "code"),
        ({"name": "  "}, NameIsMissing, "name"),
        ({"name": "x" * 201}, NameIsMissing, "name"),
        ({"name": "a\x00b"}, NameIsMissing, "name"),
        ({"name": "\ud800"}, NameIsMissing, "name"),
        ({"country": "XX"}, CountryIsUnknown, "country"),
        ({"country": "tw"}, CountryIsUnknown, "country"),
        ({"country": "EU"}, CountryIsUnknown, "country"),
        ({"currency": "NTD"}, CurrencyIsUnknown, "currency"),
        ({"locale": "zh_TW"}, LocaleIsUnknown, "locale"),
        ({"timezone": "Asia/Taipeh"}, TimeZoneIsUnknown, "timezone"),
        ({"timezone": "../../etc/passwd"}, TimeZoneIsUnknown, "timezone"),
        ({"country": "BV"}, TimeZoneIsMissing, "timezone"),
    ],
)
def test_bad_input_for_a_company_is_refused_at_its_field(
    session: Session, changed: dict[str, str], refusal: type[BusinessError], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        make(session, **changed)

    assert list(refused.value.fields) == [field]
    assert session.scalar(select(func.count(Company.id))) == 0


def test_a_code_is_taken_once(session: Session) -> None:
    make(session)

    with pytest.raises(CompanyCodeIsTaken):
        make(session, name="Another")


def test_an_unknown_company_or_user_is_refused(session: Session) -> None:
    with pytest.raises(CompanyIsUnknown):
        company_called(session, "TW01")
    with pytest.raises(UserIsUnknown):
        user_called(session, "ann")


@pytest.mark.parametrize("name", ["ann", "sales.tw", "王小明", "a_b-c+d", "ann@plum.tw", "7even"])
def test_a_person_is_made_and_can_sign_in(session: Session, name: str) -> None:
    user = add_user(session, name=name, password=GOOD)

    assert check_password_hash(user.password, GOOD)
    assert GOOD not in user.password
    assert user.active
    assert user.email == (name if "@" in name else f"{name}@users.invalid")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"name": ""}, UserNameIsMalformed),
        ({"name": "ann lee"}, UserNameIsMalformed),
        ({"name": ".ann"}, UserNameIsMalformed),
        ({"name": "ann\n"}, UserNameIsMalformed),
        ({"name": "a" * 65}, UserNameIsMalformed),
        ({"name": "<b>"}, UserNameIsMalformed),
        ({"email": "ann"}, EmailIsMalformed),
        ({"email": "ann@plum"}, EmailIsMalformed),
        ({"email": "ann@plum.tw\nBcc: x@y.z"}, EmailIsMalformed),
        ({"email": f"{'a' * 320}@plum.tw"}, EmailIsMalformed),
        ({"full_name": "x" * 65}, NameIsMissing),
        ({"password": ""}, PasswordIsWeak),
    ],
)
def test_bad_input_for_a_person_is_refused(
    session: Session, changed: dict[str, str], refusal: type[BusinessError]
) -> None:
    with pytest.raises(refusal):
        add_user(session, **{"name": "ann", "password": GOOD, **changed})

    assert session.scalar(select(func.count(User.id))) == 0


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "aaaaaaaaaaaa",
        "ababababababab",
        "my name is ann",
        "Password123!",
        "qwertyuiop12",
        "1234567890",
        "x" * 257,
    ],
)
def test_a_password_that_others_could_guess_is_refused(password: str) -> None:
    with pytest.raises(PasswordIsWeak):
        check_password(password, name="ann")


@pytest.mark.parametrize(
    "password", [GOOD, "correct horse battery staple", "梅樹三月開花在我家門前"]
)
def test_a_long_password_need_not_have_signs_in_it(password: str) -> None:
    check_password(password, name="ann")


@pytest.mark.parametrize("name", ["ann", "a", "X", "7", "林", "ßen"])
def test_a_made_up_password_is_good_and_never_the_same(name: str) -> None:
    made = {new_password(name=name) for _ in range(50)}

    for password in made:
        check_password(password, name=name)
    assert len(made) == 50


def test_a_user_name_is_taken_once_capitals_or_not(session: Session) -> None:
    add_user(session, name="ann", password=GOOD)

    with pytest.raises(UserNameIsTaken):
        add_user(session, name="Ann", password=GOOD)


def test_an_email_address_is_taken_once_capitals_or_not(session: Session) -> None:
    add_user(session, name="ann", password=GOOD, email="ann@plum.tw")

    with pytest.raises(EmailIsTaken):
        add_user(session, name="bob", password=GOOD, email="Ann@plum.tw")


def test_the_first_company_of_a_person_is_the_preferred_one(session: Session) -> None:
    user = add_user(session, name="ann", password=GOOD)

    first = add_membership(session, user=user, company=make(session))
    second = add_membership(session, user=user, company=make(session, code="CN01", country="CN"))

    assert (first.preferred, second.preferred) == (True, False)


def test_nobody_is_a_member_twice(session: Session) -> None:
    user, company = add_user(session, name="ann", password=GOOD), make(session)
    add_membership(session, user=user, company=company)

    with pytest.raises(MembershipIsTaken):
        add_membership(session, user=user, company=company)


def member(session: Session) -> Membership:
    """Make a person with a place in a company."""
    user = add_user(session, name="ann", password=GOOD)
    return add_membership(session, user=user, company=make(session))


def test_a_role_is_held_in_one_company_and_ends_what_was_signed_in_before(
    session: Session,
) -> None:
    here = member(session)
    there = add_membership(session, user=here.user, company=make(session, code="TW02"))
    epoch = here.user.epoch

    grant_role(session, membership=here, role="core.administrator")

    assert [role.name for role in here.roles] == ["core.administrator"]
    assert there.roles == []
    assert here.user.epoch == epoch + 1


def test_a_role_that_is_held_already_changes_nothing(session: Session) -> None:
    place = member(session)
    grant_role(session, membership=place, role="core.administrator")
    epoch = place.user.epoch

    grant_role(session, membership=place, role="core.administrator")

    assert len(place.roles) == 1
    assert place.user.epoch == epoch


def test_the_role_of_the_deployments_administrator_is_held_everywhere(session: Session) -> None:
    place = member(session)

    grant_role(session, membership=place, role="Admin")

    assert place.roles == []
    assert [role.name for role in place.user.roles] == ["Admin"]


@pytest.mark.parametrize("role", ["core.king", "Public", ""])
def test_a_role_that_nobody_brings_is_refused(session: Session, role: str) -> None:
    with pytest.raises(RoleIsUnknown) as refused:
        grant_role(session, membership=member(session), role=role)

    assert "Admin, core.administrator" in str(refused.value)
