"""What goes with a mail: it arrives as it was enclosed, under its name."""

from datetime import UTC, datetime

from bumen.database import Database
from bumen.host import Host
from bumen.mail.models import Mail, MailFile
from bumen.mail.sending import Postbox, send_due
from tests.core.letterboxes import letterbox

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_a_paper_arrives_as_it_was_enclosed(host: Host) -> None:
    mail_with(host.database, name="訂單確認書 SO-1.pdf", content=b"%PDF-1.7 paper")

    with letterbox() as box:
        postbox = Postbox(url=box.url, sender="Bumen <bumen@example.com>")
        assert send_due(host.database, postbox) == 1

    (file,) = box.letters[0].iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == (
        "訂單確認書 SO-1.pdf",
        "application/pdf",
    )
    assert file.get_content() == b"%PDF-1.7 paper"


def mail_with(database: Database, *, name: str, content: bytes) -> None:
    """Write a mail that waits to be sent, with a file."""
    with database.wide_session() as wide, wide.begin():
        mail = Mail(
            recipient="buyer@example.com",
            name="",
            subject="Order",
            plain="text",
            html="<p>text</p>",
            message_id="one",
            written_at=AT,
            due_at=AT,
        )
        wide.add(mail)
        wide.flush()
        wide.add(MailFile(mail_id=mail.id, name=name, mimetype="application/pdf", content=content))
