"""How the saboteur answers; the subject says in which way it does harm."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import SessionTransaction

from bumen import hookimpl, session
from notes import Note

HARM = {"now": "raise"}
"""In which way events are met."""


@hookimpl
def asker_opinion(subject: str) -> Any:
    """Leave a note that must not stay, then do harm."""
    session().add(Note(title="left by the saboteur"))
    session().flush()
    _harm(subject)
    return object()


@hookimpl
def asker_may_go_on(subject: str) -> None:
    """Do harm where a refusal would count."""
    _harm(subject)


def do_harm(_event: Any) -> None:
    """Do harm when something has happened."""
    session().add(Note(title="left by the saboteur"))
    session().flush()
    _harm(HARM["now"])


def show_harm() -> dict[str, Any]:
    """Do harm when something is to be shown."""
    _harm(HARM["now"])
    return {}


def _outermost() -> SessionTransaction:
    found = session().get_transaction()
    assert found is not None
    return found


def _harm(way: str) -> None:
    if way == "raise":
        raise RuntimeError("sabotage")
    if way == "commit":
        session().commit()
    if way == "rollback":
        session().rollback()
    if way == "close":
        session().close()
    if way == "sql":
        session().connection().exec_driver_sql("COMMIT")
    if way == "connection":
        session().connection().commit()
    if way == "transaction":
        _outermost().commit()
    if way == "reset":
        session().reset()
    if way == "wrong type":
        session().execute(text("SELECT nothing FROM nowhere"))
