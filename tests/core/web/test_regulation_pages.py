"""The pages and the API of regulations: who reads, who writes, and what stands beside buttons."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.activation.service import switch
from bumen.host import Host
from bumen.regulations import Clause, Edition, Regulation
from bumen.regulations.models import editions_of
from bumen.testing.makers import make_administrator, make_user
from bumen.testing.people import signed_in
from bumen.unit_of_work import session
from tests.core.rule_books import publish, write_book
from tests.core.travelling import PLUGINS, Agency

RULES = (("1.1", "Trips are allowed beforehand.", "T1.1"), ("1.2", "Be kind.", ""))
READ = ("/regulations/", "/regulations/{book}/", "/regulations/clauses/{clause}")
PROOFS = (
    "/regulations/coverage",
    "/regulations/evidence",
    "/regulations/clauses/{clause}/evidence",
    "/api/v1/core/regulations/coverage",
    "/api/v1/core/regulations/evidence",
)
WRITE = (
    "/regulations/new",
    "/regulations/{book}/edit",
    "/regulations/versions/{edition}/publish",
    "/regulations/versions/{edition}/end",
    "/regulations/versions/{edition}/import",
    "/regulations/versions/{edition}/chapters/new",
    "/regulations/chapters/{chapter}/edit",
    "/regulations/chapters/{chapter}/clauses/new",
    "/regulations/clauses/{clause}/edit",
)
ACTS = (
    "/regulations/{book}/begin",
    "/regulations/{book}/delete",
    "/regulations/versions/{edition}/delete",
    "/regulations/chapters/{chapter}/delete",
    "/regulations/clauses/{clause}/delete",
)


@pytest.fixture(scope="session")
def bumen_plugins() -> Any:
    return PLUGINS


@pytest.fixture
def agency(host: Host) -> Agency:
    """An agency with a published rule book."""
    opened = Agency.opened(host)
    with host.unit_of_work(company="TW01", by="bob"):
        publish(write_book(*RULES))
    make_user(host, "guest", company="TW01")
    return opened


@pytest.fixture
def ids(host: Host, agency: Agency) -> dict[str, int]:
    """The ids of everything in the rule book."""
    with host.unit_of_work(company="TW01", by="bob") as unit:
        book = unit.session.scalars(select(Regulation)).one()
        edition = unit.session.scalars(select(Edition)).one()
        clause = unit.session.scalars(select(Clause).where(Clause.number == "1.1")).one()
        told = {"book": book.id, "edition": edition.id}
        return told | {"clause": clause.id, "chapter": clause.chapter_id}


@pytest.fixture
def bob(app: Flask, host: Host, agency: Agency) -> FlaskClient:
    """The browser of somebody who may do everything."""
    return _english(signed_in(app, host, "bob"))


def test_everybody_reads_what_is_in_force(app: Flask, host: Host, ids: dict[str, int]) -> None:
    browser = _reader(app, host)

    pages = [browser.get(url.format(**ids)) for url in READ]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Trips are allowed beforehand." in pages[1].text
    assert "/edit" not in pages[1].text


def test_only_who_may_writes_and_sees_evidence(app: Flask, host: Host, ids: dict[str, int]) -> None:
    browser = _reader(app, host)

    refused = [browser.get(url.format(**ids)).status_code for url in (*WRITE, *PROOFS)]
    refused += [browser.post(url.format(**ids)).status_code for url in (*WRITE, *ACTS)]

    assert set(refused) == {403}


def test_another_companys_rules_do_not_exist(app: Flask, host: Host, ids: dict[str, int]) -> None:
    Agency.opened(host, "CN01", people=("cara", "dan"))
    browser = signed_in(app, host, "dan")
    named = [url for url in (*READ, *WRITE, *PROOFS) if "{" in url]

    answers = [browser.get(url.format(**ids)).status_code for url in named]
    answers += [browser.post(url.format(**ids)).status_code for url in ACTS]

    assert set(answers) == {404}
    assert browser.get("/api/v1/core/regulations/").json == {"count": 0, "result": []}


def test_ids_beyond_all_and_bad_input_are_refused(bob: FlaskClient, ids: dict[str, int]) -> None:
    beyond = dict.fromkeys(ids, 2**70)
    urls = [url.format(**beyond) for url in (*READ, *WRITE, *PROOFS) if "{" in url]
    bad = ("since=x", "since=2026-13-01", "since=0001-01-01", "since=2026-02-01&until=2026-01-01")

    assert {bob.get(url).status_code for url in urls} == {404}
    assert {bob.get(f"/regulations/evidence?{one}").status_code for one in bad} == {400}
    assert bob.get("/regulations/coverage?format=pdf").status_code == 400
    assert bob.get(f"/regulations/{ids['book']}/?version=9").status_code == 404
    assert bob.get("/regulations/steps/trips.trips/nothing").status_code == 404
    assert bob.get("/regulations/steps/no.such/allow").status_code == 404


def test_a_rule_book_is_written_published_and_then_stays(bob: FlaskClient, host: Host) -> None:
    made = bob.post("/regulations/new", data={"code": "HR-01", "title": "Staff", **_company()})
    book = int(made.location.split("/")[-2])
    edition, version = _draft(host, book)
    base = f"/regulations/versions/{edition}"
    bob.post(f"{base}/chapters/new", data={"number": "1", "title": "All", **_company()})
    chapter = _chapter(host, edition)
    clause = {"number": "1.1", "text": "Rest.", "demands": "T1.1, T1.2", **_company()}
    assert bob.post(f"/regulations/chapters/{chapter}/clauses/new", data=clause).status_code == 302

    said = {"valid_from": "2026-01-01", "version": str(version), **_company()}
    published = bob.post(f"{base}/publish", data=said)

    assert published.status_code == 302
    again = bob.post(f"/regulations/chapters/{chapter}/clauses/new", data=clause)
    assert (again.status_code, "is published" in again.text) == (409, True)
    assert "Rest." in bob.get(f"/regulations/{book}/").text


def test_what_was_refused_stands_in_the_form_again(
    bob: FlaskClient, host: Host, ids: dict[str, int]
) -> None:
    bob.post(f"/regulations/{ids['book']}/begin", data=_company())
    chapter = _chapter(host, _draft(host, ids["book"])[0])
    clause = {"number": "1.1", "text": "Twice.", "demands": "nonsense", **_company()}

    page = bob.post(f"/regulations/chapters/{chapter}/clauses/new", data=clause)

    assert page.status_code == 422
    assert "“nonsense” is not a demand" in page.text
    assert "Twice." in page.text


def test_a_file_that_was_exported_can_be_read_in_again(
    bob: FlaskClient, host: Host, ids: dict[str, int]
) -> None:
    bob.post(f"/regulations/{ids['book']}/begin", data=_company())
    edition, version = _draft(host, ids["book"])
    base = f"/regulations/versions/{edition}"
    for kind in ("csv", "xlsx"):
        file = bob.get(f"{base}/export?format={kind}").data
        bob.post(f"/regulations/chapters/{_chapter(host, edition)}/delete", data=_company())
        sent = {"file": (io.BytesIO(file), f"rules.{kind}"), "version": str(version), **_company()}
        assert bob.post(f"{base}/import", data=sent).status_code == 302

    assert _texts(host, edition) == [text for _number, text, _demands in RULES]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "columns are missing"),
        (b"chapter,chapter_title,clause,text\n1,A,1,\n1,A,2,x\n", "Row 2: "),
        (b"\x00\x01", ""),
        (b"", ""),
    ],
)
def test_a_file_with_mistakes_changes_nothing(
    bob: FlaskClient, host: Host, ids: dict[str, int], content: bytes, said: str
) -> None:
    bob.post(f"/regulations/{ids['book']}/begin", data=_company())
    edition, version = _draft(host, ids["book"])
    sent = {"file": (io.BytesIO(content), "r.csv"), "version": str(version), **_company()}

    page = bob.post(f"/regulations/versions/{edition}/import", data=sent)

    assert 400 <= page.status_code < 500
    assert said in page.text
    assert len(_texts(host, edition)) == 2


def test_the_clause_stands_beside_the_button_and_opens(bob: FlaskClient, agency: Agency) -> None:
    trip = agency.trip("submit")
    page = bob.get(f"/trips/trips/show/{trip}")
    dialog = bob.get("/regulations/steps/trips.trips/allow", headers={"HX-Request": "true"})

    assert 'href="/regulations/steps/trips.trips/allow"' in page.text
    assert "§ 1.1" in page.text
    assert "Trips are allowed beforehand." in dialog.text
    assert "<html" not in dialog.text
    assert "<html" in bob.get("/regulations/steps/trips.trips/allow").text


def test_rules_of_a_department_that_is_off_are_not_shown(
    bob: FlaskClient, host: Host, agency: Agency, ids: dict[str, int]
) -> None:
    switch(host, company="TW01", name="trips", enabled=False)

    assert bob.get("/regulations/steps/trips.trips/allow").status_code == 404
    told = bob.get("/api/v1/core/regulations/coverage").json["result"]
    assert [row["cover"] for row in told] == ["none", "by_people"]


def test_evidence_names_the_documents_that_passed(
    bob: FlaskClient, agency: Agency, ids: dict[str, int]
) -> None:
    trip = agency.kept(agency.trip("submit", "allow"))

    page = bob.get(f"/regulations/clauses/{ids['clause']}/evidence")
    file = bob.get(f"/regulations/clauses/{ids['clause']}/evidence?format=csv")
    told = bob.get("/api/v1/core/regulations/evidence").json

    assert told["since"] == f"{told['until'][:4]}-01-01"
    assert trip.number in page.text
    assert [row["Document"] for row in _read(file.data)] == [trip.number]
    assert [(row["number"], row["times"], row["in_time"]) for row in told["result"]] == [
        ("1.1", 1, 1),
        ("1.2", 0, 0),
    ]
    assert _read(bob.get("/regulations/evidence?format=csv").data)[0]["By whom"] == "bob (1)"
    assert bob.get("/regulations/coverage?format=xlsx").status_code == 200


def test_lists_ask_the_database_no_more_for_many_than_for_few(
    bob: FlaskClient, host: Host, agency: Agency, ids: dict[str, int], statements: Callable[[], Any]
) -> None:
    urls = [url.format(**ids) for url in (*READ, *PROOFS)]
    agency.trip("submit", "allow")
    few = [_count(bob, url, statements) for url in urls]
    for _more in range(3):
        agency.trip("submit", "allow")
    make_administrator(host, "eve", company="TW01")
    with host.unit_of_work(company="TW01", by="eve"):
        for code in ("A", "B", "C"):
            publish(write_book(*RULES, ("1.3", "More.", "T1.2"), code=code))

    assert [_count(bob, url, statements) for url in urls] == few


def _count(browser: FlaskClient, url: str, statements: Callable[[], Any]) -> int:
    browser.get(url)
    statements()
    assert browser.get(url).status_code == 200
    return len(statements())


def _english(browser: FlaskClient) -> FlaskClient:
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def _reader(app: Flask, host: Host) -> FlaskClient:
    """Return the browser of somebody who works there and holds no role."""
    return _english(signed_in(app, host, "guest"))


def _company() -> dict[str, str]:
    return {"company": "TW01"}


def _draft(host: Host, book: int) -> tuple[int, int]:
    with host.unit_of_work(company="TW01", by="bob"):
        edition = session().scalars(editions_of(book).limit(1)).one()
        return edition.id, edition.version


def _chapter(host: Host, edition: int) -> int:
    with host.unit_of_work(company="TW01", by="bob"):
        found = session().scalars(select(Edition).where(Edition.id == edition)).one()
        return found.chapters[0].id


def _texts(host: Host, edition: int) -> list[str]:
    with host.unit_of_work(company="TW01", by="bob"):
        found = session().scalars(select(Edition).where(Edition.id == edition)).one()
        return [clause.text for chapter in found.chapters for clause in chapter.clauses]


def _read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
