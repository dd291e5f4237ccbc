"""Which imports somebody sees, and what is shown of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from bumen.company.people import full_name_of
from bumen.errors import NotFound
from bumen.importing.planning import resource_called
from bumen.importing.problems import MOST_KEPT
from bumen.imports import Import, Stage
from bumen.imports.finding import import_called, imports_of
from bumen.jobs import JobRun, RunState
from bumen.jobs.finding import run_called
from bumen.resource import WRITE, Resource
from bumen.unit_of_work import current, session
from bumen.values import is_record_id
from bumen.web.house import registry
from bumen.web.jobs.viewing import Shown, address_of, sees_all
from bumen.web.jobs.viewing import shown as shown_runs
from bumen.web.security import allowed, somebody_here

AT_ONCE = 50
_LONGEST_ID = 20


@dataclass(frozen=True, kw_only=True)
class ImportShown:
    """An import as people see it, with the background work that is about it."""

    kept: Import
    resource: type[Resource]
    run: Shown | None = None

    @property
    def is_busy(self) -> bool:
        """Whether background work is about it just now."""
        return self.run is not None and self.run.run.is_open

    @property
    def is_broken_off(self) -> bool:
        """Whether its work ended before its end: it failed, or somebody cancelled it."""
        moving = (Stage.CHECKING, Stage.TAKING, Stage.UNDOING)
        return self.kept.stage in moving and not self.is_busy

    @property
    def goes_on(self) -> bool:
        """Whether what was broken off can be gone on with."""
        over = (RunState.FAILED, RunState.CANCELLED, RunState.INTERRUPTED)
        return self.is_broken_off and self.run is not None and self.run.run.state in over

    @property
    def who(self) -> str:
        """Who began it."""
        return full_name_of(self.kept.starter) if self.kept.starter else ""


def found_import(ident: int) -> Import:
    """Return an import of one's own, or one that an administrator may see; else `NotFound`.

    Refuses whoever may not write what it goes into.
    """
    user, kept = somebody_here(), None
    if is_record_id(ident):
        kept = session().scalar(import_called(ident))
    if kept is None or not (kept.created_by_id == user.id or sees_all()):
        raise NotFound
    resource_called(kept.resource)
    found: Import = kept
    return found


def shown(kept: Import) -> ImportShown:
    """Return an import as people see it."""
    run: JobRun | None = None
    if kept.run_id is not None:
        run = session().scalar(run_called(kept.run_id))
    about = shown_runs([run])[0] if run is not None else None
    return ImportShown(kept=kept, resource=resource_called(kept.resource), run=about)


def resources_here() -> dict[str, type[Resource]]:
    """Return what somebody may import into, by key."""
    on = current().on
    return {
        key: resource
        for key, resource in registry().resources.items()
        if resource.plugin() in on
        and "create" in resource.can
        and allowed(WRITE, resource.permission())
    }


def imports_here() -> bool:
    """Whether there is anything that somebody may import into."""
    return current().company is not None and bool(resources_here())


def past_imports(*, resource: str | None, before: int | None) -> Sequence[Import]:
    """Return the newest imports somebody sees, one more than are shown at once."""
    keys = [resource] if resource else [*resources_here()]
    user_id = None if sees_all() else current().user.id
    query = imports_of(keys, user_id=user_id)
    if before is not None:
        query = query.where(Import.id < before)
    return session().scalars(query.limit(AT_ONCE + 1)).all()


def number_asked(name: str) -> int | None:
    """Return a number of the address; `NotFound` for what is none."""
    asked = request.args.get(name)
    if asked is None:
        return None
    text = asked[:_LONGEST_ID]
    if not (text.isascii() and text.isdecimal() and is_record_id(int(text))):
        raise NotFound
    return int(text)


def further_of(kept: Import) -> int:
    """Return how many problems were only counted, because there were too many."""
    return max(0, kept.problems - MOST_KEPT)


def told_of(one: ImportShown) -> dict[str, Any]:
    """Return an import as programs are told of it."""
    kept = one.kept
    counts = ("rows", "created", "updated", "skipped", "refused", "lines", "problems", "undone")
    return {
        "id": kept.id,
        "resource": kept.resource,
        "file": kept.file_name,
        "size": kept.size,
        "encoding": kept.encoding,
        "delimiter": kept.delimiter,
        "sheet": kept.sheet,
        "stage": kept.stage.value,
        "busy": one.is_busy,
        "only_good": kept.only_good,
        **{name: getattr(kept, name) for name in counts},
        "problems_kept": min(kept.problems, MOST_KEPT),
        "beside": [one.name for one in kept.beside],
        "mapping": kept.mapping,
        "created_at": kept.created_at,
        "created_by": {"id": kept.created_by_id, "label": one.who},
        "job": None if kept.run_id is None else address_of(kept.run_id),
        "error": "" if one.run is None or one.run.run.error is None else one.run.outcome,
    }


def page_of(kept: Import) -> str:
    """Return where an import is looked at."""
    return url_for("imports.show", ident=kept.id)
