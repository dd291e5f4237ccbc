"""What one department adds to another's resource: it adds, never replaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bumen.printouts import Printout
from bumen.resource import Action, Related


@dataclass(frozen=True, kw_only=True)
class Extension:
    """An extension is what a department adds to a resource of another; made by `extends`."""

    resource: str
    related: Sequence[Related] = ()
    actions: Sequence[Action] = ()
    printouts: Sequence[Printout] = ()


def extends(
    resource: str,
    *,
    related: Sequence[Related] = (),
    actions: Sequence[Action] = (),
    printouts: Sequence[Printout] = (),
) -> Extension:
    """Add lists to a record's page, actions and printouts to a record, of a resource named by its
    key.

        Plugin(…, extensions=(extends("base.customers", related=(Related(Orders, "customer"),)),))

    What is added is there only while the adding department is on for the company. Actions need
    a permission of their own on the extended resource, as its own actions do. Data that belongs
    to another's record is a model of one's own with `belongs_to` that record.
    """
    return Extension(resource=resource, related=related, actions=actions, printouts=printouts)
