"""Questions as they are kept: what somebody asks of an analysis again and again."""

from __future__ import annotations

from typing import Any

from bumen.listing import Condition, Listing
from bumen.reports import Compared, Question

Kept = dict[str, Any]


def kept_question(question: Question) -> Kept:
    """Return a question as JSON keeps it; periods stay words, such as last month."""
    return {
        "rows": question.rows,
        "columns": question.columns,
        "measures": list(question.measures),
        "search": question.listing.search,
        "conditions": [[one.field, one.operator, one.value] for one in question.listing.conditions],
        "compared": question.compared.value if question.compared else "",
    }


def question_kept(kept: Kept) -> Question:
    """Return the question that was kept; whether it can still be asked is checked elsewhere."""
    conditions = tuple(
        Condition(field=field, operator=operator, value=value)
        for field, operator, value in kept["conditions"]
    )
    return Question(
        rows=kept["rows"],
        columns=kept["columns"],
        measures=tuple(kept["measures"]),
        listing=Listing(conditions=conditions, search=kept["search"]),
        compared=Compared(kept["compared"]) if kept["compared"] else None,
    )
