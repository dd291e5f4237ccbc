"""Mail: written with what is done, sent after it by a mail server, tried again when it fails."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bumen.activation.service import switch
from bumen.delivering import send_letters, write_letters
from bumen.mail.models import MOST_ATTEMPTS, Mail
from bumen.model.accounts import User
from bumen.notices import Notice, NoticeKind
from bumen.testing.makers import make_user
from tests.core.letterboxes import Letterbox, letterbox, mail_of, posts_to, reaches
from tests.core.web.kitchens import Kitchen
from tests.core.web.noticed import told


@pytest.fixture
def box(kitchen: Kitchen) -> Iterator[Letterbox]:
    """A mail server that the kitchen hands its mail in at; cook and guest have addresses."""
    reaches(kitchen.host, "cook", "guest")
    with mail_of(kitchen.host) as opened:
        yield opened


def look(kitchen: Kitchen) -> None:
    """Do what the messenger does at every look."""
    write_letters(kitchen.host)
    send_letters(kitchen.host)


def mails(kitchen: Kitchen) -> list[Mail]:
    """Return every mail."""
    with kitchen.host.database.wide_session() as wide:
        return list(wide.scalars(select(Mail).order_by(Mail.id)))


def let_wait(kitchen: Kitchen) -> None:
    """Let the time pass that mail waits."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    with kitchen.host.database.wide_session() as wide, wide.begin():
        wide.execute(update(Mail).where(Mail.due_at.is_not(None)).values(due_at=past))


def test_a_letter_says_what_happened_and_leads_there(kitchen: Kitchen, box: Letterbox) -> None:
    told(kitchen, kitchen.dish(), "guest")

    look(kitchen)

    [letter] = box.letters
    plain, html = (part.get_content() for part in letter.iter_parts())
    link = "https://erp.test/inbox/at/TW01/"
    assert box.subjects() == [("guest@example.com", "[TW01] 收件匣")]
    assert "SOUP Soup" in plain
    assert f'href="{link}' in html
    assert link in plain


def test_everybody_is_written_to_in_the_own_language(kitchen: Kitchen, box: Letterbox) -> None:
    make_user(kitchen.host, "waiter", company="TW01")
    reaches(kitchen.host, "waiter")
    with kitchen.host.unit_of_work() as unit:
        person = unit.session.scalars(select(User).where(User.username == "waiter")).one()
        person.locale = "zh_Hans"
    told(kitchen, kitchen.dish(), "guest", "waiter")

    look(kitchen)

    assert [subject for _to, subject in box.subjects()] == ["[TW01] 收件匣", "[TW01] 收件箱"]


def test_what_happened_together_makes_one_letter(kitchen: Kitchen, box: Letterbox) -> None:
    told(kitchen, kitchen.dish(), "guest")
    told(kitchen, kitchen.dish(code="SALAD"), "guest")

    look(kitchen)

    [letter] = box.letters
    plain = next(iter(letter.iter_parts())).get_content()
    assert "SOUP" in plain
    assert "SALAD" in plain


def test_what_was_seen_in_the_meantime_is_not_mailed(kitchen: Kitchen, box: Letterbox) -> None:
    told(kitchen, kitchen.dish(), "guest")
    with kitchen.host.unit_of_work(company="TW01", by="guest") as unit:
        unit.session.scalars(select(Notice)).one().seen_at = datetime.now(UTC)

    look(kitchen)

    assert box.letters == []


def test_a_second_look_sends_nothing_twice(kitchen: Kitchen, box: Letterbox) -> None:
    told(kitchen, kitchen.dish(), "guest")

    look(kitchen)
    look(kitchen)

    assert len(box.letters) == 1


def test_nothing_is_mailed_to_who_wishes_none_or_has_no_address(
    kitchen: Kitchen, box: Letterbox
) -> None:
    make_user(kitchen.host, "nowhere", company="TW01")
    told(kitchen, kitchen.dish(), "guest", kind=NoticeKind.NEWS)
    told(kitchen, kitchen.dish(code="SALAD"), "nowhere")

    look(kitchen)

    assert (box.letters, mails(kitchen)) == ([], [])


def test_a_department_that_is_off_writes_nothing(kitchen: Kitchen, box: Letterbox) -> None:
    told(kitchen, kitchen.dish(), "guest")
    switch(kitchen.host, company="TW01", name="kitchen", enabled=False)

    look(kitchen)

    assert box.letters == []


