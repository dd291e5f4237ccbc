"""What the office remembers: petitions, and who stands where."""

from decimal import Decimal

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped

from bumen import (
    Approval,
    AskRole,
    Choice,
    CompanyModel,
    Document,
    Money,
    Tone,
    Workflow,
    field,
    transition,
    unique,
)
from petitions.texts import _


class PetitionState(Choice):
    """How far a petition has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    ASKED = "asked", _("Asked for"), Tone.WARNING
    GRANTED = "granted", _("Granted"), Tone.GOOD


class Post(CompanyModel):
    """A post is where somebody stands: below whom, in which department."""

    __tablename__ = "petitions_post"
    __table_args__ = (unique("user_id"),)
    named_by = ("name",)

    name: Mapped[str] = field(String(80), label=_("Name"))
    user_id: Mapped[int] = field(Integer, label=_("User"))
    superior: Mapped[int | None] = field(Integer, label=_("Superior"))
    manager: Mapped[int | None] = field(Integer, label=_("Manager"))
    department: Mapped[str | None] = field(String(80), label=_("Department"))


class Petition(Document):
    """A petition is what somebody asks for."""

    __tablename__ = "petitions_petition"
    workflow = Workflow(
        transition("ask", {PetitionState.DRAFT}, PetitionState.ASKED, label=_("Submit")),
        transition(
            "grant", {PetitionState.ASKED}, PetitionState.GRANTED, label=_("Grant"), opinion=True
        ),
        transition(
            "deny", {PetitionState.ASKED}, PetitionState.DRAFT, label=_("Deny"), opinion=True
        ),
        transition("take_back", {PetitionState.ASKED}, PetitionState.DRAFT, label=_("Take back")),
        approvals=(
            Approval(
                state=PetitionState.ASKED,
                approve="grant",
                refuse="deny",
                withdraw="take_back",
                title=_("Petition"),
                amounts=("amount",),
                default=(AskRole("petitions.clerk"),),
            ),
        ),
    )

    state: Mapped[PetitionState] = field(
        label=_("State"), default=PetitionState.DRAFT, readonly=True
    )
    amount: Mapped[Money] = field(label=_("Amount"), default=Decimal(0), minimum=0)
    judge: Mapped[int | None] = field(Integer, label=_("Judge"))
    granted: Mapped[int] = field(Integer, label=_("Granted times"), default=0, readonly=True)
