"""What others decide about stays as it is until they have decided."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bumen.exchange import import_file, mapping_from
from bumen.records import NoLongerOpen, change_record, delete_record
from petitions.models import Petition
from petitions.resources import Petitions
from tests.core.approvals.office import Office


def change(office: Office, petition: int, *, amount: str) -> None:
    """Let wang write another amount."""
    with office.at_work("wang") as unit:
        record = unit.session.get(Petition, petition)
        values = {"amount": amount}
        change_record(Petitions, record, values, by=unit.user, version=record.version)


def test_it_is_not_changed_while_it_waits(office: Office) -> None:
    petition = office.asked(amount=1)

    with pytest.raises(NoLongerOpen, match="waits for a decision"):
        change(office, petition, amount="1000000")
    office.say(petition, by="lin", agrees=False)
    change(office, petition, amount="2")

    with office.at_work() as unit:
        assert unit.session.get(Petition, petition).amount == 2


def test_it_is_not_deleted_while_it_waits(office: Office) -> None:
    petition = office.asked()

    with pytest.raises(NoLongerOpen), office.at_work("wang") as unit:
        delete_record(Petitions, unit.session.get(Petition, petition), by=unit.user)

    with office.at_work() as unit:
        assert unit.session.scalar(select(func.count(Petition.id))) == 1


def test_an_import_does_not_change_it_either(office: Office, tmp_path: Path) -> None:
    office.asked(amount=1)
    file = tmp_path / "petitions.csv"
    file.write_text("amount,judge\n1,7\n", encoding="utf-8")
    fields = {"amount": "amount", "judge": "judge"}
    said = {"key": "amount", "existing": "update", "fields": fields}
    mapping = mapping_from({"resource": "petitions.petitions", **said}, name="petitions")

    with office.at_work("wang") as unit:
        registry = office.host.registry
        report = import_file(
            "petitions.petitions", file, registry=registry, mapping=mapping, by=unit.user
        )

    assert ["waits for a decision" in str(one) for one in report.problems] == [True]