def test_mail_waits_for_a_server_that_is_away(kitchen: Kitchen) -> None:
    reaches(kitchen.host, "guest")
    posts_to(kitchen.host, "smtp://localhost:9")
    told(kitchen, kitchen.dish(), "guest")
    look(kitchen)
    [waiting] = mails(kitchen)

    with letterbox() as box:
        posts_to(kitchen.host, box.url)
        let_wait(kitchen)
        look(kitchen)

    [sent] = mails(kitchen)
    assert (waiting.attempts, waiting.sent_at, bool(waiting.error)) == (1, None, True)
    assert (sent.attempts, sent.due_at, sent.error) == (2, None, None)
    assert box.letters[0]["Message-ID"] == f"<{sent.message_id}@localhost>"


def test_each_wait_is_longer_and_the_last_try_ends_it(kitchen: Kitchen, box: Letterbox) -> None:
    box.refusals["guest@example.com"] = "450 try later"
    told(kitchen, kitchen.dish(), "guest")

    waits = []
    for _attempt in range(MOST_ATTEMPTS):
        before = datetime.now(UTC)
        look(kitchen)
        [mail] = mails(kitchen)
        waits.append((mail.due_at - before).total_seconds() if mail.due_at else None)
        let_wait(kitchen)

    assert waits[-1] is None
    assert [round(wait) for wait in waits[:4] if wait] == [2, 4, 8, 16]


def test_an_address_that_is_not_there_is_given_up_and_the_next_is_written_to(
    kitchen: Kitchen, box: Letterbox
) -> None:
    make_user(kitchen.host, "waiter", company="TW01")
    reaches(kitchen.host, "waiter")
    box.refusals["guest@example.com"] = "550 no such mailbox"
    told(kitchen, kitchen.dish(), "guest", "waiter")

    look(kitchen)

    assert [to for to, _subject in box.subjects()] == ["waiter@example.com"]
    assert [(one.due_at, one.attempts) for one in mails(kitchen)] == [(None, 1), (None, 1)]


@pytest.mark.parametrize("address", ["a@", "@b", "two words@example.com", "a@b@c", "蛋@例子.tw"])
def test_an_address_that_is_none_keeps_nobody_from_the_mail(
    kitchen: Kitchen, box: Letterbox, address: str
) -> None:
    make_user(kitchen.host, "waiter", company="TW01")
    reaches(kitchen.host, "waiter")
    with kitchen.host.unit_of_work() as unit:
        unit.session.scalars(select(User).where(User.username == "guest")).one().email = address
    told(kitchen, kitchen.dish(), "guest", "waiter")

    look(kitchen)

    assert [to for to, _subject in box.subjects()] == ["waiter@example.com"]


@pytest.mark.filterwarnings(
    "ignore:Requiring AUTH while not requiring TLS:UserWarning"
)  # of smtps it knows nothing
@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_mail_is_handed_in_over_tls_with_a_name_and_a_password(
    kitchen: Kitchen, scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = _own_tls(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    reaches(kitchen.host, "guest")
    box = Letterbox(people={"bumen": "p@ss/word"})
    how = {"tls": tls} if scheme == "smtps" else {"starttls": tls}
    with letterbox(box, **how):
        posts_to(kitchen.host, f"{scheme}://bumen:p%40ss%2Fword@localhost:{box.port}")
        told(kitchen, kitchen.dish(), "guest")
        look(kitchen)

    assert len(box.letters) == 1


def test_a_server_nobody_vouches_for_gets_no_mail(kitchen: Kitchen, tmp_path: Path) -> None:
    reaches(kitchen.host, "guest")
    with letterbox(tls=_own_tls(tmp_path)) as box:
        posts_to(kitchen.host, f"smtps://localhost:{box.port}")
        told(kitchen, kitchen.dish(), "guest")
        look(kitchen)

    assert box.letters == []
    assert "CERTIFICATE_VERIFY_FAILED" in str(mails(kitchen)[0].error)


def _own_tls(folder: Path) -> ssl.SSLContext:
    """Make a certificate for this machine."""
    key, certificate = folder / "key.pem", folder / "cert.pem"
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        [*asked, *named, "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate, key)
    return made
