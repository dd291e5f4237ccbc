"""What honest answers."""

from bumen import BusinessError, hookimpl
from honest.refusals import NotThis


@hookimpl
def asker_opinion(subject: str) -> str:
    """Think well of everything."""
    return f"{subject} is fine"


@hookimpl
def asker_may_go_on(subject: str) -> None:
    """Stop what is forbidden."""
    if subject == "forbidden":
        refusal: BusinessError = NotThis()
        raise refusal
