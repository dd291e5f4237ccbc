"""Whether a migrated database is what the models say, asked of the database itself.

The models' tables are made beside the real ones, in a schema or file of their own that is thrown
away, and both are read back the same way; so differences are real, not a matter of spelling.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Inspector, create_engine, inspect
from sqlalchemy.schema import CreateSchema

from bumen.database import Database
from bumen.migrations.branches import branch_of
from bumen.migrations.host_tables import metadata
from bumen.migrations.portrait import Portrait, portrait
from bumen.registry import HOST, Registry

_SCHEMA = "bumen_as_modelled"


def drift(database: Database, registry: Registry, plugin: str) -> list[str]:
    """Say where the database differs from a plugin's models; an empty list means they agree.

    Columns with type, emptiness and default, keys, references, indexes and checks are compared;
    the order of columns is not. `core` is the host.
    """
    owns = branch_of(registry, plugin).owns
    with database.engine.connect() as connection:
        found = {
            table: portrait(inspect(connection), table)
            for table in filter(owns, inspect(connection).get_table_names())
        }
        with _as_modelled(connection, registry, plugin) as (inspector, schema):
            wanted = {
                table: portrait(inspector, table, schema=schema)
                for table in filter(owns, inspector.get_table_names(schema=schema))
            }
        connection.rollback()
    return [line for table in sorted(found | wanted) for line in _lines(table, found, wanted)]


@contextmanager
def _as_modelled(
    connection: Connection, registry: Registry, plugin: str
) -> Iterator[tuple[Inspector, str | None]]:
    """Make the tables of the plugin, and of those it refers to, in a place of their own."""
    owners = [HOST] if plugin == HOST else [HOST, *registry.requirements(plugin), plugin]
    tables = [table for owner in owners for table in registry.tables_of(owner)]
    if connection.dialect.name == "sqlite":
        with create_engine("sqlite://").connect() as aside:
            metadata.create_all(aside, tables=tables)
            yield inspect(aside), None
    else:
        connection.execute(CreateSchema(_SCHEMA))
        aside = connection.execution_options(schema_translate_map={None: _SCHEMA})
        metadata.create_all(aside, tables=tables, checkfirst=False)
        yield inspect(connection), _SCHEMA


def _lines(table: str, found: dict[str, Portrait], wanted: dict[str, Portrait]) -> list[str]:
    if table not in found:
        return [f"{table}: missing in the database"]
    if table not in wanted:
        return [f"{table}: in no model"]
    made, said = found[table], wanted[table]
    return [
        f"{table}: {part}: {made.get(part, 'missing')} in the database, "
        f"{said.get(part, 'missing')} in the models"
        for part in sorted(made | said)
        if made.get(part) != said.get(part)
    ]
