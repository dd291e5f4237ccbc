"""A customer's file: how it is kept, how complete it is, when it may be deleted."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bumen import InvalidInput, change_record, create_record, run_action
from bumen.documents.settling_numbers import settled
from bumen.i18n import speaking
from bumen.records import delete_record
from bumen.unit_of_work import UnitOfWork, today
from bumen_base.errors import CustomerHasDocuments, TaxIdIsTaken
from bumen_base.models import Customer
from bumen_base.resources import Customers, Regions
from bumen_base.services.codes import NUMBERS

pytestmark = pytest.mark.usefixtures("unit")


def make_customer(name: str = "春水茶行", **values: Any) -> Customer:
    made: Customer = create_record(Customers, {"name": name, **values}, by=None)
    return made


def test_a_customer_without_a_code_gets_the_next_one() -> None:
    assert [make_customer().code, make_customer().code] == ["C00001", "C00002"]


def test_codes_that_people_took_are_not_given_again() -> None:
    make_customer(code="C00001")
    make_customer(code="C00002")

    assert make_customer().code == "C00003"


def test_the_code_that_is_said_to_come_next_is_the_one_that_comes() -> None:
    numbering = next(one for one in NUMBERS if one.kind == "base.customer")
    for number in (1, 2, 4):
        make_customer(code=f"C0000{number}")

    said = [settled([numbering])[0].next(on=today())]
    given = [make_customer().code]
    said.append(settled([numbering])[0].next(on=today()))
    given.append(make_customer().code)

    assert said == given == ["C00003", "C00005"]


def test_a_new_customer_is_a_prospect_that_pays_in_advance() -> None:
    customer = make_customer()

    assert (customer.state.value, customer.payment_method.value) == ("prospect", "prepaid")
    assert (customer.credit_limit, customer.archived) == (0, False)


def test_tags_are_kept_once_each_whatever_comma_parted_them() -> None:
    assert make_customer(tags="茶葉，批發、茶葉, 老客戶 ,").tags == "茶葉, 批發, 老客戶"


def test_two_customers_never_share_a_tax_id() -> None:
    make_customer(code="A1", tax_id="22099131")

    with pytest.raises(TaxIdIsTaken) as refusal:
        make_customer("另一家", tax_id="２２０９９１３１")

    assert str(refusal.value) == "客戶 A1 春水茶行 已使用統一編號 22099131。"
    assert list(refusal.value.fields) == ["tax_id"]


def test_the_database_keeps_tax_ids_apart_when_two_people_are_equally_quick(
    unit: UnitOfWork,
) -> None:
    make_customer(tax_id="22099131")
    unit.session.add(Customer(code="X", name="另一家", tax_id="22099131"))

    with pytest.raises(IntegrityError):
        unit.session.flush()


def test_the_tax_id_of_an_archived_customer_is_free() -> None:
    old = make_customer(tax_id="22099131")
    run_action(Customers, old, "archive", {}, by=None, version=old.version)

    new = make_customer("另一家", tax_id="22099131")

    assert new.tax_id == old.tax_id
    with pytest.raises(TaxIdIsTaken):
        run_action(Customers, old, "unarchive", {}, by=None, version=old.version)


def test_a_file_is_as_complete_as_the_fields_that_matter_are_filled() -> None:
    region = create_record(Regions, {"name": "北區"}, by=None)
    customer = make_customer()
    assert customer.completeness == 0

    filled = {
        "region_id": region.id,
        "industry": "茶葉",
        "phone": "02-2345-6789",
        "tax_id": "22099131",
        "contacts": [{"name": "林小姐"}],
        "addresses": [{"street": "市府路 1 號"}],
    }
    change_record(Customers, customer, filled, by=None, version=customer.version)

    assert customer.completeness == 100 * 6 // 13


def test_less_is_asked_of_a_person_than_of_a_company() -> None:
    company, person = make_customer(phone="0912-345678"), None
    person = make_customer(kind="person", phone="0912-345678")

    assert (company.completeness, person.completeness) == (7, 11)


def test_a_customer_is_made_with_contacts_and_addresses_in_order() -> None:
    customer = make_customer(
        contacts=[{"name": "林小姐", "decision_maker": True}, {"name": "陳先生"}],
        addresses=[{"street": "市府路 1 號", "kind": "billing"}],
    )

    assert [contact.name for contact in customer.contacts] == ["林小姐", "陳先生"]
    assert [str(address) for address in customer.addresses] == ["市府路 1 號"]


def test_an_address_lies_in_the_company_s_country_unless_it_says_otherwise() -> None:
    customer = make_customer(addresses=[{"street": "A"}, {"street": "B", "country": "HK"}])

    assert [address.country for address in customer.addresses] == ["TW", "HK"]


def test_a_customer_no_document_speaks_of_is_deleted_with_its_file(unit: UnitOfWork) -> None:
    customer = make_customer(contacts=[{"name": "林小姐"}])
    ident = customer.id

    delete_record(Customers, customer, by=None)

    assert unit.session.get(Customer, ident) is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The customer 春水茶行 has 5 documents and cannot be deleted, only archived."),
        ("zh_Hant", "客戶 春水茶行 有 5 份相關單據，不能刪除，只能封存。"),
        ("zh_Hans", "客户 春水茶行 有 5 份相关单据，不能删除，只能归档。"),
    ],
)
def test_a_customer_with_documents_cannot_be_deleted(
    unit: UnitOfWork, neighbour: Callable[..., None], language: str, sentence: str
) -> None:
    customer = make_customer()
    neighbour(base_documents_of_customers=lambda: {customer.id: 3})
    neighbour(base_documents_of_customers=lambda: {customer.id: 2, customer.id + 1: 7})

    with speaking(language), pytest.raises(CustomerHasDocuments) as refusal:
        delete_record(Customers, customer, by=None)
    with speaking(language):
        assert str(refusal.value) == sentence
    assert unit.session.get(Customer, customer.id) is customer


def test_two_customers_with_one_code_are_refused_at_the_code() -> None:
    make_customer(code="A1")

    with pytest.raises(InvalidInput) as refusal:
        make_customer("另一家", code="A1")

    assert {place: list(map(str, said)) for place, said in refusal.value.fields.items()} == {
        "code": ["「代碼」已有另一筆記錄使用這個值。"]
    }
