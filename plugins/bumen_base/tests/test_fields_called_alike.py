"""Where a customer and its contacts have fields of one name, an import tells them apart."""

from bumen import CurrentCompany
from bumen.host import Host
from bumen.i18n import speaking
from bumen.web.importing.matching import targets_of
from bumen_base.resources import Customers


def test_a_field_of_a_contact_says_so(host: Host, company: CurrentCompany) -> None:
    with host.unit_of_work(company="TW01", by="admin"), speaking("en"):
        said = {one.name: str(one.said) for one in targets_of(Customers)}

    assert said["phone"] == "Phone"
    assert said["contacts.phone"] == "Phone (Contacts)"
    assert len(set(said.values())) == len(said)
