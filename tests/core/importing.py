"""What tests of imports start from: the depot, a file written for the test, one import of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bumen.exchange import ImportReport, Mapping, import_file, mapping_from
from bumen.host import Host
from bumen.i18n import speaking
from bumen.registry import Candidate

DEPOT = (Candidate("depot", "tests.plugins.depot"),)


@dataclass
class Importing:
    """Writes files into a folder and imports them into TW01, each in a unit of work of its own."""

    host: Host
    folder: Path

    def file(self, name: str, text: str) -> Path:
        """Write a file."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def take(
        self,
        resource: str,
        text: str | Path,
        mapping: str | None = None,
        *,
        written: Mapping | None = None,
        company: str = "TW01",
        language: str = "en",
        **options: Any,
    ) -> ImportReport:
        """Import a text as a CSV file, or a file that is there, by a mapping or without."""
        path = text if isinstance(text, Path) else self.file("table.csv", text)
        if mapping is not None:
            head = f'resource = "{resource}"\n'
            written = mapping_from(tomllib.loads(head + mapping), name="map.toml")
        with (
            self.host.unit_of_work(company=company, by="admin", way="import") as unit,
            speaking(language),
        ):
            return import_file(
                resource,
                path,
                registry=self.host.registry,
                mapping=written,
                by=unit.user,
                **options,
            )


def told(report: ImportReport) -> list[tuple[int, str | None, str | None, str]]:
    """Return the problems as row, field, column and reason."""
    problems = (problem.as_json() for problem in report.problems)
    return [(one["row"], one["field"], one["column"], one["reason"]) for one in problems]
