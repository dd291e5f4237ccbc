"""What a company has decided about a department goes when the department is purged."""

from pathlib import Path

from sqlalchemy import func, select

from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.approvals import ApprovalRequest, ApprovalRule
from bumen.approvals.models import Seat
from bumen.workflow import AllOf, AskPerson
from tests.core.approvals.office import Office


def test_rules_and_requests_go_with_their_department(office: Office, tmp_path: Path) -> None:
    office.rule(AllOf(AskPerson(office.ids["lin"])))
    office.asked()
    assert all(kept(office).values())

    switch(office.host, company="TW01", name="petitions", enabled=False)
    file = tmp_path / "petitions.zip"
    purge(office.host, company="TW01", name="petitions", export=file, confirm="petitions")

    assert not any(kept(office).values())


def kept(office: Office) -> dict[str, int]:
    """Count what there is of approvals, over all companies."""
    with office.host.database.wide_session() as wide:
        return {
            model.__name__: wide.scalar(select(func.count()).select_from(model)) or 0
            for model in (ApprovalRule, ApprovalRequest, Seat)
        }
