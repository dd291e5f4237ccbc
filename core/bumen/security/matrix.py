"""Who may do what, as a table that people read: every action of every list, for every role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bumen.i18n import speaking
from bumen.registry import Registry
from bumen.security.offered import Area, areas
from bumen.security.permissions import DEPLOYMENT_ADMINISTRATOR, roles_of, wanted_of
from bumen.security.roles import Grant

YES, NO = "●", "·"
_INTRODUCTION = """\
# Who may do what

Every list, every action and every role that departments bring, as they are before anybody
changes them. `●` is allowed, `·` is not. Which records somebody sees of a list is told by “See …”
and written down in [users.md](users.md). Made by `bumen access matrix`; a test holds it to what the
application does.
"""


def matrix_of(registry: Registry) -> str:
    """Return the table as Markdown, in English."""
    with speaking("en"):
        return "\n".join([_INTRODUCTION, *_roles(registry), *_tables(registry)]).rstrip() + "\n"


def granted_by(registry: Registry) -> Mapping[str, frozenset[Grant]]:
    """Return what each role grants that people can hold, by its name."""
    wanted = wanted_of(registry).roles
    names = [*roles_of(registry), DEPLOYMENT_ADMINISTRATOR]
    return {name: wanted[name] for name in names}


def _roles(registry: Registry) -> Iterator[str]:
    """Yield the list of roles: the columns go by short names."""
    known = roles_of(registry)
    for name in granted_by(registry):
        title = known[name].title if name in known else "Administrator of the whole deployment"
        yield f"- `{name}`: {title}"
    yield ""


def _tables(registry: Registry) -> Iterator[str]:
    granted = granted_by(registry)
    for area in areas(registry):
        yield f"## {area.title}\n"
        yield "| what | " + " | ".join(f"`{name}`" for name in granted) + " |"
        yield "|---" * (len(granted) + 1) + "|"
        yield from _rows(area, granted)
        yield ""


def _rows(area: Area, granted: Mapping[str, frozenset[Grant]]) -> Iterator[str]:
    for subject in area.subjects:
        for permit in subject.permits:
            marks = (YES if permit.grants <= held else NO for held in granted.values())
            yield f"| {subject.title}: {permit.title} | " + " | ".join(marks) + " |"
