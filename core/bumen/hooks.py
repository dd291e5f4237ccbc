"""Questions: what the host and the departments ask each other, and the guarded caller.

A plugin offers a question as a function marked `@hookspec` in its `hooks.py`; another answers with
a function of the same name marked `@hookimpl`. Only departments that are on for the company are
asked. Each answers in a savepoint of its own and may neither commit nor roll back; one that
fails is logged by name and does not stop the others. A question whose name contains `_may_` may
be refused: then a `BusinessError` counts, and goes on to whoever asked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import pluggy

from bumen.company.isolation import CompanySession
from bumen.database import sealed
from bumen.errors import BusinessError

PROJECT = "bumen"
hookspec = pluggy.HookspecMarker(PROJECT)
"""Mark a function of a plugin's `hooks.py` as a question others may answer."""
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Mark a function as the answer to the question of the same name."""

_log = logging.getLogger(__name__)


@hookspec
def bumen_seed_company(company: Any) -> None:
    """Fill a company that has turned this department on for the first time.

    Asked once for each company and department, in the unit of work of the switch, of that
    department only. `company` is the `CurrentCompany`. Make what people need to start (sequences,
    categories) and nothing else: what people have changed is never asked for again.
    """


@hookspec
def bumen_fill_demo(company: Any) -> None:
    """Fill a company of the demonstration with believable records, in the company's language.

    Asked once, in order of what departments require, each in a unit of work of its own.
    """


class Hooks:
    """The guarded caller of the questions of all plugins."""

    def __init__(self, manager: pluggy.PluginManager, *, trace: bool = False) -> None:
        self.manager = manager
        self.trace = trace
        self._answering = lru_cache(maxsize=1024)(self._find_answers)

    def answering(self, name: str, on: frozenset[str]) -> tuple[pluggy.HookImpl, ...]:
        """Return who answers a question, of the departments that are on, in order of asking."""
        return self._answering(name, on)

    def ask(
        self, session: CompanySession, on: frozenset[str], name: str, values: dict[str, Any]
    ) -> list[Any]:
        """Ask the departments that are on; return the answers that are not None."""
        answers = []
        for implementation in self.answering(name, on):
            wanted = {key: values[key] for key in implementation.argnames}
            plugin = department_of(implementation.plugin_name)
            with guarded(session, plugin=plugin, what=name, refusals="_may_" in name):
                answer = implementation.function(**wanted)
                if self.trace:
                    _log.warning("hook %s: %s answered %r", name, plugin, answer)
                if answer is not None:
                    answers.append(answer)
        return answers

    def forget(self) -> None:
        """Look again at who answers: plugins have come or gone."""
        self._answering.cache_clear()

    def _find_answers(self, name: str, on: frozenset[str]) -> tuple[pluggy.HookImpl, ...]:
        caller: pluggy.HookCaller = getattr(self.manager.hook, name)
        found = reversed(caller.get_hookimpls())
        return tuple(answer for answer in found if department_of(answer.plugin_name) in on)


def department_of(plugin_name: str) -> str:
    """Return the department of an answering module: they are registered as `sales:module`."""
    return plugin_name.partition(":")[0]


@contextmanager
def guarded(
    session: CompanySession, *, plugin: str, what: str, refusals: bool = False
) -> Iterator[Callable[[], bool]]:
    """Run a department's code in a savepoint: its failure is logged and undone, no more.

    Yields a function that tells afterwards whether it failed. With `refusals` a `BusinessError`
    is undone too, and raised. What was written before is put into the database first: when that
    fails, it was not the department.
    """
    failed, savepoint = False, session.begin_nested()
    try:
        with savepoint, sealed(session):
            yield lambda: failed
    except BusinessError:
        if refusals:
            raise
        failed = True
        _log.exception("%s refused in %s, where no refusal counts", plugin, what)
    except Exception:  # noqa: BLE001  # a department may fail in any way: the others go on
        failed = True
        _log.exception("%s failed in %s and was left out", plugin, what)
