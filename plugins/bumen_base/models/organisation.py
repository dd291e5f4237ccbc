"""Where a company works and who works there: regions, departments, posts, employees."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped

from bumen import CompanyModel, User, account, belongs_to, field, index, unique
from bumen_base.models.patterns import CODE, EMAIL
from bumen_base.texts import _


class Region(CompanyModel):
    """A region is a part of the market that somebody answers for; regions lie inside regions."""

    __tablename__ = "base_region"
    __table_args__ = (unique("code"), index("name"))
    named_by = ("code", "name")

    code: Mapped[str] = field(String(40), label=_("Code"), pattern=CODE, filled=True)
    name: Mapped[str] = field(String(200), label=_("Name"))
    parent: Mapped["Region | None"] = belongs_to("Region", label=_("Part of"))
    parent_id: Mapped[int | None]
    manager: Mapped["Employee | None"] = belongs_to("base_employee", label=_("Manager"), later=True)
    manager_id: Mapped[int | None]


class Department(CompanyModel):
    """A department is a part of the company's organisation, with a manager of its own."""

    __tablename__ = "base_department"
    __table_args__ = (unique("code"), index("name"))
    named_by = ("code", "name")

    code: Mapped[str] = field(String(40), label=_("Code"), pattern=CODE, filled=True)
    name: Mapped[str] = field(String(200), label=_("Name"))
    parent: Mapped["Department | None"] = belongs_to("Department", label=_("Part of"))
    parent_id: Mapped[int | None]
    manager: Mapped["Employee | None"] = belongs_to("base_employee", label=_("Manager"), later=True)
    manager_id: Mapped[int | None]


class Post(CompanyModel):
    """A post is a place in the organisation with its duties, whoever fills it."""

    __tablename__ = "base_post"
    __table_args__ = (unique("code"), index("name"))
    named_by = ("code", "name")

    code: Mapped[str] = field(String(40), label=_("Code"), pattern=CODE, filled=True)
    name: Mapped[str] = field(String(200), label=_("Name"))
    department: Mapped[Department | None] = belongs_to(Department, label=_("Department"))
    department_id: Mapped[int | None]
    duties: Mapped[str] = field(label=_("Duties"), help=_("What whoever holds this post must do."))


class Employee(CompanyModel):
    """An employee is somebody who works for the company, with or without a user account."""

    __tablename__ = "base_employee"
    __table_args__ = (
        unique("number"),
        unique("user_id"),
        index("name"),
        index("joined_on"),
        index("left_on"),
        CheckConstraint("left_on >= joined_on", name="left_after_joined"),
    )
    named_by = ("number", "name")

    number: Mapped[str] = field(String(40), label=_("Employee number"), pattern=CODE, filled=True)
    name: Mapped[str] = field(String(100), label=_("Full name"))
    department: Mapped[Department | None] = belongs_to(Department, label=_("Department"))
    department_id: Mapped[int | None]
    post: Mapped[Post | None] = belongs_to(Post, label=_("Post"))
    post_id: Mapped[int | None]
    superior: Mapped["Employee | None"] = belongs_to("Employee", label=_("Superior"))
    superior_id: Mapped[int | None]
    region: Mapped[Region | None] = belongs_to(Region, label=_("Region"))
    region_id: Mapped[int | None]
    user: Mapped[User | None] = account(
        label=_("User account"),
        help=_("The account this employee signs in with, if any."),
        indexed=False,
    )
    user_id: Mapped[int | None]
    email: Mapped[str | None] = field(String(320), label=_("E-mail"), pattern=EMAIL)
    joined_on: Mapped[date | None] = field(label=_("Joined on"))
    left_on: Mapped[date | None] = field(label=_("Left on"))
