"""Master data is tested with nothing else installed; what others answer, the tests answer."""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from bumen import hookimpl
from bumen.host import Host
from bumen.registry import Candidate

Answer = Callable[..., Any]


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Master data alone."""
    return (Candidate("base", "bumen_base"),)


@pytest.fixture
def neighbour(host: Host) -> Iterator[Callable[..., None]]:
    """Let a made-up department answer questions, by their names, for the rest of a test."""
    departments: list[ModuleType] = []
    manager, hooks = host.registry.manager, host.registry.hooks

    def open_department(**answers: Answer) -> None:
        department = ModuleType(f"neighbour_{len(departments)}")
        vars(department).update({name: hookimpl(one) for name, one in answers.items()})
        manager.register(department, f"base:{department.__name__}")
        departments.append(department)
        hooks.forget()

    yield open_department
    for department in departments:
        manager.unregister(department)
    hooks.forget()
