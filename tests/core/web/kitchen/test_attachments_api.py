"""Files hang on records: attached, read and taken away by whoever may, and by nobody else."""

from __future__ import annotations

import hashlib
import io
import os
import time
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.documents.attachments import attach_file
from bumen.invariants import astray_files
from bumen.records import delete_record
from bumen.testing.makers import make_administrator, make_company
from bumen.testing.people import signed_in
from kitchen.models import Dish
from tests.core.attached import DOCX, PDF, PNG
from tests.core.web.kitchens import Kitchen

DISHES = "/api/v1/kitchen/dishes"


@pytest.fixture
def cook(kitchen: Kitchen) -> FlaskClient:
    """A program of the cook's."""
    return programs(kitchen, "cook")


def programs(kitchen: Kitchen, name: str) -> FlaskClient:
    return signed_in(kitchen.app, kitchen.host, name, language="en")


def attach(client: FlaskClient, dish: int, *files: tuple[str, bytes], **more: Any) -> TestResponse:
    sent = {"file": [(io.BytesIO(content), name) for name, content in files]}
    return client.post(f"{DISHES}/{dish}/attachments", data=sent, **more)


def kept(kitchen: Kitchen) -> list[str]:
    return list(kitchen.host.departments.files.names())


def test_a_file_is_attached_under_its_own_name_and_comes_back_as_it_was(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    dish = kitchen.dish()

    made = attach(cook, dish, ("採購合約（第一版）.pdf", PDF))

    assert made.status_code == 201
    (told,) = made.json["result"]
    assert (told["name"], told["size"]) == ("採購合約（第一版）.pdf", len(PDF))
    assert told["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert told["created_by"]["label"]
    assert cook.get(f"{DISHES}/{dish}/attachments").json["result"] == [told]
    assert cook.get(told["content"]).data == PDF


def test_the_name_on_the_disk_says_nothing(kitchen: Kitchen, cook: FlaskClient) -> None:
    attach(cook, kitchen.dish(), ("secret.pdf", PDF))

    (name,) = kept(kitchen)
    assert "secret" not in name
    assert len(name) == 35


def test_a_file_is_kept_and_not_opened_unless_it_is_a_picture_or_a_pdf(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    dish = kitchen.dish()
    told = attach(cook, dish, ("報表.docx", DOCX), ("圖.png", PNG), ("檔.pdf", PDF)).json["result"]

    plain = [cook.get(one["content"]) for one in told]
    inline = [cook.get(f"{one['content']}?inline=1") for one in told]

    assert {one.headers["Content-Disposition"].partition(";")[0] for one in plain} == {"attachment"}
    shown = [one.headers["Content-Disposition"].partition(";")[0] for one in inline]
    assert shown == ["attachment", "inline", "inline"]
    assert "filename*=UTF-8''%E5%A0%B1%E8%A1%A8.docx" in plain[0].headers["Content-Disposition"]
    for one in (*plain, *inline):
        assert one.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in one.headers["Content-Security-Policy"]
        assert "script-src" not in one.headers["Content-Security-Policy"]
    assert "sandbox" in inline[1].headers["Content-Security-Policy"]


def test_what_is_read_again_is_not_sent_again(kitchen: Kitchen, cook: FlaskClient) -> None:
    (told,) = attach(cook, kitchen.dish(), ("a.png", PNG)).json["result"]
    etag = cook.get(told["content"]).headers["ETag"]

    again = cook.get(told["content"], headers={"If-None-Match": etag})

    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("run.exe", b"MZ", "file_kind_is_refused"),
        ("page.html", b"<script>", "file_kind_is_refused"),
        ("fake.pdf", b"MZ\x90", "file_is_not_what_it_says"),
        ("empty.pdf", b"", "file_is_empty"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    kitchen: Kitchen, cook: FlaskClient, name: str, content: bytes, code: str
) -> None:
    dish = kitchen.dish()

    refused = attach(cook, dish, ("good.pdf", PDF), (name, content))

    assert (refused.status_code, refused.json["error"]["code"]) == (422, code)
    assert "file" in refused.json["error"]["fields"]
    assert cook.get(f"{DISHES}/{dish}/attachments").json["result"] == []
    assert kept(kitchen) == []


def test_a_file_that_is_too_large_is_refused(
    kitchen: Kitchen, cook: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kitchen.host.departments.files, "most_megabytes", 0)

    refused = attach(cook, kitchen.dish(), ("big.pdf", PDF))

    assert refused.json["error"]["code"] == "file_is_too_large"
    assert "0 MB" in refused.json["error"]["message"]


def test_nothing_sent_is_said_so(kitchen: Kitchen, cook: FlaskClient) -> None:
    refused = cook.post(f"{DISHES}/{kitchen.dish()}/attachments", data={})

    assert (refused.status_code, list(refused.json["error"]["fields"])) == (422, ["file"])


def test_a_repeated_request_attaches_once_and_another_file_is_another_request(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    dish, key = kitchen.dish(), {"Idempotency-Key": "once"}

    first, again = (attach(cook, dish, ("a.pdf", PDF), headers=key) for _time in range(2))
    other = attach(cook, dish, ("a.pdf", PDF + b"%"), headers=key)
    more = attach(cook, dish, ("a.pdf", PDF), ("b.pdf", PDF), headers=key)

    assert (first.json, again.status_code) == (again.json, 201)
    assert [other.status_code, more.status_code] == [422, 422]
    assert len(kept(kitchen)) == 1


def test_a_file_is_taken_away_from_the_disk_too(kitchen: Kitchen, cook: FlaskClient) -> None:
    (told,) = attach(cook, kitchen.dish(), ("a.pdf", PDF)).json["result"]

    assert cook.delete(told["content"]).status_code == 200

    assert cook.get(told["content"]).status_code == 404
    assert kept(kitchen) == []


def test_files_are_only_reached_through_their_own_record(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    (told,) = attach(cook, kitchen.dish(), ("a.pdf", PDF)).json["result"]
    other = kitchen.dish(code="OTHER")

    for where in (f"{DISHES}/{other}/attachments/{told['id']}", f"{DISHES}/{10**19}/attachments"):
        assert cook.get(where).status_code == 404
    assert cook.delete(f"{DISHES}/{other}/attachments/{told['id']}").status_code == 404
    assert cook.get(told["content"]).status_code == 200


def test_records_of_a_model_that_keeps_no_files_have_none(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    where = f"/api/v1/kitchen/suppliers/{kitchen.supplier()}/attachments"

    assert cook.get(where).status_code == 404
    assert cook.post(where, data={"file": (io.BytesIO(PDF), "a.pdf")}).status_code == 404


def test_who_may_only_read_attaches_nothing_and_takes_nothing_away(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    dish = kitchen.dish()
    (told,) = attach(cook, dish, ("a.pdf", PDF)).json["result"]
    kitchen.person("reader", "read")
    reader, guest = programs(kitchen, "reader"), programs(kitchen, "guest")

    assert reader.get(told["content"]).data == PDF
    assert attach(reader, dish, ("b.pdf", PDF)).status_code == 403
    assert reader.delete(told["content"]).status_code == 403
    assert guest.get(told["content"]).status_code == 403
    assert guest.get(f"{DISHES}/{dish}/attachments").status_code == 403


def test_another_company_and_a_department_that_is_off_have_no_files(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    (told,) = attach(cook, kitchen.dish(), ("a.pdf", PDF)).json["result"]
    make_company(kitchen.host, code="CN01", plugins=["kitchen"])
    make_administrator(kitchen.host, "ben", company="CN01")

    assert programs(kitchen, "ben").get(told["content"]).status_code == 404
    switch(kitchen.host, company="TW01", name="kitchen", enabled=False)
    assert cook.get(told["content"]).status_code == 404


def test_a_session_without_a_token_of_our_page_attaches_nothing(kitchen: Kitchen) -> None:
    assert attach(kitchen.browser(), kitchen.dish(), ("a.pdf", PDF)).status_code == 400
    assert kept(kitchen) == []


def test_files_go_with_their_record_and_stay_when_that_is_undone(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    dish = kitchen.dish()
    attach(cook, dish, ("a.pdf", PDF), ("b.pdf", PDF))
    resource = kitchen.host.registry.resources["kitchen.dishes"]

    with kitchen.host.unit_of_work(company="TW01", by="cook") as unit:
        delete_record(resource, unit.session.get(Dish, dish), by=unit.user)
        unit.rollback()
    assert len(kept(kitchen)) == 2
    assert cook.delete(f"{DISHES}/{dish}").status_code == 200

    assert kept(kitchen) == []


def test_a_try_that_fails_leaves_no_file(kitchen: Kitchen) -> None:
    dish = kitchen.dish()
    resource = kitchen.host.registry.resources["kitchen.dishes"]

    with kitchen.host.unit_of_work(company="TW01", by="cook") as unit:
        record = unit.session.get(Dish, dish)
        with pytest.raises(ZeroDivisionError), unit.attempt():
            attach_file(resource, record, name="a.pdf", content=io.BytesIO(PDF))
            raise ZeroDivisionError
        assert kept(kitchen) == []
        attach_file(resource, record, name="b.pdf", content=io.BytesIO(PDF))

    assert len(kept(kitchen)) == 1


def test_a_purge_takes_the_files_along_and_exports_them_first(
    kitchen: Kitchen, cook: FlaskClient, tmp_path: Any
) -> None:
    attach(cook, kitchen.dish(), ("a.pdf", PDF))
    switch(kitchen.host, company="TW01", name="kitchen", enabled=False)

    done = purge(
        kitchen.host, company="TW01", name="kitchen", export=tmp_path / "x.zip", confirm="kitchen"
    )

    assert done.rows["core_attachment"] == 1
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        (file,) = [name for name in archive.namelist() if name.startswith("files/")]
        assert (archive.read(file), file.endswith(".pdf")) == (PDF, True)
    assert kept(kitchen) == []


def test_files_written_just_now_are_not_counted_as_left_behind(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    attach(cook, kitchen.dish(), ("a.pdf", PDF))

    files = kitchen.host.departments.files
    assert list(files.names(older_than=timedelta(hours=1))) == []
    assert len(list(files.names())) == 1


def test_lost_files_and_files_left_behind_are_found(kitchen: Kitchen, cook: FlaskClient) -> None:
    host, files = kitchen.host, kitchen.host.departments.files
    attach(cook, kitchen.dish(), ("a.pdf", PDF))
    assert astray_files(host.database, files) == []
    (gone,) = kept(kitchen)
    files.remove(gone)
    left = files.write(io.BytesIO(PDF))
    two_hours_ago = time.time() - 7200
    os.utime(f"{files.address}/{left}", (two_hours_ago, two_hours_ago))

    said = astray_files(host.database, files)

    assert [one.rpartition(" ")[2] for one in said] == ["gone.", f"{left}."]
