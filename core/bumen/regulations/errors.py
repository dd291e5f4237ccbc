"""What regulations refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bumen.errors import BusinessError, Conflict
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")


class EditionIsPublished(Conflict):
    """The refusal to change what people already go by."""

    def __init__(self) -> None:
        super().__init__(
            _("This version is published and stays as it is. Begin a new version to change a rule.")
        )


class EditionIsDraft(BusinessError):
    """The refusal to end what has not begun."""

    def __init__(self) -> None:
        super().__init__(_("This version is a draft: it can be deleted, not ended."))


class DraftIsThere(Conflict):
    """The refusal of a second draft of one regulation."""

    def __init__(self, number: int) -> None:
        super().__init__(
            _("Version %(number)s is still a draft. Publish or delete it first.", number=number)
        )


class EditionIsEmpty(BusinessError):
    """The refusal to publish a version without a single clause."""

    def __init__(self) -> None:
        super().__init__(_("There is not a single clause in this version yet."))


class BeginsTooEarly(BusinessError):
    """The refusal of a version that would begin before the one it follows."""

    def __init__(self, *, before: date) -> None:
        super().__init__(
            _("The version before this one begins on %(day)s: choose a later day.", day=before),
            field="valid_from",
        )


class EndsTooEarly(BusinessError):
    """The refusal to end a version before it begins, or to end again what has ended."""

    def __init__(self) -> None:
        super().__init__(
            _("It can only end on a day after it has begun and before it ends already."),
            field="valid_to",
        )


class NumberIsTaken(BusinessError):
    """The refusal of two clauses, or two chapters, under one number in one version."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("There is already a “%(number)s” in this version.", number=number), field="number"
        )


class DemandIsMalformed(BusinessError):
    """The refusal of what is not the name of a demand."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” is not a demand's name: they look like A4.3.1.", name=name),
            field="demands",
        )


class RegulationIsPublished(Conflict):
    """The refusal to delete a regulation of which a version was published."""

    def __init__(self) -> None:
        super().__init__(
            _("A version of this regulation was published: it can be ended, not deleted.")
        )


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A mistake is what is wrong in one row of a file."""

    row: int
    said: Text | str


class RowsAreWrong(BusinessError):
    """The refusal of a file with mistakes; nothing of it was taken."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(
            _("Nothing was read in: please correct the file first."),
            fields={
                "file": [
                    _("Row %(row)s: %(message)s", row=one.row, message=one.said) for one in mistakes
                ]
            },
        )
