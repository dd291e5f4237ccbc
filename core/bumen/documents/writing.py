"""Writing what people changed on a paper trail, and saying so when somebody else was faster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm.exc import StaleDataError

from bumen.errors import StaleVersion
from bumen.unit_of_work import session


@contextmanager
def written() -> Iterator[None]:
    """Write what is changed inside; `StaleVersion` when the same was changed meanwhile."""
    try:
        yield
        session().flush()
    except StaleDataError:
        raise StaleVersion from None
