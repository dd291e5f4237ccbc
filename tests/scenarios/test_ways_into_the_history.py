"""Every change is in the history with the way it came in by, whichever door it took."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import select

from bumen import CurrentCompany, create_record
from bumen.company.command import user
from bumen.delivering import in_each
from bumen.documents.history import HistoryEntry
from bumen.exchange.command import import_command
from bumen.host import Host
from bumen.testing.people import Login
from bumen.unit_of_work import UnitOfWork

REGIONS = "base.regions"


def ways(host: Host) -> list[tuple[str, str]]:
    """Return what was told of regions and people: what each is called, and its way in."""
    with host.database.wide_session() as wide:
        kept = wide.scalars(select(HistoryEntry).order_by(HistoryEntry.number)).all()
    return [(one.label, one.way) for one in kept]


def by_the_house(unit: UnitOfWork) -> None:
    """Make a region as background work does."""
    resource = unit.neighbours.resource_called(REGIONS)
    create_record(resource, {"code": "J", "name": "Job"}, by=None)


def test_every_way_in_is_told(
    host: Host, company: CurrentCompany, login: Login, tmp_path: Path
) -> None:
    browser, file = login("admin"), tmp_path / "regions.csv"
    file.write_text("code,name\nF,File\n", encoding="utf-8")
    before = len(ways(host))

    browser.post("/base/regions/add", data={"code": "S", "name": "Screen"})
    browser.post("/api/v1/base/regions/", json={"code": "P", "name": "Program"})
    imported = [REGIONS, str(file), "--company", company.code]
    CliRunner().invoke(import_command, imported, obj=host, catch_exceptions=False)
    added = ["add", "nia", "--company", company.code, "--role", "base.viewer"]
    CliRunner().invoke(user, added, obj=host, catch_exceptions=False)
    assert in_each(host, [company.code], by_the_house) == []

    assert ways(host)[before:] == [
        ("S Screen", "screen"),
        ("P Program", "api"),
        ("F File", "import"),
        ("nia", "cli"),
        ("J Job", "job"),
    ]
