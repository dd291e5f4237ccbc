"""Whose turn it is once a record has been sent for approval, told to who has just sent it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bumen.approvals import approval_in, asked_now
from bumen.documents.called import names_of
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")


def waiting_for(record: Any, *, done: Text | None = None) -> Text | None:
    """Say who decides next about a record that waits; None for one that does not.

    `done` is what has just been done with one that waited before; others were sent to wait.
    """
    approval = approval_in(record)
    if approval is None:
        return None
    asked = asked_now(record, at=datetime.now(UTC))
    step = approval.step_to(type(record).workflow)
    said = done or (step.label if step else approval.title)
    if not asked:
        return _("%(step)s: nobody is named; whoever else may take this step decides.", step=said)
    people = str(_(", ")).join(names_of(sorted(asked)).values())
    return _("%(step)s: it is now up to %(people)s.", step=said, people=people)
