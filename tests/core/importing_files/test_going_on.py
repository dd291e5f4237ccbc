"""A walk that was broken off goes on as if nothing had happened."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import select

from bumen.exchange import ImportReport, mapping_from, read_table
from bumen.exchange.engine import plan_of, report_of
from bumen.exchange.walking import CHUNK, Reached, Walk
from bumen.unit_of_work import current, session
from tests.core.importing_files.conftest import Wizard
from tests.plugins.depot.models import Grower

ROWS = 3 * CHUNK
MAPPING = {
    "resource": "depot.growers",
    "key": ["code"],
    "fields": {"code": "code", "name": "name", "chief": {"column": "chief", "by": "code"}},
}


def _file(folder: Path) -> Path:
    """Row 5 waits for one at the end, one row repeats a key from before, one names nobody."""
    rows = [[f"G{number}", f"Grower {number}", ""] for number in range(2, ROWS + 2)]
    rows[3][2], rows[4][2] = f"G{ROWS}", "NOBODY"
    rows[CHUNK + 50][0] = "G20"
    path = folder / "growers.csv"
    path.write_text("\n".join(["code,name,chief", *map(",".join, rows)]), encoding="utf-8")
    return path


def _walked(
    wizard: Wizard, path: Path, *, breaks: bool, **settings: object
) -> tuple[ImportReport, list[str | None]]:
    """Walk through the file, in two walks when it breaks; return the report and who has a chief."""
    with wizard.host.unit_of_work(company="TW01", by="admin") as unit:
        resource = wizard.host.registry.resources["depot.growers"]
        table = read_table(path)
        mapping = mapping_from({**MAPPING, **settings}, name="map")
        registry = current().neighbours.registry
        plan = plan_of(mapping, resource=resource, table=table, registry=registry)
        report, reached = report_of(plan), Reached()
        if breaks:
            first = Walk(plan, report=report, by=unit.user)
            list(islice(first.steps(), 1))
            reached = Reached.from_json(json.loads(json.dumps(first.reached.to_json())))
            assert len(reached.freed) <= 1
        list(Walk(plan, report=report, by=unit.user, reached=reached).steps())
        query = select(Grower.code).where(Grower.chief_id.is_not(None))
        chiefs = list(session().scalars(query))
        unit.rollback()
    report.sort(table.header)
    return report, chiefs


def test_a_walk_in_two_parts_comes_to_what_one_walk_comes_to(
    wizard: Wizard, tmp_path: Path
) -> None:
    path = _file(tmp_path)

    whole, chiefs = _walked(wizard, path, breaks=False)
    parts, chiefs_again = _walked(wizard, path, breaks=True)

    assert parts.as_json() == whole.as_json()
    assert (whole.created, whole.refused) == (ROWS - 2, 2)
    assert chiefs == chiefs_again == ["G5"]


def test_names_of_rows_of_the_file_are_met_in_two_parts_as_in_one(
    wizard: Wizard, tmp_path: Path
) -> None:
    path = _file(tmp_path)
    named = {"G10": "Grower 4", "G20": f"Grower {ROWS}", f"G{ROWS - 1}": "Grower 7"}
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [f"{one}{named.get(one.partition(',')[0], '')}" for one in lines]
    path.write_text("\n".join(lines), encoding="utf-8")
    fields = MAPPING["fields"] | {"chief": "chief"}

    whole, chiefs = _walked(wizard, path, breaks=False, fields=fields)
    parts, chiefs_again = _walked(wizard, path, breaks=True, fields=fields)

    assert parts.as_json() == whole.as_json()
    assert sorted(chiefs) == sorted(chiefs_again) == sorted(["G5", *named])


@pytest.mark.parametrize("existing", ["refuse", "skip", "update"])
def test_a_row_that_was_refused_still_leaves_its_key_to_a_later_one(
    wizard: Wizard, tmp_path: Path, existing: str
) -> None:
    wizard.through("depot.growers", "code,name\nOLD,Ada\n")
    rows = [[f"G{number}", f"Grower {number}", ""] for number in range(2, ROWS + 2)]
    rows[3][:2], rows[CHUNK + 7][0] = ["K", ""], "K"
    rows[5][:2], rows[CHUNK + 9][0] = ["OLD", "too long" * 10], "OLD"
    rows[CHUNK + 11][0] = "G20"
    for row in rows[50:90]:
        row[1] = ""
    path = tmp_path / "growers.csv"
    path.write_text("\n".join(["code,name,chief", *map(",".join, rows)]), encoding="utf-8")
    settings = {"existing": existing, "repeated": "first"}

    whole, _chiefs = _walked(wizard, path, breaks=False, **settings)
    parts, _chiefs = _walked(wizard, path, breaks=True, **settings)

    assert parts.as_json() == whole.as_json()
    assert whole.created == ROWS - 44
    assert whole.updated == (existing == "update")
