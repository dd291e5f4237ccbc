"""What a discussion refuses."""

from __future__ import annotations

from bumen.errors import BusinessError, Conflict, Forbidden
from bumen.i18n import translator

_ = translator(__file__, "bumen")


class CommentIsAnothers(Forbidden):
    """The refusal to change or withdraw what somebody else has said."""

    def __init__(self) -> None:
        super().__init__(_("Only who wrote this comment can change it."))


class CommentStands(BusinessError):
    """The refusal to change a comment others may have acted upon by now."""

    def __init__(self, *, minutes: int) -> None:
        super().__init__(
            _(
                "A comment can be changed for %(minutes)s minutes. Please write another one.",
                minutes=minutes,
            )
        )


class CommentIsWithdrawn(Conflict):
    """The refusal to change a comment that is gone."""

    def __init__(self) -> None:
        super().__init__(_("This comment has been deleted."))


class TooManyMentions(BusinessError):
    """The refusal to call more people at once than a discussion can hold."""

    def __init__(self, *, most: int) -> None:
        message = _("One comment can mention at most %(most)s people.", most=most)
        super().__init__(message, field="text")
