"""The words of an approval: how it ended, where each person stands in it, what happened."""

from __future__ import annotations

from bumen.i18n import translator
from bumen.values import Choice, Tone

_ = translator(__file__, "bumen")


class Outcome(Choice):
    """How a request for approval ended."""

    APPROVED = "approved", _("Approved"), Tone.GOOD
    REFUSED = "refused", _("Refused"), Tone.BAD
    WITHDRAWN = "withdrawn", _("Withdrawn"), Tone.PLAIN


class Standing(Choice):
    """Where one person stands in a request.

    Who is COUNTED has agreed at an earlier step and is not asked again; who is SPARED need not
    say anything, because somebody else did, or because the request has ended.
    """

    LATER = "later", _("Will be asked"), Tone.PLAIN
    ASKED = "asked", _("Is asked"), Tone.ACTIVE
    APPROVED = "approved", _("Has approved"), Tone.GOOD
    REFUSED = "refused", _("Has refused"), Tone.BAD
    COUNTED = "counted", _("Has approved before"), Tone.GOOD
    SPARED = "spared", _("Not needed any more"), Tone.PLAIN


class Why(Choice):
    """Why somebody else is asked than the rule says."""

    OWN = "own", _("Nobody approves their own documents: the superior is asked.")
    VACANT = "vacant", _("Nobody holds this place: the administrators are asked.")
    NOBODY = "nobody", _("Nobody else is left: the administrators are asked.")
    ADDED = "added", _("Asked by another signer.")
    UNNAMED = "unnamed", _("Nobody was named: whoever may take this step decides.")


class Happened(Choice):
    """What happened in a request."""

    ASKED = "asked", _("Submitted for approval"), Tone.ACTIVE
    APPROVED = "approved", _("Approved"), Tone.GOOD
    REFUSED = "refused", _("Refused"), Tone.BAD
    ADDED_BEFORE = "added_before", _("Added a signer before"), Tone.PLAIN
    ADDED_AFTER = "added_after", _("Added a signer after"), Tone.PLAIN
    HANDED_OVER = "handed_over", _("Handed over"), Tone.PLAIN
    SENT_BACK = "sent_back", _("Sent back"), Tone.WARNING
    COPIED = "copied", _("Copied to"), Tone.PLAIN
    REMINDED = "reminded", _("Reminded"), Tone.PLAIN
    ESCALATED = "escalated", _("Late: asked in addition"), Tone.WARNING
    WITHDRAWN = "withdrawn", _("Withdrawn"), Tone.PLAIN


SEALED = frozenset(
    {
        Happened.ADDED_BEFORE,
        Happened.ADDED_AFTER,
        Happened.HANDED_OVER,
        Happened.SENT_BACK,
        Happened.ESCALATED,
    }
)
"""What the document's history is told of, beside the words themselves, which are its actions."""


def deed_of(happened: Happened) -> str:
    """Return what the history calls it: no action has a name with a dot."""
    return f"approval.{happened.value}"


BEYOND = "approval.handed_over_beyond"
"""What the history calls handing a decision to somebody without the role that was asked."""
BEYOND_LABEL = _("Handed over to somebody without the role that is asked")


class Place(Choice):
    """Where a signer is added: before oneself, or after."""

    BEFORE = "before", _("Before me")
    AFTER = "after", _("After me")
