"""What people are told about, and how it may reach them beside the inbox."""

from __future__ import annotations

from collections.abc import Mapping

from bumen.i18n import translator
from bumen.values import Choice, Tone

_ = translator(__file__, "bumen")


class NoticeKind(Choice):
    """What a notice is about; each person decides by kind whether a mail comes with it."""

    ASKED = "asked", _("Somebody asks for my approval"), Tone.ACTIVE
    DECIDED = "decided", _("What I submitted was decided"), Tone.GOOD
    MENTIONED = "mentioned", _("Somebody mentions me"), Tone.ACTIVE
    FOLLOWED = "followed", _("Something new on a record I follow"), Tone.PLAIN
    ACTIVITY = "activity", _("An activity is given to me"), Tone.ACTIVE
    LATE = "late", _("Something of mine is late"), Tone.WARNING
    NEWS = "news", _("Other news of a department"), Tone.PLAIN


class Delivery(Choice):
    """How a notice reaches somebody beside the inbox, where it always stands."""

    AT_ONCE = "at_once", _("Mail at once")
    DIGEST = "digest", _("In the daily mail")
    NONE = "none", _("Inbox only")


USUAL: Mapping[NoticeKind, Delivery] = {
    NoticeKind.ASKED: Delivery.AT_ONCE,
    NoticeKind.DECIDED: Delivery.AT_ONCE,
    NoticeKind.MENTIONED: Delivery.AT_ONCE,
    NoticeKind.FOLLOWED: Delivery.DIGEST,
    NoticeKind.ACTIVITY: Delivery.DIGEST,
    NoticeKind.LATE: Delivery.DIGEST,
    NoticeKind.NEWS: Delivery.NONE,
}
"""What holds for whoever has decided nothing."""
