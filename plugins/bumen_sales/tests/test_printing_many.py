"""Printing many orders: what waits for whom, and what becomes of those that cannot be printed."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument
from sqlalchemy import event, select

from bumen import CurrentCompany, run_action
from bumen.activation.service import switch
from bumen.host import Host
from bumen.jobs import JobRun, RunState
from bumen.jobs.finding import lines_of
from bumen.printing import pressing
from bumen.testing import work_off
from bumen_sales.models import Order
from bumen_sales.resources import Orders

MANY = "/sales/orders/printouts/confirmation"
API = "/api/v1/sales/orders"
PAPERS = "/papers/sales.orders.confirmation"
WAITS = """
import pathlib, sys, time
here = pathlib.Path({here!r})
(here / "begun").touch()
while not (here / "go").exists():
    time.sleep(0.01)
print('{{"boxes": "", "remarks": [], "pages": [1]}}')
print("%PDF")
"""
"""A press that prints nothing, and only when it is told to."""


@dataclass(frozen=True, kw_only=True)
class Printing:
    """What became of a batch: its run, how many pages it has, and the warnings of its log."""

    run: JobRun
    pages: int
    warnings: Sequence[str]


@pytest.fixture
def orders(host: Host, company: CurrentCompany, make: Any) -> list[Order]:
    """Three drafts; the second one's consignee has a sign that no font has."""
    with host.unit_of_work(company="TW01", by="admin"):
        consignees = ("林美玲", "\U0001e900", "王明")
        return [make.order(consignee=one) for one in consignees]


def cancel(host: Host, order: Order) -> None:
    """Cancel an order."""
    with host.unit_of_work(company="TW01", by="admin") as unit:
        found = unit.session.get_one(Order, order.id)
        reason = {"reason": "Too late"}
        run_action(Orders, found, "cancel", reason, by=unit.user, version=found.version)


def sent_for(orders: Sequence[Order]) -> dict[str, list[str]]:
    """Return what a list sends when these are chosen."""
    return {"records": [f"{one.id}:{one.version}" for one in orders]}


def done(host: Host) -> Printing:
    """Do what waits, and return what became of it."""
    work_off(host)
    with host.database.wide_session() as wide:
        run = wide.scalars(select(JobRun)).one()
        lines = wide.scalars(lines_of(run.id)).all()
        warnings = [one.words["en"] for one in lines if one.is_warning and one.words]
    if run.stored_as is None:
        return Printing(run=run, pages=0, warnings=warnings)
    with host.departments.files.open(run.stored_as) as file:
        return Printing(run=run, pages=len(PdfDocument(file.read())), warnings=warnings)


