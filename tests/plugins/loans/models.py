"""What loans remember."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from bumen import Choice, Document, Workflow, belongs_to, field, transition, translator
from tests.plugins.shelves.models import Book

_ = translator(__file__, "loans")


class LoanState(Choice):
    """Where a lent book is."""

    OUT = "out", _("Out")
    BACK = "back", _("Back")


class Loan(Document):
    """A loan is one book in a reader's hands until it comes back."""

    __tablename__ = "loans_loan"
    workflow = Workflow(
        transition("give_back", {LoanState.OUT}, LoanState.BACK, label=_("Give back"))
    )

    state: Mapped[LoanState] = field(label=_("State"), default=LoanState.OUT, readonly=True)
    book: Mapped[Book] = belongs_to(Book, label=_("Book"))
    book_id: Mapped[int]
