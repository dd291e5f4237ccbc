"""What approvals refuse."""

from __future__ import annotations

from bumen.errors import BusinessError, Conflict, Forbidden
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")


class NotAsked(Forbidden):
    """The refusal to let somebody decide who is not asked."""

    def __init__(self, *, waiting: str = "") -> None:
        said = _("You are not asked to decide this.")
        if waiting:
            said = _("You are not asked to decide this. It waits for: %(people)s.", people=waiting)
        super().__init__(said)


class NotYours(Forbidden):
    """The refusal to withdraw, or to remind of, what somebody else has submitted."""

    def __init__(self) -> None:
        super().__init__(_("Only who submitted this can do that."))


class AlreadyDecided(Conflict):
    """The refusal to decide what is decided by now."""

    def __init__(self) -> None:
        super().__init__(_("This has been decided in the meantime. Please look again."))


class DecisionIsPending(BusinessError):
    """The refusal of a step that only the people who are asked can take."""

    def __init__(self, *, step: Text | str, waiting: str) -> None:
        super().__init__(
            _(
                "“%(step)s” is decided by the people who are asked: %(people)s.",
                step=step,
                people=waiting,
            )
        )


class PersonIsUnfit(BusinessError):
    """The refusal to ask somebody who cannot decide this."""

    def __init__(self, why: Text, *, field: str = "user_id") -> None:
        super().__init__(why, field=field)


class OwnDocument(Forbidden):
    """The refusal to let somebody choose who decides about the own document."""

    def __init__(self) -> None:
        super().__init__(_("Nobody chooses who decides about their own document."))


def unknown_person() -> PersonIsUnfit:
    """Refuse somebody who does not work in the company."""
    return PersonIsUnfit(_("This person does not work in the company."))


def own_document() -> PersonIsUnfit:
    """Refuse to ask the person who wrote or submitted the document."""
    return PersonIsUnfit(_("Nobody approves their own documents."))


def asked_already() -> PersonIsUnfit:
    """Refuse to ask somebody a second time."""
    return PersonIsUnfit(_("This person is asked already, or has decided."))


class StageIsUnknown(BusinessError):
    """The refusal to send a document back to a step that does not come earlier."""

    def __init__(self) -> None:
        super().__init__(_("Please choose an earlier step."), field="stage")


class CannotBeWithdrawn(BusinessError):
    """The refusal to take back what cannot be taken back."""

    def __init__(self) -> None:
        super().__init__(_("This kind of document cannot be withdrawn; ask for a refusal."))


class TooManyReminders(Conflict):
    """The refusal to remind people again right away."""

    def __init__(self) -> None:
        super().__init__(_("They were reminded within the last hour."))