def test_more_than_somebody_waits_for_are_printed_in_the_background(
    host: Host, reader: FlaskClient, orders: list[Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bumen.web.screens.printing.MOST_AT_ONCE", 1)
    monkeypatch.setattr("bumen.printing.many.MOST_AT_ONCE", 1)

    answer = reader.post(MANY, data=sent_for([orders[0], orders[2]]))
    printing = done(host)

    assert answer.status_code == 303
    run = printing.run
    assert (run.state, run.media_type, printing.pages) == (RunState.DONE, "application/pdf", 2)
    assert not run.is_in_part
    assert run.result is not None
    assert (run.result["en"], printing.warnings) == ("Papers printed: 2.", [])
    assert run.plugin == "sales"
    places = [f"/jobs/{run.id}", f"/jobs/{run.id}/file", f"/api/v1/core/jobs/{run.id}/file"]
    assert [reader.get(url).status_code for url in places] == [200] * 3
    switch(host, company="TW01", name="sales", enabled=False)
    assert [reader.get(url).status_code for url in places] == [404] * 3


def test_what_cannot_be_printed_is_left_out_and_named(
    host: Host, reader: FlaskClient, orders: list[Order]
) -> None:
    cancel(host, orders[0])
    gone = Order(id=999_999, version=1)

    answer = reader.post(MANY, data=sent_for([*orders, gone]))
    printing = done(host)

    cancelled, strange = (one.number for one in orders[:2])
    assert (answer.status_code, printing.run.state, printing.pages) == (303, RunState.DONE, 1)
    assert printing.run.result is not None
    assert printing.run.is_in_part
    left_out = f"Left out: 3 ({cancelled}, #999999, {strange})."
    assert printing.run.result["en"] == f"Papers printed: 1. {left_out}"
    why = dict(one.split(" was left out: ") for one in printing.warnings)
    assert sorted(why) == sorted(["#999999", str(cancelled), str(strange)])
    assert "as it is now" in why[str(cancelled)]
    assert "\U0001e900" in why[str(strange)]


def test_a_file_in_which_nothing_would_be_is_not_offered(
    host: Host, reader: FlaskClient, orders: list[Order]
) -> None:
    for one in orders[:2]:
        cancel(host, one)

    reader.post(MANY, data=sent_for(orders[:2]))
    printing = done(host)

    assert (printing.run.state, printing.run.stored_as) == (RunState.FAILED, None)
    assert len(printing.warnings) == 2
    assert printing.run.error is not None
    assert printing.run.error["en"].startswith("None of these records could be printed.")


def test_one_that_cannot_be_printed_is_refused_at_once(
    host: Host, reader: FlaskClient, orders: list[Order]
) -> None:
    cancel(host, orders[0])

    assert reader.post(MANY, data=sent_for(orders[:1])).status_code == 422
    with host.database.wide_session() as wide:
        assert wide.scalars(select(JobRun)).all() == []


@pytest.mark.parametrize(("count", "status"), [(20, 404), (21, 422), (50, 422)])
def test_programs_wait_for_as_many_papers_as_people(
    reader: FlaskClient, count: int, status: int
) -> None:
    ids = ",".join(map(str, range(900_000, 900_000 + count)))

    assert reader.get(f"{API}/printouts/confirmation?ids={ids}").status_code == status


@pytest.mark.parametrize(
    "path",
    [f"{API}/{{ident}}/printouts/confirmation", "/sales/orders/{ident}/printouts/confirmation"],
)
def test_the_database_is_free_while_somebody_prints(
    host: Host,
    reader: FlaskClient,
    orders: list[Order],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
) -> None:
    held: list[object] = []
    event.listen(host.database.engine, "checkout", lambda conn, _record, _proxy: held.append(conn))
    event.listen(host.database.engine, "checkin", lambda conn, _record: held.remove(conn))
    waits = tmp_path / "press.py"
    waits.write_text(WAITS.format(here=str(tmp_path)))
    monkeypatch.setattr(pressing, "_PRESS", waits)
    answers: list[int] = []
    address = path.format(ident=orders[0].id)
    asking = threading.Thread(target=lambda: answers.append(reader.get(address).status_code))

    asking.start()
    while not (tmp_path / "begun").exists():
        assert asking.is_alive()
        asking.join(0.01)
    held_meanwhile = len(held)
    (tmp_path / "go").touch()
    asking.join()

    assert (answers, held_meanwhile) == ([200], 0)


@pytest.mark.parametrize(
    ("path", "is_api"),
    [
        (f"{API}/{{ident}}/printouts/confirmation", True),
        ("/sales/orders/{ident}/printouts/confirmation", False),
    ],
)
def test_whoever_would_wait_too_long_is_told_when_to_come_again(
    reader: FlaskClient,
    orders: list[Order],
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    is_api: bool,
) -> None:
    monkeypatch.setattr(pressing, "PATIENCE", 0.01)
    held = [pressing._FREE.acquire(blocking=False) for _press in range(pressing.AT_ONCE)]
    try:
        busy = reader.get(path.format(ident=orders[0].id))
    finally:
        for _press in held:
            pressing._FREE.release()

    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "15")
    assert "Others are printing just now." in busy.text
    assert not is_api or busy.json["error"]["code"] == "printing_is_busy"


def test_what_is_written_is_kept_before_anything_is_printed(
    host: Host, make: Any, company: CurrentCompany
) -> None:
    with host.unit_of_work(company="TW01", by="admin") as unit:
        make.order()
        with pytest.raises(TypeError, match="kept before"):
            pressing.pressed(pressing.PressJob(templates={"this": "x"}, values=[]))
        unit.rollback()
        pressing.pressed(pressing.PressJob(templates={"this": "x"}, values=[]))


@pytest.mark.parametrize(
    "body",
    [
        "\n{{ name | dictsort }}",
        "\n{{ name | xmlattr }}",
        "{% for a in [1] %}" * 25 + "{% endfor %}" * 25,
        "<div>" * 3000 + "x",
        "{{ '\\ud800' }}",
    ],
)
def test_no_template_is_a_fault_of_the_house(
    reader: FlaskClient, orders: list[Order], body: str
) -> None:
    answers = [
        reader.post(f"{PAPERS}/preview", data={"body": body}),
        reader.post(PAPERS, data={"body": body, "version": "0"}),
        reader.post("/api/v1/core/papers/sales.orders.confirmation/preview", json={"body": body}),
    ]

    assert [one.status_code for one in answers] == [422] * 3
    assert answers[2].json["error"]["code"] == "template_is_wrong"
