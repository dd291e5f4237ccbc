"""What honest does when something happens."""

from asker import SomethingHappened
from bumen import session
from notes import Note


def write_down(event: SomethingHappened) -> None:
    """Keep a note in the same unit of work."""
    session().add(Note(title=f"within {event.amount} {event.on}"))


def write_down_later(event: SomethingHappened) -> None:
    """Keep a note after the commit; the note of the same unit of work must be there by then."""
    note = session().get_one(Note, event.note_id)
    session().add(Note(title=f"after {note.title}"))
