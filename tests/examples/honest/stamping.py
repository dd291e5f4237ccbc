"""What honest does with the notes of others."""

from bumen import User
from notes import Note


def stamp(note: Note, *, by: User) -> None:
    """Write on a note that it was looked at."""
    note.body = f"seen by {by.username}"
