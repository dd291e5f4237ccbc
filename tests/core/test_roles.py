"""How the roles of a plugin are read."""

from pathlib import Path

import pytest

from bumen.i18n import speaking
from bumen.security.roles import Grant, RolesAreMalformed, read_roles

HEAD = "role,title_en,title_zh_Hant,title_zh_Hans,permissions\n"
SELLER = 'seller,Seller,業務人員,销售员,"sales.Orders:read,confirm base.Customers:read"\n'


def written(folder: Path, text: str) -> Path:
    """Write a roles file."""
    file = folder / "roles.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_role_is_prefixed_by_its_plugin_and_named_in_the_readers_language(tmp_path: Path) -> None:
    (role,) = read_roles(written(tmp_path, HEAD + SELLER), plugin="sales")

    assert role.name == "sales.seller"
    with speaking("zh_Hant"):
        assert role.title == "業務人員"
    with speaking("zh_Hans"):
        assert role.title == "销售员"


def test_permissions_are_read_view_by_view(tmp_path: Path) -> None:
    (role,) = read_roles(written(tmp_path, HEAD + SELLER), plugin="sales")

    assert role.grants == {
        Grant("can_read", "sales.Orders"),
        Grant("can_confirm", "sales.Orders"),
        Grant("can_read", "base.Customers"),
    }


def test_a_file_saved_by_a_spreadsheet_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "roles.csv"
    file.write_text((HEAD + SELLER).replace("\n", "\r\n"), encoding="utf-8-sig", newline="")

    assert [role.name for role in read_roles(file, plugin="sales")] == ["sales.seller"]


def test_a_plugin_without_a_roles_file_brings_no_roles(tmp_path: Path) -> None:
    assert read_roles(tmp_path / "roles.csv", plugin="sales") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "columns"),
        ("role,permissions\n", "columns"),
        (HEAD + "seller,Seller,業務人員\n", "row 2: there are not 5 columns"),
        (HEAD + "seller,Seller,業務人員,销售员,sales.Orders:read,confirm\n", "not 5 columns"),
        (HEAD + "Seller,Seller,業務人員,销售员,\n", "“Seller” is not a role's name"),
        (HEAD + "seller,Seller,,销售员,\n", "a title is missing"),
        (HEAD + SELLER + SELLER, "named twice"),
        (HEAD + "seller,Seller,業務人員,销售员,sales.Orders\n", "“sales.Orders” is not written"),
        (HEAD + "seller,Seller,業務人員,销售员,Orders:read\n", "“Orders:read” is not written"),
        (HEAD + "seller,Seller,業務人員,销售员,sales.Orders:read;write\n", "is not written"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_the_place(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(RolesAreMalformed, match=said):
        read_roles(written(tmp_path, text), plugin="sales")


def test_a_grant_is_read_back_as_it_was_written() -> None:
    grant = Grant("can_confirm", "sales.Orders")

    assert Grant.parse(str(grant)) == grant
