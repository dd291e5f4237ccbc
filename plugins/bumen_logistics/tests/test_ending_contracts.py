"""Clerks are told in time that a carrier's contract ends."""

from datetime import timedelta

from sqlalchemy import select

from bumen import CurrentCompany, NoticeKind, session, today
from bumen.host import Host
from bumen.jobs import start
from bumen.notices import Notice
from bumen.testing import work_off
from bumen.testing.makers import make_user
from bumen_logistics.jobs import TELL_ENDING


def test_clerks_are_told_which_contracts_end_within_thirty_days(
    host: Host, company: CurrentCompany, make
) -> None:
    make_user(host, "clerk", company=company.code, roles=["logistics.clerk"])
    with host.unit_of_work(company=company.code, by="admin"):
        ends = (today() + timedelta(days=one) for one in (30, 31, -1))
        soon, _later, ended = (make.carrier(contract_until=one).id for one in ends)
        make.carrier(contract_until=today(), active=False)
        make.carrier()
        start(TELL_ENDING)
    work_off(host)

    with host.unit_of_work(company=company.code, by="admin"):
        about = select(Notice.record_id).where(Notice.kind == NoticeKind.LATE).order_by(Notice.id)
        assert session().scalars(about).all() == [ended, soon]
