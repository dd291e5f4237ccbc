"""Which customers may be one and the same: a warning, never a refusal."""

from bumen import session
from bumen_base.models import Customer, likely_duplicates


def find_likely_duplicates(
    *, name: str, phone: str | None = None, besides: int | None = None
) -> list[Customer]:
    """Return the customers that may be the one that is about to be saved, in order of their codes.

    `besides` is the id of that customer, if it has one already.
    """
    with session().no_autoflush:
        return list(session().scalars(likely_duplicates(name=name, phone=phone, besides=besides)))
