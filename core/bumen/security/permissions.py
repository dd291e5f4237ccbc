"""Which permissions and roles there are: worked out from the plugins, written in bulk.

Flask-AppBuilder makes its permissions one by one, with a commit for each, whenever it starts.
Here an upgrade writes all of them in one transaction of a dozen statements, and later upgrades
read two and write none. What people have changed of a role since the last upgrade stays changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bumen.database import Database
from bumen.registry import Registry
from bumen.security.ledger import Ledger
from bumen.security.roles import DeclaredRole, Grant, RolesAreMalformed, read_roles

ADMINISTRATOR = "core.administrator"
"""The role that may do everything of every department in one company."""
DEPLOYMENT_ADMINISTRATOR = "Admin"
"""The role that may do everything everywhere, users and roles of the deployment included."""
VISITOR = "Public"
"""The role of whoever has not signed in: nothing, until somebody grants it something."""

HOST_VIEWS: Mapping[str, tuple[str, ...]] = {
    "core.Access": ("read",),
    "core.Approvals": ("read", "write"),
    "core.Dashboards": ("write",),
    "core.Departments": ("read", "write"),
    "core.Flows": ("read", "write"),
    "core.FieldRules": ("read", "write"),
    "core.History": ("read",),
    "core.Numbers": ("read", "write"),
    "core.People": ("read", "write"),
    "core.Printing": ("read", "write"),
    "core.Regulations": ("write", "evidence"),
    "core.SavedViews": ("write",),
    "core.Schedules": ("read", "write"),
    "core.Tags": ("read", "write"),
    "core.Webhooks": ("read", "write"),
    "core.Work": ("read", "write"),
}
"""The host's own screens that a company's administrator uses: departments, people, field rules."""

EVERYBODYS_VIEWS: Mapping[str, tuple[str, ...]] = {
    "ResetMyPasswordView": ("this_form_get", "this_form_post"),
    "UserInfoEditView": ("this_form_get", "this_form_post"),
    "UserDBModelView": ("userinfo",),
    "MenuApi": ("get",),
    "OpenApi": ("get",),
    "core.Regulations": ("read",),
    "SwaggerView": ("show",),
}
"""What whoever holds any role may do: see and change the own account, see what else may be done."""

_EVERYTHING = ("list", "show", "add", "edit", "delete")
DEPLOYMENT_VIEWS: Mapping[str, tuple[str, ...]] = {
    "UserDBModelView": _EVERYTHING,
    "RoleModelView": _EVERYTHING,
    "ResetPasswordView": ("this_form_get", "this_form_post"),
}
"""Flask-AppBuilder's screens for the people and roles of the whole deployment."""
DEPLOYMENT_MENU = ("Security", "List Users", "List Roles")
"""The entries of its menu that lead there."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What should be: every permission, and what each role is granted by its plugin.

    `problems` are slips in a `roles.csv`: what could not be read, and grants that nobody offers.
    """

    grants: frozenset[Grant]
    roles: Mapping[str, frozenset[Grant]]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Synced:
    """What a sync did: how much it added and removed, and by how many statements."""

    statements: int
    grants: int = 0
    roles: int = 0
    granted: int = 0
    revoked: int = 0
    problems: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything had to be written."""
        return bool(self.grants or self.roles or self.granted or self.revoked)


def sync(database: Database, registry: Registry) -> Synced:
    """Write the permissions and roles of all plugins, in one transaction; see `write`."""
    return write(database, wanted_of(registry), plugins=registry.plugins)


def write(database: Database, wanted: Wanted, *, plugins: Iterable[str]) -> Synced:
    """Write what is wanted where it is not so yet; `plugins` are those it was worked out from.

    Grants that a plugin newly declares are added to its roles, those it no longer declares are
    taken away; everything else about a role is left as people have made it, and so are the
    grants of plugins that are away for the moment. Safe from two processes at once: the second
    waits, then finds nothing to do.
    """
    ours = frozenset({"core", *plugins})
    with database.wide_session() as session, session.begin():
        ledger = Ledger(session)
        if not ledger.differs(wanted.grants, wanted.roles, ours=ours):
            return Synced(statements=ledger.statements, problems=wanted.problems)
        ledger.lock()
        grants, roles = ledger.add_grants(wanted.grants), ledger.add_roles(wanted.roles)
        given, taken = ledger.regrant(wanted.roles, ours=ours)
        return Synced(
            statements=ledger.statements,
            grants=grants,
            roles=roles,
            granted=given,
            revoked=taken,
            problems=wanted.problems,
        )


def wanted_of(registry: Registry) -> Wanted:
    """Work out every permission and role from what is installed."""
    offered = frozenset({*_of_resources(registry), *_can(HOST_VIEWS)})
    own = everybodys()
    menu = (Grant("menu_access", entry) for entry in DEPLOYMENT_MENU)
    deployment = offered | own | {*_can(DEPLOYMENT_VIEWS), *menu}
    declared, problems = _declared(registry)
    return Wanted(
        grants=deployment,
        roles={
            ADMINISTRATOR: offered | own,
            DEPLOYMENT_ADMINISTRATOR: deployment,
            VISITOR: frozenset(),
            **{role.name: (role.grants & offered) | own for role in declared},
        },
        problems=(*problems, *_unknown(declared, offered=offered, registry=registry)),
    )


def roles_of(registry: Registry) -> dict[str, DeclaredRole]:
    """Return the roles people can be given in a company, by name, with their titles."""
    administrator = DeclaredRole(
        name=ADMINISTRATOR,
        titles={
            "en": "Company administrator",
            "zh_Hant": "公司管理員",
            "zh_Hans": "公司管理员",
        },
        grants=wanted_of(registry).roles[ADMINISTRATOR],
    )
    declared, _problems = _declared(registry)
    return {role.name: role for role in (administrator, *declared)}


def everybodys() -> frozenset[Grant]:
    """Return what whoever holds any role may do."""
    return frozenset(_can(EVERYBODYS_VIEWS))


def _declared(registry: Registry) -> tuple[list[DeclaredRole], list[str]]:
    """Read the roles of every plugin; a file that cannot be read brings none."""
    roles: list[DeclaredRole] = []
    problems = []
    for name, installed in registry.plugins.items():
        try:
            roles += read_roles(installed.folder / installed.plugin.roles, plugin=name)
        except RolesAreMalformed as why:
            problems.append(f"{name}: {why}")
    return roles, problems


def _of_resources(registry: Registry) -> Iterator[Grant]:
    for resource in registry.resources.values():
        for verb in registry.permissions_of(resource):
            yield Grant(f"can_{verb}", resource.permission())


def _can(views: Mapping[str, tuple[str, ...]]) -> Iterator[Grant]:
    return (Grant(f"can_{verb}", view) for view, verbs in views.items() for verb in verbs)


def _unknown(
    declared: Iterable[DeclaredRole], *, offered: frozenset[Grant], registry: Registry
) -> Iterator[str]:
    """Name the grants nobody offers; those of a neighbour that is not installed may be absent."""
    for role in declared:
        for grant in sorted(role.grants - offered):
            if grant.view.partition(".")[0] in {"core", *registry.plugins}:
                yield f"{role.name}: nothing offers {grant}"
