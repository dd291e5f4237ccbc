"""Revisions are written from models, and make of a database what the models say."""

from pathlib import Path

import pytest

from bumen.database import Database
from bumen.migrations import Applied, NothingToRevise, drift, revise, upgrade
from tests.core import parcels


def test_a_plugin_is_upgraded_after_the_host_by_its_first_revision(
    empty: Database, package: Path
) -> None:
    registry = parcels.load(package, parcels.FIRST)

    written = revise("parcels", "The first parcels", registry)

    assert written == package / "migrations/versions/0001_the_first_parcels.py"
    assert upgrade(empty, registry)[-1] == Applied("parcels", "0001", "The first parcels.")
    assert drift(empty, registry, "parcels") == []


def test_the_next_revision_makes_what_the_models_have_become_and_keeps_the_rows(
    empty: Database, package: Path
) -> None:
    registry = parcels.load(package, parcels.FIRST)
    revise("parcels", "The first parcels", registry)
    upgrade(empty, registry)
    parcels.run(empty, parcels.ROWS)

    registry = parcels.load(package, parcels.SECOND)
    differences = drift(empty, registry, "parcels")
    revise("parcels", "Parcels may be found again", registry)
    upgrade(empty, registry)

    assert len(differences) == 9, differences
    assert drift(empty, registry, "parcels") == []
    assert parcels.rows(empty, "SELECT number, stage, price FROM parcels_parcel") == [
        ("P1", "posted", 100)
    ]


def test_a_revision_is_refused_when_the_models_have_nothing_new(package: Path) -> None:
    registry = parcels.load(package, parcels.FIRST)
    revise("parcels", "The first parcels", registry)

    with pytest.raises(NothingToRevise):
        revise("parcels", "Again", registry)


def test_an_empty_revision_is_for_filling_by_hand(empty: Database, package: Path) -> None:
    registry = parcels.load(package, parcels.FIRST)
    revise("parcels", "The first parcels", registry)

    written = revise("parcels", "Old prices are rounded", registry, empty=True)

    assert written.name == "0002_old_prices_are_rounded.py"
    assert upgrade(empty, registry)[-1].revision == "0002"


def test_a_revision_spells_types_as_people_do(package: Path) -> None:
    written = revise(
        "parcels", "The first parcels", parcels.load(package, parcels.FIRST)
    ).read_text()

    assert 'sa.Column("price", values.MoneyType(), nullable=False),' in written
    assert 'sa.Column("stage", sa.String(40), nullable=False),' in written
    assert "\"stage IN ('posted', 'lost')\", name=op.f(\"ck_parcels_parcel_stage\")" in written
