"""A document: a company record with a number and a flow of states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped

from bumen.i18n import translator
from bumen.model import EVERYTHING, CompanyModel, field
from bumen.model.accounts import User
from bumen.values import Choice
from bumen.workflow import Workflow

_ = translator(__file__, "bumen")


class Document(CompanyModel):
    """A document has a number nobody else has, and moves through the states of its workflow."""

    __abstract__ = True
    __table_args__: Any = (UniqueConstraint("company_id", "number"),)

    named_by = ("number",)
    keeps = EVERYTHING
    workflow: ClassVar[Workflow]

    number: Mapped[str] = field(String(40), label=_("Number"), readonly=True, sort_order=-10)
    if TYPE_CHECKING:
        state: Mapped[Any]

    def move(self, step: str, *, by: User) -> None:
        """Take a step of the workflow; `IllegalTransition` when the state does not allow it."""
        state: Choice = self.state
        self.state = self.workflow.target(step, state)
