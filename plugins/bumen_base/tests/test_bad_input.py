"""Bad input is refused at its field, with a sentence in the reader's language."""

from datetime import UTC, datetime

import pytest
import time_machine

from bumen import BusinessError, create_record
from bumen.i18n import LANGUAGES, speaking
from bumen_base.resources import Customers, Products

pytestmark = pytest.mark.usefixtures("unit")

BAD = {
    "a wrong check digit": (Customers, {"tax_id": "22099132"}, "tax_id"),
    "an unknown region": (Customers, {"region_id": 2**40}, "region_id"),
    "a birthday in the future": (Customers, {"birthday": "2026-11-23"}, "birthday"),
    "a contact's birthday in the future": (
        Customers,
        {"contacts": [{"name": "甲"}, {"name": "乙", "birthday": "2026-11-23"}]},
        "contacts.1.birthday",
    ),
    "a negative price": (Products, {"unit": "件", "list_price": "-1"}, "list_price"),
    "a code that is taken": (Customers, {"code": "A1"}, "code"),
    "a code with a space": (Customers, {"code": "A 1"}, "code"),
    "no phone number": (Customers, {"phone": "請來電"}, "phone"),
    "no e-mail address": (Customers, {"email": "nobody@nowhere"}, "email"),
    "a script for a website": (Customers, {"website": "javascript:alert(1)"}, "website"),
    "a term of more than a year": (Customers, {"payment_days": 366}, "payment_days"),
    "no country": (
        Customers,
        {"addresses": [{"street": "A", "country": "Taiwan"}]},
        "addresses.0.country",
    ),
    "an unknown kind": (Customers, {"kind": "ghost"}, "kind"),
    "a state": (Customers, {"state": "active"}, "state"),
    "a credit limit": (Customers, {"credit_limit": "1"}, "credit_limit"),
}


@pytest.mark.parametrize("case", BAD)
@time_machine.travel(datetime(2026, 11, 21, 17, tzinfo=UTC), tick=False)
def test_bad_input_is_refused_at_its_field_in_every_language(case: str) -> None:
    resource, values, place = BAD[case]
    create_record(Customers, {"code": "A1", "name": "春水茶行"}, by=None)

    with pytest.raises(BusinessError) as refusal:
        create_record(resource, {"name": "另一個", **values}, by=None)

    assert list(refusal.value.fields) == [place]
    said = {language: in_language(refusal.value, place, language) for language in LANGUAGES}
    assert said["en"] not in (said["zh_Hant"], said["zh_Hans"])


@time_machine.travel(datetime(2026, 11, 21, 17, tzinfo=UTC), tick=False)
def test_today_is_the_day_where_the_company_is() -> None:
    born_today = {"name": "春水茶行", "birthday": "2026-11-22"}

    assert create_record(Customers, born_today, by=None).birthday.day == 22


def in_language(refusal: BusinessError, place: str, language: str) -> str:
    with speaking(language):
        return " ".join(map(str, refusal.fields[place]))
