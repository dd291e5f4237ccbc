"""Writing a revision: what the models of one plugin say beyond its revisions so far."""

import re
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.operations.ops import MigrationScript
from alembic.script import Script
from sqlalchemy import Connection

from bumen.database import Database
from bumen.migrations.branches import Branch, branch_of
from bumen.migrations.connecting import alone
from bumen.migrations.errors import NothingToRevise
from bumen.migrations.host_tables import metadata
from bumen.migrations.rendering import spell
from bumen.migrations.running import upgrade
from bumen.migrations.shaping import shape
from bumen.registry import Registry

_NEEDLESS = re.compile(
    r"^ *# ### .*\n|, schema=None|, unique=False|(?<=String\()length=",
    re.MULTILINE,
)


def revise(plugin: str, message: str, registry: Registry, *, empty: bool = False) -> Path:
    """Write the plugin's next revision from its models and return the file; `core` is the host.

    The models are compared with a scratch database that holds only the plugin and what it
    requires, made by their revisions. An `empty` revision is one to fill by hand, for data.
    Read what was written before you keep it: a renamed column looks like one dropped and one
    added. Raises NothingToRevise when the models have nothing new.
    """
    branch = branch_of(registry, plugin)
    branch.versions.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Database(f"sqlite:///{folder}/scratch.db")
        upgrade(scratch, registry, plugins=[plugin])
        with alone(scratch.engine.url) as connect, connect() as connection:
            written = _compare(branch, message, connection, empty=empty)
        scratch.engine.dispose()
    if written is None:
        raise NothingToRevise(plugin)
    _tidy(Path(written.path))
    return Path(written.path)


def _compare(branch: Branch, message: str, connection: Connection, *, empty: bool) -> Script | None:
    def complete(_context: Any, _revision: Any, scripts: list[MigrationScript]) -> None:
        forward, backward = scripts[0].upgrade_ops, scripts[0].downgrade_ops
        if forward is not None and backward is not None:
            shape(forward, backward, branch, connection)
            if forward.is_empty():
                scripts.clear()

    written = command.revision(
        branch.config(connection=connection, **_comparing(branch)),
        message.rstrip("."),
        autogenerate=not empty,
        rev_id=_next_number(branch.versions),
        version_path=str(branch.versions),
        process_revision_directives=None if empty else complete,
    )
    return written if isinstance(written, Script) else None


def _comparing(branch: Branch) -> dict[str, Any]:
    """Tell Alembic to compare this branch's tables with its models, and no other tables."""

    def is_own(_object: Any, name: str | None, kind: str, *_: Any) -> bool:
        return kind != "table" or branch.owns(name or "")

    return {
        "target_metadata": metadata,
        "include_name": lambda name, kind, _parents: is_own(None, name, kind),
        "include_object": is_own,
        "render_item": spell,
        "render_as_batch": True,
    }


def _next_number(versions: Path) -> str:
    """Number revisions 0001, 0002, …: two of one number are a clash to be seen, not merged."""
    numbers = [int(file.name[:4]) for file in versions.glob("[0-9][0-9][0-9][0-9]_*.py")]
    return f"{max(numbers, default=0) + 1:04}"


def _tidy(file: Path) -> None:
    """Take out what Alembic says needlessly, and lay the file out where ruff is at hand."""
    file.write_text(_NEEDLESS.sub("", file.read_text("utf-8")), "utf-8")
    ruff = shutil.which("ruff", path=sysconfig.get_path("scripts")) or shutil.which("ruff")
    if ruff is not None:
        for verb in (["check", "--quiet", "--select=I", "--fix"], ["format", "--quiet"]):
            subprocess.run([ruff, *verb, str(file)], check=True)  # noqa: S603  # our own file
