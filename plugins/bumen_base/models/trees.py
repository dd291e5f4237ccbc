"""Trees and chains: records of which each may stand below another of its kind."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased


def downwards_from(model: Any, start: Select[int], *, by: str) -> Select[int]:
    """Select the ids of records (of `start`), and of all that stand below them.

    `by` is the reference that leads up: `parent`, `superior`. Ends on a circle, too.
    """
    below = aliased(model)
    top = select(model.id).where(model.id.in_(start)).cte(recursive=True)
    whole = top.union(select(below.id).where(getattr(below, f"{by}_id") == top.c.id))
    return select(model.id).where(model.id.in_(select(whole.c.id)))


def upwards_from(model: Any, start: int, *, by: str) -> Select[int]:
    """Select the ids on the way up from a record (its id), that record's own included.

    `by` is the reference that leads up: `parent`, `superior`. Ends on a circle, too.
    """
    above = aliased(model)
    way = select(model.id, getattr(model, f"{by}_id").label("next")).where(model.id == start)
    way_up = way.cte("way_up", recursive=True)
    step = select(above.id, getattr(above, f"{by}_id")).where(above.id == way_up.c.next)
    whole = way_up.union(step)
    return select(model.id).where(model.id.in_(select(whole.c.id)))
