"""Mail of departments to people outside the house."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bumen import (
    BusinessError,
    ReportColumn,
    is_address,
    send_mail,
    sends_mail,
    session,
    workbook,
)
from bumen.host import Host
from bumen.i18n import translator
from bumen.mail import Mail
from bumen.mail.models import MailFile
from bumen.unit_of_work import UnitOfWork
from tests.core.letterboxes import posts_to

_ = translator(__file__, "bumen")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_what_a_department_writes_waits_to_be_sent(host: Host, unit: UnitOfWork) -> None:
    posts_to(host, "smtp://localhost:1025")

    send_mail("lin@tea.example", subject="Your\norder", text="One\nTwo\n\n<3>", by=None, at=AT)
    session().flush()

    mail = session().scalars(select(Mail)).one()
    assert sends_mail()
    assert (mail.recipient, mail.subject, mail.due_at) == ("lin@tea.example", "Your order", AT)
    assert mail.html == "<p>One<br>Two</p><p>&lt;3&gt;</p>"
    assert mail.company_id == unit.company.id


@pytest.mark.parametrize("to", ["", "lin", "lin@tea", "a@b.example, c@d.example", "a b@c.example"])
def test_what_is_no_address_is_refused(host: Host, unit: UnitOfWork, to: str) -> None:
    posts_to(host, "smtp://localhost:1025")

    with pytest.raises(BusinessError) as refused:
        send_mail(to, subject="Order", text="Text", by=None, at=AT)

    assert list(refused.value.fields) == ["to"]
    assert not is_address(to)


def test_nothing_is_written_where_no_mail_server_is_set_up(unit: UnitOfWork) -> None:
    with pytest.raises(BusinessError) as refused:
        send_mail("lin@tea.example", subject="Order", text="Text", by=None, at=AT)

    assert (refused.value.code, sends_mail()) == ("mail_is_not_set_up", False)


def test_files_go_along(host: Host, unit: UnitOfWork) -> None:
    posts_to(host, "smtp://localhost:1025")
    columns = (ReportColumn("number", int, label=_("Number")),)
    table = workbook(_("Numbers"), columns, [[3], [5]], name="numbers", language="en")

    send_mail("lin@tea.example", subject="Table", text="Text", by=None, at=AT, files=(table,))
    session().flush()

    sent = session().scalars(select(MailFile)).one()
    assert (sent.name, sent.mimetype, sent.content) == (
        "numbers.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        table.content,
    )
    assert sent.content.startswith(b"PK")
