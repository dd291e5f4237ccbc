"""Which plugins are on for a company, in every process at its next request."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bumen.activation.models import switched_on, version_now
from bumen.activation.plan import standing
from bumen.registry import Registry


class Activations:
    """What is on, remembered by company for as long as the activation version stays the same.

    A switch in any process raises the version in the database. Whoever begins a request or a job
    reads the version there, together with what it reads anyway, and asks here with it.
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._remembered: dict[int, tuple[object, frozenset[str]]] = {}

    def plugins_on(self, session: Session, *, company_id: int, version: int) -> frozenset[str]:
        """Return the plugins that are on and can work; reads only when the version is a new one.

        Not for use after a switch within its own transaction, which may still be rolled back.
        """
        seen = (session.get_bind(), version)
        known = self._remembered.get(company_id)
        if known is None or known[0] != seen:
            on = standing(read_state(session, company_id), requires=requires_of(self.registry))
            known = self._remembered[company_id] = (seen, on)
        return known[1]


def read_state(session: Session, company_id: int) -> frozenset[str]:
    """Read which plugins are switched on for a company, whether or not they can work."""
    return frozenset(session.scalars(switched_on(company_id)))


def read_version(session: Session) -> int:
    """Read the activation version; 0 before the first switch."""
    return session.scalar(version_now()) or 0


def requires_of(registry: Registry) -> dict[str, tuple[str, ...]]:
    """Return the installed plugins with what each requires, as plans want it."""
    return {name: tuple(one.plugin.requires) for name, one in registry.plugins.items()}
