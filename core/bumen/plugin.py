"""What a plugin says about itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from types import ModuleType
from typing import Any

from bumen.checks import Check
from bumen.dashboards import Card
from bumen.documents.numbering import Numbering
from bumen.events import Subscription
from bumen.extension import Extension
from bumen.first_steps import FirstStep
from bumen.fulfilment import Fulfilment, fulfilments_of, work_fulfilments
from bumen.i18n import Text
from bumen.jobs import Job, Schedule
from bumen.public_pages import PublicPage
from bumen.reports import Analysis, Figure, Report
from bumen.resource import Resource
from bumen.signed_calls import SignedCall
from bumen.slots import Slot

RESERVED = frozenset(
    [
        "ab",
        "api",
        "back",
        "bumen",
        "company",
        "core",
        "dashboards",
        "departments",
        "flows",
        "groups",
        "health",
        "imports",
        "inbox",
        "invitation",
        "jobs",
        "keys",
        "lang",
        "language",
        "login",
        "logout",
        "lookup",
        "menu",
        "numbers",
        "palette",
        "papers",
        "password",
        "ready",
        "regulations",
        "resetmypassword",
        "resetpassword",
        "roles",
        "schedules",
        "search",
        "secondfactor",
        "security",
        "static",
        "steps",
        "tags",
        "theme",
        "userinfoeditview",
        "users",
        "webhooks",
    ]
)
"""What the host's own tables and addresses begin with: no name of a plugin."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Beside:
    """What a plugin gives besides where an optional neighbour is installed.

    A module `with_<neighbour>` of the plugin holds one under the name `beside`. It is imported only
    where the neighbour stands, so it may import the neighbour's seams; what it holds is added to
    what the plugin declares. While the neighbour is off for a company it is not asked, told nothing
    and extends nothing; what shows or does something by itself asks `current().on` first.
    """

    answers: Sequence[ModuleType] = ()
    subscriptions: Sequence[Subscription] = ()
    extensions: Sequence[Extension] = ()
    slots: Sequence[Slot] = ()
    jobs: Sequence[Job] = ()
    schedules: Sequence[Schedule] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Plugin:
    """A department: all it gives and all it needs, and nothing else.

    `name` is lower-case letters and digits; tables, permissions and addresses begin with it.
    `requires` names departments that must be installed and on: their models, services, events
    and hooks may be imported. `optional` names neighbours this one gets on with: what touches
    them stands in a module `with_<neighbour>` and is loaded when the neighbour is installed.
    `hooks` is the module of the questions it asks others; `answers` the modules in which it
    answers others' questions. `extensions` are what it adds to others' resources. `needs_bumen`
    is the window of host versions it works with. `icon` names its drawing in the menu, of those in
    core/bumen/web/assets/icons.txt. `slots` are what it shows on others' pages, `first_steps` what
    a new company is told to do first.
    `numbers` say how its documents are numbered.
    `reports` are tables that its services work out, and analyses of its records.
    `figures` are its numbers with a name; `cards` stand on its dashboard, in this order.
    `jobs` are what it does in the background, `schedules` when some of that starts by itself.
    `checks` are what must always hold in its tables: `bumen check` asks.
    `public` are pages that need no signing in, `calls` what programs of others may tell it.
    `description` says in a sentence what it is for; left out, it is the docstring of the package.
    """

    name: str
    title: Text
    requires: Sequence[str] = ()
    optional: Sequence[str] = ()
    resources: Sequence[type[Resource]] = ()
    hooks: ModuleType | None = None
    answers: Sequence[ModuleType] = ()
    subscriptions: Sequence[Subscription] = ()
    extensions: Sequence[Extension] = ()
    reports: Sequence[Report | Analysis] = ()
    figures: Sequence[Figure] = ()
    cards: Sequence[Card] = ()
    numbers: Sequence[Numbering] = ()
    icon: str = ""
    description: Text | None = None
    slots: Sequence[Slot] = ()
    first_steps: Sequence[FirstStep] = ()
    jobs: Sequence[Job] = ()
    schedules: Sequence[Schedule] = ()
    checks: Sequence[Check] = ()
    public: Sequence[PublicPage] = ()
    calls: Sequence[SignedCall] = ()
    roles: str = "roles.csv"
    needs_bumen: str = ">=0.1,<0.2"

    def joined(self, more: Beside) -> Plugin:
        """Return the plugin with what it gives besides, where a neighbour is installed."""
        names = (one.name for one in fields(more))
        added: dict[str, Any] = {
            name: (*getattr(self, name), *getattr(more, name)) for name in names
        }
        return replace(self, **added)

    @property
    def fulfilments(self) -> tuple[Fulfilment, ...]:
        """What its steps, records, reports and work do for the demands of regulations."""
        work = work_fulfilments((*self.jobs, *self.schedules))
        return (*fulfilments_of(self.resources, self.reports), *work)

    @property
    def clauses(self) -> frozenset[str]:
        """The demands of regulations that something of it fulfils."""
        return frozenset(name for one in self.fulfilments for name in one.clauses)
