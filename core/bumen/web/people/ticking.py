"""The permissions that are ticked on the page of a role: as it shows them, and as it sends them."""

from __future__ import annotations

from collections.abc import Collection

from flask import request

from bumen.errors import Malformed
from bumen.i18n import translator
from bumen.security.keeping import Ticked
from bumen.security.offered import Area, permits_of
from bumen.security.roles import Grant

_ = translator(__file__, "bumen")


def ticked_among(offered: list[Area], granted: Collection[Grant]) -> set[str]:
    """Return the keys of what is ticked where some permissions are granted."""
    held = frozenset(granted)
    return {key for key, permit in permits_of(offered).items() if permit.grants <= held}


def ticks_sent(areas: list[Area]) -> Ticked:
    """Return what was ticked; refuses what was never offered."""
    offered = permits_of(areas)
    keys = set(request.form.getlist("may"))
    if unknown := keys - offered.keys():
        said = _("There is no such permission.")
        raise Malformed(said, fields={key: [said] for key in sorted(unknown)})
    return Ticked(
        offered=frozenset().union(*(permit.grants for permit in offered.values())),
        chosen=frozenset().union(*(offered[key].grants for key in keys)),
    )
