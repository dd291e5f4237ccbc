"""The departments of a company as administrators see them: each with its state and its story."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bumen.activation.models import CompanyPlugin
from bumen.activation.plan import standing
from bumen.activation.state import requires_of
from bumen.i18n import Text, translator
from bumen.registry import Registry
from bumen.values import Choice

_ = translator(__file__, "bumen")


class State(Choice):
    """How a plugin stands in a company."""

    ON = "on", _("On")
    OFF = "off", _("Off")
    STANDING_STILL = "standing_still", _("Standing still: what it requires is off")
    UPDATE_WAITING = "update_waiting", _("Update waiting")
    QUARANTINED = "quarantined", _("In quarantine")
    REMOVED = "removed", _("Removed from this machine")


@dataclass(frozen=True, kw_only=True)
class Department:
    """A department is a plugin as one company sees it.

    `adds` are the titles of what it shows; `since` and `by` tell of the last switch, `reason` why
    it is in quarantine.
    """

    name: str
    title: Text | str
    state: State
    enabled: bool
    description: Text | str = ""
    version: str = ""
    reason: Text | str = ""
    requires: tuple[str, ...] = ()
    required_by: tuple[str, ...] = ()
    adds: tuple[Text, ...] = ()
    since: datetime | None = None
    by: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the department as JSON values, in the language of the moment."""
        return {
            "name": self.name,
            "title": str(self.title),
            "state": self.state.value,
            "state_title": str(self.state.label),
            "enabled": self.enabled,
            "description": str(self.description),
            "version": self.version,
            "reason": str(self.reason),
            "requires": list(self.requires),
            "required_by": list(self.required_by),
            "adds": [str(title) for title in self.adds],
            "since": self.since.isoformat() if self.since else None,
            "by": self.by,
        }


def departments(
    session: Session, *, registry: Registry, company_id: int, behind: Collection[str]
) -> list[Department]:
    """Return every department a company could have or has had, in the order of their needs.

    `behind` names the plugins whose tables wait for an upgrade. Broken and removed ones come last.
    """
    rows = {row.plugin: row for row in session.scalars(_rows(company_id))}
    seen = _Eyes(rows, registry=registry, behind=behind)
    absent = sorted(name for name in rows if name not in seen.known)
    return [
        *(seen.installed(name) for name in registry.plugins),
        *(seen.broken(name) for name in sorted(registry.quarantined)),
        *(seen.removed(name) for name in absent),
    ]


class _Eyes:
    """The eyes of one company: what it has switched, laid over what is installed."""

    def __init__(
        self, rows: dict[str, CompanyPlugin], *, registry: Registry, behind: Collection[str]
    ) -> None:
        self.rows = rows
        self.registry = registry
        self.behind = behind
        self.known = {*registry.plugins, *registry.quarantined}
        on = {name for name, row in rows.items() if row.enabled}
        self.standing = standing(on, requires=requires_of(registry))

    def installed(self, name: str) -> Department:
        """Return a department that works, or would if it were switched on."""
        installed = self.registry.plugins[name]
        return Department(
            name=name,
            title=installed.plugin.title,
            state=self._state(name),
            description=installed.description,
            version=installed.version,
            requires=tuple(installed.plugin.requires),
            required_by=self.registry.dependents(name),
            adds=tuple(resource.title for resource in installed.plugin.resources),
            **self._switched(name),
        )

    def broken(self, name: str) -> Department:
        """Return a department in quarantine."""
        reason = self.registry.quarantined[name]
        return Department(
            name=name, title=name, state=State.QUARANTINED, reason=reason, **self._switched(name)
        )

    def removed(self, name: str) -> Department:
        """Return a department whose records are here, but not its package."""
        return Department(name=name, title=name, state=State.REMOVED, **self._switched(name))

    def _state(self, name: str) -> State:
        if name in self.behind:
            return State.UPDATE_WAITING
        if not self._enabled(name):
            return State.OFF
        return State.ON if name in self.standing else State.STANDING_STILL

    def _enabled(self, name: str) -> bool:
        return name in self.rows and self.rows[name].enabled

    def _switched(self, name: str) -> dict[str, Any]:
        row = self.rows.get(name)
        return {
            "enabled": self._enabled(name),
            "since": row.since if row else None,
            "by": row.by.username if row and row.by else None,
        }


def _rows(company_id: int) -> Any:
    return (
        select(CompanyPlugin)
        .where(CompanyPlugin.company_id == company_id)
        .options(joinedload(CompanyPlugin.by))
    )
