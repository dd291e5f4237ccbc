"""A role is held in a company, everywhere, by a group, or as the company's own copy of it."""

from __future__ import annotations

import pytest
from flask_appbuilder.security.sqla.models import Group
from sqlalchemy import insert, select

from bumen.approvals.people import holders, roles_held
from bumen.approvals.ruling import checked_steps
from bumen.approvals.spelling import StepsAreMalformed
from bumen.company.models import Company
from bumen.documents.flow_settings import FlowSetting, role_names
from bumen.model.accounts import (
    Role,
    assoc_group_role,
    assoc_user_group,
    assoc_user_role,
)
from bumen.security.keeping import Ticked
from bumen.security.models import CompanyRole
from bumen.security.own_roles import change_own_role, copy_role, own_role
from bumen.testing.makers import make_company
from bumen.unit_of_work import company_now, session
from bumen.workflow import AllOf, AskRole
from petitions.resources import Petitions
from tests.core.approvals.office import Office

CLERK = "petitions.clerk"


def role_id(name: str = CLERK) -> int:
    """Return the id of a role, in the unit of work of the moment."""
    return int(session().scalars(select(Role.id).where(Role.name == name)).one())


def hold_everywhere(office: Office, name: str) -> None:
    """Let somebody be a clerk in every company."""
    with office.at_work("admin") as unit:
        held = {"user_id": office.ids[name], "role_id": role_id()}
        unit.session.execute(insert(assoc_user_role).values(**held))


def hold_by_group(office: Office, name: str) -> None:
    """Let somebody be a clerk by a group."""
    with office.at_work("admin") as unit:
        group = Group(name="Clerks")
        unit.session.add(group)
        unit.session.flush()
        of_group = {"group_id": group.id}
        unit.session.execute(insert(assoc_group_role).values(role_id=role_id(), **of_group))
        placed = insert(assoc_user_group).values(user_id=office.ids[name], **of_group)
        unit.session.execute(placed)


def hold_copy(office: Office, name: str) -> None:
    """Let somebody hold what the company has made of the clerk."""
    make_own(office, company="TW01", title="Lead")
    office.give(name, ["TW01: Lead"])


def make_own(office: Office, *, company: str, title: str) -> None:
    """Give a company a role of its own, copied from the clerk's."""
    with office.at_work("admin") as unit:
        ident = unit.session.scalars(select(Company.id).where(Company.code == company)).one()
        role = Role(name=f"{company}: {title}")
        own = CompanyRole(role=role, company_id=ident, title=title, copied_from=CLERK)
        unit.session.add(own)


@pytest.mark.parametrize("hold", [hold_everywhere, hold_by_group, hold_copy])
def test_who_holds_a_role_is_asked_and_counts_as_its_holder(office: Office, hold) -> None:
    hold(office, "huang")

    with office.at_work():
        assert office.ids["huang"] in holders(CLERK)
        assert CLERK in roles_held(office.ids["huang"])
    assert office.waiting(office.asked()) == {"lin", "huang"}


@pytest.mark.parametrize("hold", [hold_everywhere, hold_by_group])
def test_a_step_is_left_to_whoever_holds_the_role(office: Office, hold) -> None:
    hold(office, "huang")

    with office.at_work():
        query = role_names(office.ids["huang"], company_id=company_now().id)
        assert CLERK in session().scalars(query).all()


def test_rules_name_the_own_roles_of_the_company_and_no_others(office: Office) -> None:
    make_company(office.host, code="CN01", plugins=office.host.registry.plugins)
    make_own(office, company="TW01", title="Lead")
    make_own(office, company="CN01", title="Takeover team")

    with office.at_work("admin"):
        [step] = checked_steps(Petitions, steps("TW01: Lead"))
        assert step.askers == (AskRole("TW01: Lead"),)
        for unknown in ("CN01: Takeover team", "CN01: nothing", " ", ""):
            with pytest.raises(StepsAreMalformed):
                checked_steps(Petitions, steps(unknown))


def steps(role: str) -> list[dict[str, object]]:
    """Return one step that asks a role, as programs send it."""
    return [{"ask": "all", "of": [{"role": role}]}]


def test_who_is_asked_decides_though_the_step_is_left_to_roles(office: Office) -> None:
    with office.at_work() as unit:
        left = {"resource": "petitions.petitions", "step": "grant"}
        unit.session.add(FlowSetting(**left, roles=["petitions.reader"]))
    petition = office.asked()

    office.say(petition, by="lin")

    assert (office.state(petition), office.granted(petition)) == ("granted", 1)


def test_a_role_that_is_called_otherwise_is_asked_as_before(office: Office) -> None:
    with office.at_work("admin") as unit:
        own = copy_role(role_id(), title="Lead")
        unit.session.flush()
        name, ident = own.role.name, own.role_id
    office.give("huang", [name])
    office.rule(AllOf(AskRole(name)))

    with office.at_work("admin"):
        ticked = Ticked(chosen=frozenset(), offered=frozenset())
        change_own_role(own_role(ident), title="Chief", ticked=ticked)
        again = copy_role(role_id(), title="Lead")
        assert again.role.name != name

    assert office.waiting(office.asked()) == {"huang"}
