"""Regions, departments and categories are trees; employees report upwards, posts have duties."""

from typing import Any

import pytest

from bumen import InvalidInput, change_record, create_record
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen.unit_of_work import UnitOfWork
from bumen_base.errors import BelowItself, LeftBeforeJoining, OwnSuperior
from bumen_base.models import Employee
from bumen_base.resources import Categories, Departments, Employees, Posts, Regions

TREES = pytest.mark.parametrize("resource", [Regions, Departments, Categories])


def make_employee(name: str = "林志明", **values: Any) -> Employee:
    made: Employee = create_record(Employees, {"name": name, **values}, by=None)
    return made


@TREES
@pytest.mark.usefixtures("unit")
def test_a_tree_stays_a_tree(resource: Any) -> None:
    top = create_record(resource, {"name": "頂"}, by=None)
    middle = create_record(resource, {"name": "中", "parent_id": top.id}, by=None)
    leaf = create_record(resource, {"name": "末", "parent_id": middle.id}, by=None)

    change_record(resource, leaf, {"parent_id": top.id}, by=None, version=leaf.version)
    change_record(resource, leaf, {"parent_id": middle.id}, by=None, version=leaf.version)
    with pytest.raises(BelowItself) as refusal:
        change_record(resource, top, {"parent_id": leaf.id}, by=None, version=top.version)

    assert str(refusal.value) == f"「{top.code} 頂」不能屬於自己。"
    assert list(refusal.value.fields) == ["parent_id"]


@TREES
@pytest.mark.usefixtures("unit")
def test_nothing_is_its_own_parent(resource: Any) -> None:
    alone = create_record(resource, {"name": "頂"}, by=None)

    with pytest.raises(BelowItself):
        change_record(resource, alone, {"parent_id": alone.id}, by=None, version=alone.version)


@TREES
@pytest.mark.usefixtures("unit")
def test_a_circle_that_is_there_already_can_be_opened(resource: Any, unit: UnitOfWork) -> None:
    one = create_record(resource, {"name": "甲"}, by=None)
    other = create_record(resource, {"name": "乙", "parent_id": one.id}, by=None)
    one.parent_id = other.id
    unit.session.flush()

    outside = create_record(resource, {"name": "丙", "parent_id": one.id}, by=None)
    change_record(resource, one, {"parent_id": None}, by=None, version=one.version)

    assert (outside.parent_id, one.parent_id) == (one.id, None)


@pytest.mark.usefixtures("unit")
def test_a_new_company_has_the_roots_of_its_trees(unit: UnitOfWork) -> None:
    region, department = (unit.session.get(kind, 1) for kind in (Regions.model, Departments.model))

    assert (str(region), str(department)) == ("R001 全部區域", "D001 Company TW01")


@pytest.mark.usefixtures("unit")
def test_nobody_is_their_own_superior_through_others() -> None:
    director = make_employee("王")
    manager = make_employee("李", superior_id=director.id)
    clerk = make_employee("張", superior_id=manager.id)

    with pytest.raises(OwnSuperior) as refusal:
        change_record(
            Employees, director, {"superior_id": clerk.id}, by=None, version=director.version
        )

    assert str(refusal.value) == "王 不能直接或間接成為自己的主管。"


@pytest.mark.usefixtures("unit")
def test_employees_are_numbered() -> None:
    assert [make_employee().number, make_employee().number] == ["E0001", "E0002"]


@pytest.mark.usefixtures("unit")
def test_nobody_leaves_before_joining() -> None:
    employee = make_employee(joined_on="2026-11-01", left_on="2026-11-01")

    with pytest.raises(LeftBeforeJoining):
        change_record(
            Employees, employee, {"left_on": "2026-10-31"}, by=None, version=employee.version
        )


def test_a_user_account_has_a_place_in_the_company(host: Host, company: Any) -> None:
    colleague = make_user(host, "colleague", company=company.code)
    stranger = make_user(host, "stranger")

    with host.unit_of_work(company=company.code):
        assert make_employee(user_id=colleague.id).user_id == colleague.id
        for nobody in (stranger.id, 2**31 - 1):
            with pytest.raises(InvalidInput):
                make_employee(user_id=nobody)


@pytest.mark.usefixtures("unit")
def test_a_post_has_its_duties_written_down() -> None:
    with pytest.raises(InvalidInput) as refusal:
        create_record(Posts, {"name": "銷售主管"}, by=None)

    assert list(refusal.value.fields) == ["duties"]
