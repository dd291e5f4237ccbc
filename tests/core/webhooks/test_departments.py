"""What departments tell webhooks ends with them: while they are off, and when they are purged."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.host import Host
from bumen.unit_of_work import CurrentCompany
from tests.core.webhooks.conftest import Hook, deliveries, webhook_kept
from tests.core.webhooks.test_pages import API, MADE, admin, no_tokens
from tests.core.webhooks.test_telling import write_note

__all__ = ["admin", "no_tokens"]

HISTORY = "/company/history/?kind=webhooks"


def test_a_department_that_is_off_has_nothing_on_the_page(
    open_host: Host, company: CurrentCompany, admin: FlaskClient, hook: Hook
) -> None:
    ident = hook(MADE)
    write_note(open_host, company)
    assert "Notes: Created" in admin.get(f"/webhooks/{ident}").text
    for name in ("asker", "notes"):
        switch(open_host, company=company.code, name=name, enabled=False)

    page = admin.get(f"/webhooks/{ident}").text

    assert "notes.notes" not in page
    assert "Events of departments that are off: 1" in page
    assert admin.get(f"{API}/{ident}/deliveries").json["count"] == 0


def test_the_history_of_settings_counts_what_departments_that_are_off_tell(
    open_host: Host, company: CurrentCompany, admin: FlaskClient, hook: Hook
) -> None:
    hook(MADE, "asker.SomethingHappened")
    assert "Notes: Created" in admin.get(HISTORY).text
    for name in ("asker", "notes"):
        switch(open_host, company=company.code, name=name, enabled=False)

    page = admin.get(HISTORY).text

    assert "Events of departments that are off: 2" in page
    assert not any(one in page for one in ("Notes: Created", MADE, "asker.SomethingHappened"))


def test_a_purge_takes_messages_and_what_was_to_be_heard_along(
    open_host: Host, company: CurrentCompany, admin: FlaskClient, hook: Hook, tmp_path: Path
) -> None:
    ident = hook(MADE, "asker.SomethingHappened")
    write_note(open_host, company)
    for name in ("asker", "notes"):
        switch(open_host, company=company.code, name=name, enabled=False)

    file = tmp_path / "notes.zip"
    done = purge(open_host, company=company.code, name="notes", export=file, confirm="notes")

    assert done.rows["core_webhook_delivery"] == 1
    assert deliveries(open_host) == []
    assert webhook_kept(open_host, ident).events == ["asker.SomethingHappened"]
