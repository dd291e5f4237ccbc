"""History: every change of every record, who made it, when and by which way; only ever added to."""

from bumen.documents.history.chain import Signet
from bumen.documents.history.changes import Receiver, Touched, note_deed, noted
from bumen.documents.history.checking import broken_histories
from bumen.documents.history.many import note_many
from bumen.documents.history.models import HistoryEntry, HistoryHead, HistoryKind, history_of
from bumen.documents.history.signing import sign_anew, sign_first
from bumen.documents.history.standing_in import Absentee, absentee_now, acting_for
from bumen.documents.history.stories import Story
from bumen.documents.history.writing import Heads, write_history

__all__ = [
    "Absentee",
    "Heads",
    "HistoryEntry",
    "HistoryHead",
    "HistoryKind",
    "Receiver",
    "Signet",
    "Story",
    "Touched",
    "absentee_now",
    "acting_for",
    "broken_histories",
    "history_of",
    "note_deed",
    "note_many",
    "noted",
    "sign_anew",
    "sign_first",
    "write_history",
]
