"""The department's tables go back by a revision, and come again as the models say."""

from __future__ import annotations

from alembic import command

from bumen.database import Database
from bumen.migrations import drift, upgrade
from bumen.migrations.branches import branch_of
from bumen.migrations.connecting import alone
from bumen.registry import Registry


def test_base_goes_back_before_rules_knew_departments_and_comes_again(empty_database: str) -> None:
    database, registry = Database(empty_database), Registry.load()
    upgrade(database, registry)

    with alone(database.engine.url) as connect, connect() as connection:
        command.downgrade(branch_of(registry, "base").config(connection=connection), "0003")
    applied = [one.plugin for one in upgrade(database, registry)]

    assert set(applied) == {"base"}
    assert drift(database, registry, "base") == []
    database.engine.dispose()
