"""PostgreSQL's COPY: what taking in a file costs at the least, with nothing looked at."""

from __future__ import annotations

import csv
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from benchmarks.processes import answer
from benchmarks.statements import Figures, measured


class Copying:
    """One table of texts, filled by COPY."""

    def make_tables(self, *, url: str) -> None:
        """Make the table."""
        with _connected(url) as connection:
            connection.execute(
                "CREATE TABLE line (invoice text, code text, description text, quantity text,"
                " at text, price text, customer text, country text)"
            )

    def take(self, *, url: str, file: str) -> Figures:
        """Copy the file."""
        _nothing, figures = measured(lambda: _copy(url, Path(file)))
        with Path(file).open(encoding="utf-8", newline="") as rows:
            lines = sum(1 for _row in csv.DictReader(rows))
        return {**figures, "lines": float(lines)}


def _copy(url: str, file: Path) -> None:
    taking = "COPY line FROM STDIN WITH (FORMAT csv, HEADER true)"
    with _connected(url) as connection, connection.cursor().copy(taking) as copy:
        copy.write(file.read_bytes())


def _connected(url: str) -> psycopg.Connection:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain)


if __name__ == "__main__":
    answer(Copying())
