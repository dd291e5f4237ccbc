"""What asker asks others."""

from bumen import hookspec


@hookspec
def asker_opinion(subject: str) -> str:
    """Say what you think of a subject; asked at any time, every answer is kept."""


@hookspec
def asker_may_go_on(subject: str) -> None:
    """Refuse by raising a `BusinessError`; asked before going on, one refusal is enough."""
