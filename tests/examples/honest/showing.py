"""What honest shows on others' pages."""

from collections.abc import Mapping
from typing import Any

from bumen import Slot, translator
from notes import Note

_ = translator(__file__, "honest")


def card() -> Mapping[str, Any]:
    """Show a few words; signs that mean something to browsers are shown as they are."""
    return {"words": "Honest <words>"}


def nothing() -> None:
    """Have nothing to show."""


def tab(record: Note) -> Mapping[str, Any]:
    """Show the title of the note the page is about."""
    return {"words": f"About {record.title}"}


def _at(place: str, values: Any) -> Slot:
    return Slot(
        place,
        title=_("Honest card"),
        template="honest/card.html",
        values=values,
        permission="notes.Notes",
    )


SHOWN = (
    _at("home.card", nothing),
    _at("home.card", card),
    _at("record.tab:notes.notes", tab),
    _at("record.top:notes.notes", tab),
)
