"""Looking records up: inside the company, for those who may, and never a whole table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bumen.activation.service import switch
from bumen.host import Host
from bumen.records import create_record
from bumen.testing.makers import make_administrator, make_company
from tests.core.web.browsing import form_in
from tests.core.web.kitchens import Kitchen

SUPPLIERS = "/lookup/kitchen/suppliers"


def test_a_lookup_finds_records_by_every_word(kitchen: Kitchen) -> None:
    kitchen.supplier("Green Farm")
    ident = kitchen.supplier("Old Green Farm")
    kitchen.supplier("Old Mill")

    found = kitchen.browser().get(f"{SUPPLIERS}?q=farm+OLD")

    assert found.json == [{"id": ident, "label": "Old Green Farm"}]


def test_a_lookup_gives_no_more_than_twenty(kitchen: Kitchen) -> None:
    for number in range(25):
        kitchen.supplier(f"Farm {number:02}")

    found = kitchen.browser().get(f"{SUPPLIERS}?q=farm").json

    assert [one["label"] for one in found] == [f"Farm {number:02}" for number in range(20)]


def test_signs_with_a_meaning_in_sql_are_letters_in_a_lookup(kitchen: Kitchen) -> None:
    kitchen.supplier("100% Farm")
    kitchen.supplier("Mill")

    labels = {
        words: [
            one["label"] for one in kitchen.browser().get(SUPPLIERS, query_string={"q": words}).json
        ]
        for words in ("%", "_", "'", "\\")
    }

    assert labels == {"%": ["100% Farm"], "_": [], "'": [], "\\": []}


def test_a_lookup_stays_in_its_company(kitchen: Kitchen, host: Host) -> None:
    make_company(host, code="CN01", plugins=["kitchen"])
    make_administrator(host, "chen", company="CN01")
    with host.unit_of_work(company="CN01", by="chen") as unit:
        resource = host.registry.resources["kitchen.suppliers"]
        create_record(resource, {"name": "Theirs"}, by=unit.user)

    assert kitchen.browser().get(SUPPLIERS).json == []
    assert [one["label"] for one in kitchen.browser("chen").get(SUPPLIERS).json] == ["Theirs"]


def test_a_lookup_needs_the_permission_to_read(kitchen: Kitchen) -> None:
    kitchen.supplier()

    assert kitchen.browser("guest").get(SUPPLIERS).status_code == 403
    assert kitchen.app.test_client().get(SUPPLIERS).status_code == 404


@pytest.mark.parametrize(
    "url", ["/lookup/kitchen/nothing", "/lookup/nothing/dishes", "/lookup/x/y"]
)
def test_a_lookup_of_nothing_does_not_exist(kitchen: Kitchen, url: str) -> None:
    assert kitchen.browser().get(url).status_code == 404


def test_a_lookup_of_a_department_that_is_off_does_not_exist(kitchen: Kitchen, host: Host) -> None:
    browser = kitchen.browser()
    assert browser.get(SUPPLIERS).status_code == 200

    switch(host, company="TW01", name="kitchen", enabled=False)

    assert browser.get(SUPPLIERS).status_code == 404


@pytest.mark.parametrize("words", ["\x00", "a\x07b", "\x7f"])
def test_hostile_words_are_refused(kitchen: Kitchen, words: str) -> None:
    answered = kitchen.browser().get(SUPPLIERS, query_string={"q": words})

    assert answered.status_code == 400


def test_a_lookup_takes_one_statement_of_its_own(
    kitchen: Kitchen, statements: Callable[[], list[str]]
) -> None:
    kitchen.supplier()
    browser = kitchen.browser()
    browser.get(SUPPLIERS)
    statements()

    browser.get(f"{SUPPLIERS}?q=farm")

    assert len([one for one in statements() if "kitchen_" in one]) == 1


def test_names_of_what_is_chosen_take_one_statement_for_each_model(
    kitchen: Kitchen, statements: Callable[[], list[str]]
) -> None:
    ids = [kitchen.supplier(f"Farm {number}") for number in range(5)]
    browser = kitchen.browser()
    form = form_in(browser.get("/kitchen/dishes/add"), has="code")
    form.fields["supplier_id"] = str(ids[0])
    for place, ident in enumerate(ids):
        form.fields[f"ingredients-{place}-supplier_id"] = str(ident)
    statements()

    sent = browser.post("/kitchen/dishes/add", data={**form.fields, "_more_lines": "ingredients"})

    assert all(f">Farm {number}</option>" in sent.text for number in range(5))
    assert len([one for one in statements() if "kitchen_" in one]) == 1


def test_many_names_are_looked_up_at_once(
    kitchen: Kitchen, statements: Callable[[], list[str]]
) -> None:
    farm, mill = kitchen.supplier("Green Farm"), kitchen.supplier("Old Mill")
    kitchen.supplier("Old Mill and Farm")
    browser = kitchen.browser()
    browser.get(SUPPLIERS)
    statements()

    found = browser.get(SUPPLIERS, query_string={"is": ["old mill", " Green Farm", "Nobody"]})

    assert found.json == [
        {"is": "old mill", "id": mill, "label": "Old Mill"},
        {"is": " Green Farm", "id": farm, "label": "Green Farm"},
    ]
    assert len([one for one in statements() if "kitchen_" in one]) == 1


@pytest.mark.parametrize("names", [["x"] * 101, ["a\x07b"]])
def test_names_nobody_can_have_are_refused(kitchen: Kitchen, names: list[str]) -> None:
    assert kitchen.browser().get(SUPPLIERS, query_string={"is": names}).status_code == 400


def test_only_who_may_write_is_offered_a_new_record(kitchen: Kitchen) -> None:
    page = kitchen.browser().get("/kitchen/dishes/add").text

    assert 'data-lookup-add="/kitchen/suppliers/add?_dialog=1&amp;name="' in page
    assert 'data-lookup-page="/kitchen/suppliers/show/0"' in page


def test_names_are_found_in_any_letter_case_of_any_script(kitchen: Kitchen) -> None:
    ident = kitchen.supplier("Ärztehof 北農")

    found = kitchen.browser().get(SUPPLIERS, query_string={"is": "Ärztehof 北農"}).json

    assert found == [{"is": "Ärztehof 北農", "id": ident, "label": "Ärztehof 北農"}]
