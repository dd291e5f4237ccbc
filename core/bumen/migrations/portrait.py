"""What a database says of one table when asked, part by part, in words that can be compared."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Inspector

Portrait = dict[str, str]
"""The parts of a table by kind and name, each with its definition."""


def portrait(inspector: Inspector, table: str, *, schema: str | None = None) -> Portrait:
    """Read one table back; a part without a name goes by its columns."""
    key = inspector.get_pk_constraint(table, schema)
    return (
        {f"column {c['name']}": _column(c, inspector) for c in inspector.get_columns(table, schema)}
        | {f"primary key {key['name'] or ''}": _list(key["constrained_columns"])}
        | _parts("unique", inspector.get_unique_constraints(table, schema), _unique)
        | _parts("reference", inspector.get_foreign_keys(table, schema), _reference)
        | _parts("index", _indexes(inspector, table, schema), _index)
        | _parts("check", inspector.get_check_constraints(table, schema), _check)
    )


def _parts(kind: str, parts: Iterable[Mapping[str, Any]], describe: Any) -> Portrait:
    return {f"{kind} {part['name'] or describe(part)}": describe(part) for part in parts}


def _column(column: Mapping[str, Any], inspector: Inspector) -> str:
    default = str(column.get("default") or "")
    counted = default.startswith("nextval(")
    return " ".join(
        [
            column["type"].compile(dialect=inspector.dialect),
            "" if column["nullable"] else "NOT NULL",
            f"DEFAULT {default}" if default and not counted else "",
        ]
    ).strip()


def _unique(part: Mapping[str, Any]) -> str:
    return _list(part["column_names"])


def _reference(part: Mapping[str, Any]) -> str:
    target = f"{part['referred_table']}{_list(part['referred_columns'])}"
    return f"{_list(part['constrained_columns'])} to {target} {_options(part)}".strip()


def _index(part: Mapping[str, Any]) -> str:
    columns = part.get("expressions") or part["column_names"]
    unique = "unique " if part["unique"] else ""
    sorting = part.get("column_sorting") or ""
    return f"{unique}{_list(columns)} {sorting}{_options(part, 'dialect_options')}".strip()


def _check(part: Mapping[str, Any]) -> str:
    return " ".join(part["sqltext"].split())


def _indexes(inspector: Inspector, table: str, schema: str | None) -> list[Any]:
    found = inspector.get_indexes(table, schema)
    return [index for index in found if "duplicates_constraint" not in index]


def _options(part: Mapping[str, Any], key: str = "options") -> str:
    stated = {name: str(value) for name, value in (part.get(key) or {}).items()}
    return " ".join(f"{name} {value}" for name, value in sorted(stated.items()) if value != "[]")


def _list(columns: Iterable[Any]) -> str:
    return f"({', '.join(map(str, columns))})"
