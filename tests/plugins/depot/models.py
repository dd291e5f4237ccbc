"""What the depot remembers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped

from bumen import (
    Choice,
    CompanyModel,
    Money,
    Percent,
    Quantity,
    belongs_to,
    field,
    has_lines,
    line_of,
    translator,
    unique,
)

_ = translator(__file__, "depot")


class Rating(Choice):
    """How good a grower's fruit is."""

    FINE = "fine", _("Fine fruit")
    PLAIN = "plain", _("Plain fruit")


class Grower(CompanyModel):
    """A grower is somebody who sends fruit; growers work for one another."""

    __tablename__ = "depot_grower"
    __table_args__ = (unique("code"),)
    named_by = ("code", "name")

    code: Mapped[str] = field(String(20), label=_("Code"), pattern=r"[A-Z0-9-]+")
    name: Mapped[str] = field(String(60), label=_("Name"))
    since: Mapped[date | None] = field(label=_("Known since"))
    rating: Mapped[Rating | None] = field(label=_("Rating"))
    acres: Mapped[int | None] = field(Integer, label=_("Acres"), minimum=0)
    chief: Mapped[Grower | None] = belongs_to("Grower", label=_("Chief"))
    chief_id: Mapped[int | None]
    partner: Mapped[Grower | None] = belongs_to("Grower", label=_("Partner"))
    partner_id: Mapped[int | None]
    secret: Mapped[str | None] = field(String(20), label=_("Password"), secret=True)


class Crate(CompanyModel):
    """A crate is what a grower has sent at one time."""

    __tablename__ = "depot_crate"
    __table_args__ = (unique("reference"),)
    named_by = ("reference",)

    reference: Mapped[str] = field(String(20), label=_("Reference"))
    grower: Mapped[Grower] = belongs_to(Grower, label=_("Grower"))
    grower_id: Mapped[int]
    packed_at: Mapped[datetime | None] = field(label=_("Packed at"))
    fragile: Mapped[bool] = field(label=_("Fragile"), default=False)
    weight: Mapped[Quantity | None] = field(label=_("Weight"), minimum=0)
    checked: Mapped[bool] = field(label=_("Checked"), default=False, readonly=True)
    lines: Mapped[list[CrateLine]] = has_lines("depot_crate_line")


class CrateLine(CompanyModel):
    """A crate line is one kind of fruit in a crate."""

    __tablename__ = "depot_crate_line"

    crate: Mapped[Crate] = line_of(Crate, label=_("Crate"))
    crate_id: Mapped[int]
    fruit: Mapped[str] = field(String(40), label=_("Fruit"))
    pieces: Mapped[int] = field(Integer, label=_("Pieces"), minimum_exclusive=0)
    price: Mapped[Money] = field(label=_("Price"), minimum=0)
    reduction: Mapped[Percent | None] = field(label=_("Reduction (%)"), minimum=0, maximum=100)
