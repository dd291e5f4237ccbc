"""Telling people what concerns them: in their inbox, and by mail as each of them wishes."""

from bumen.notices.kinds import Delivery, NoticeKind
from bumen.notices.models import Notice
from bumen.notices.telling import settle, tell
from bumen.notices.unsaying import unsay

__all__ = ["Delivery", "Notice", "NoticeKind", "settle", "tell", "unsay"]
