"""What migrating refuses, in words for the administrator or author who asked."""

from __future__ import annotations

from collections.abc import Iterable

from bumen.errors import BusinessError
from bumen.i18n import translator

_ = translator(__file__, "bumen")


class DatabaseIsNewer(BusinessError):
    """The refusal to upgrade a database whose revisions the installed code does not know."""

    def __init__(self, plugin: str, *, revision: str) -> None:
        super().__init__(
            _(
                "The database already has revision %(revision)s of “%(plugin)s”, which what is "
                "installed does not know. Please install the newer version again.",
                revision=revision,
                plugin=plugin,
            )
        )


class NothingToRevise(BusinessError):
    """The refusal to write a revision that would do nothing."""

    def __init__(self, plugin: str) -> None:
        super().__init__(
            _(
                "The revisions of “%(plugin)s” already make the tables that its models describe.",
                plugin=plugin,
            )
        )


class ReferencesAreBroken(BusinessError):
    """The refusal of revisions after which rows would refer to rows that are not there."""

    def __init__(self, tables: Iterable[str]) -> None:
        super().__init__(
            _(
                "Nothing was upgraded, because references would lead nowhere in: %(tables)s",
                tables=", ".join(sorted(set(tables))),
            )
        )


class RowsBreakRules(BusinessError):
    """The refusal of a revision whose new rules a table's rows do not keep."""

    def __init__(self, table: str, found: Iterable[str]) -> None:
        super().__init__(
            _(
                "Nothing was upgraded, because rows of %(table)s do not keep the new rules: "
                "%(found)s",
                table=table,
                found=", ".join(found),
            )
        )
