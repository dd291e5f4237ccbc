"""Programs have many orders printed in the background, as people do from a list."""

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument
from sqlalchemy import select

from bumen import CurrentCompany
from bumen.host import Host
from bumen.jobs import JobRun, RunState
from bumen.printing.many import MOST_IN_BACKGROUND
from bumen.printing.printing import MOST_AT_ONCE
from bumen.testing import work_off
from bumen.testing.makers import make_user

PRINT = "/api/v1/sales/orders/printouts/confirmation"
LEFT_OUT = 999_999


@pytest.fixture
def orders(host: Host, company: CurrentCompany, make: Any) -> list[int]:
    """One draft more than is printed while somebody waits."""
    with host.unit_of_work(company="TW01", by="admin"):
        lines = [{"product_id": make.product().id, "quantity": "1"}]
        said = {"customer_id": make.customer().id, "consignee": "林美玲"}
        return [make.order(**said, lines=[*lines]).id for _one in range(MOST_AT_ONCE + 1)]


def runs(host: Host) -> list[JobRun]:
    """Return what is done, or was, in the background."""
    with host.database.wide_session() as wide:
        return list(wide.scalars(select(JobRun)))


def test_more_than_somebody_waits_for_is_begun_and_its_file_taken_when_it_is_done(
    host: Host, reader: FlaskClient, orders: list[int]
) -> None:
    ids = ",".join(map(str, orders))
    assert reader.get(f"{PRINT}?ids={ids}").status_code == 422

    begun = reader.post(PRINT, json={"ids": [*orders, LEFT_OUT], "language": "zh_Hans"})
    place = begun.json["job"]
    waiting = reader.get(place).json["result"]
    work_off(host)
    done = reader.get(place).json["result"]

    assert begun.status_code == 202
    assert begun.json["result"] == {k: v for k, v in waiting.items() if k != "log"}
    assert (waiting["state"], waiting["file"]) == ("waiting", None)
    assert (done["id"], done["state"]) == (begun.json["id"], "done")
    assert done["result"] == f"Papers printed: {len(orders)}. Left out: 1 (#{LEFT_OUT})."
    file = reader.get(done["file"]["content"])
    assert file.mimetype == done["file"]["type"] == "application/pdf"
    pages = PdfDocument(BytesIO(file.data))
    assert len(pages) == len(orders)
    assert "订单" in pages[0].get_textpage().get_text_bounded()


def test_a_repeated_request_prints_nothing_more(
    host: Host, reader: FlaskClient, orders: list[int]
) -> None:
    sent = {"json": {"ids": orders}, "headers": {"Idempotency-Key": "monday"}}

    answers = [reader.post(PRINT, **sent) for _time in range(2)]

    assert [one.status_code for one in answers] == [202] * 2
    assert answers[0].json == answers[1].json
    assert len(runs(host)) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"ids": []},
        {"ids": "3,5,8"},
        {"ids": [True]},
        {"ids": ["3"]},
        {"ids": [1.5]},
        {"ids": [1], "colour": "red"},
        {"ids": list(range(1, MOST_IN_BACKGROUND + 2))},
    ],
    ids=["nothing", "none", "text", "flag", "texts", "parts", "more", "too many"],
)
def test_what_names_no_records_begins_nothing(
    host: Host, reader: FlaskClient, sent: dict[str, Any]
) -> None:
    answer = reader.post(PRINT, json=sent)

    assert answer.status_code == 422
    assert "colour" in sent or "ids" in answer.json["error"]["fields"]
    assert runs(host) == []


def test_as_many_as_on_screen_are_begun_and_ids_that_cannot_be_are_named(
    host: Host, reader: FlaskClient
) -> None:
    most = [10**30, *range(900_000, 900_000 + MOST_IN_BACKGROUND - 1)]

    assert reader.post(PRINT, json={"ids": most}).status_code == 202
    work_off(host)

    (run,) = runs(host)
    assert run.state is RunState.FAILED
    assert run.arguments["idents"][0] == 0


def test_who_may_not_read_orders_prints_none_and_nobody_prints_what_is_not_there(
    host: Host, company: CurrentCompany, login: Any, reader: FlaskClient, orders: list[int]
) -> None:
    make_user(host, "bob", company="TW01", roles=())

    assert login("bob").post(PRINT, json={"ids": orders}).status_code == 403
    assert reader.post(f"{PRINT}s", json={"ids": orders}).status_code == 404
    assert reader.post(PRINT, json={"ids": orders, "language": "tlh"}).status_code == 400
    assert runs(host) == []
