"""Catalogues: in step with the code, and with words for every text of the libraries."""

from pathlib import Path

import pytest

from bumen.catalogues import LIBRARIES, catalogue_problems, problems, update
from bumen.catalogues.checks import problems_of_roles
from bumen.catalogues.chinese import TRANSLATED
from bumen.catalogues.extraction import Said, texts_said
from bumen.catalogues.files import key_of, place_of, read, words_of
from bumen.catalogues.libraries import texts_of_libraries
from bumen.i18n import Translator, speaking
from bumen.places import host_folder
from bumen.registry import Registry


@pytest.fixture(scope="module")
def libraries() -> Said:
    """What the libraries below us say to people; reading them takes a while."""
    return texts_of_libraries()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package that says "Save" and counts orders."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "models.py").write_text(
        'label = _("Save")\ncount = _.plural("%(num)s order", "%(num)s orders", 2)\n'
    )
    return folder


def write_catalogue(folder: Path, language: str, *entries: str) -> None:
    place = place_of(folder, "shop", language)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("\n\n".join(entries), encoding="utf-8")


def write_both(folder: Path, *, save: str, orders: str) -> None:
    for language in TRANSLATED:
        write_catalogue(
            folder,
            language,
            f'msgid "Save"\nmsgstr "{save}"',
            f'msgid "%(num)s order"\nmsgid_plural "%(num)s orders"\nmsgstr[0] "{orders}"',
        )


def test_our_catalogues_have_words_for_every_text_of_the_libraries(libraries: Said) -> None:
    folder = host_folder("locale")
    missing = [
        (language, key, sorted(where))
        for language in TRANSLATED
        for known in [{key_of(m) for m in read(folder, LIBRARIES, language) if all(words_of(m))}]
        for key, where in libraries.items()
        if key not in known
    ]

    assert missing == []


def test_the_texts_of_flask_appbuilder_are_among_those_of_the_libraries(libraries: Said) -> None:
    from_pages = {
        key for key, where in libraries.items() if any("flask_appbuilder" in w for w in where)
    }

    assert len(from_pages) >= 153
    assert {"Are you sure you want to delete this item?", "Sign In with "} <= from_pages


@pytest.mark.parametrize(
    "text",
    [
        "This field is required.",
        "Please log in to access this page.",
        "Token has expired",
        "The CSRF token is missing.",
        "Missing data for required field.",
        "Longer than maximum length {max}.",
    ],
)
def test_what_the_other_libraries_say_is_found(libraries: Said, text: str) -> None:
    assert text in libraries


def test_nothing_is_wrong_with_the_hosts_own_texts() -> None:
    assert problems("core", Registry.load([])) == []


def test_a_lone_percent_sign_beside_values_is_a_fault(package: Path) -> None:
    write_both(package, save="儲存", orders="%(num)s%，共計")

    told = catalogue_problems(package, "shop", package_folder=package)

    assert [fault for fault in told if "lone" in fault] == [
        f"shop {language}: '%(num)s order': has a lone %: write %%" for language in TRANSLATED
    ]


def test_texts_are_found_in_code_and_pages_but_not_in_tests(package: Path) -> None:
    (package / "templates").mkdir()
    (package / "templates" / "board.html").write_text('<h1>{{ _("Board") }}</h1>')
    (package / "tests").mkdir()
    (package / "tests" / "test_shop.py").write_text('_("Only a test says this")')

    assert texts_said(package) == {
        "Save": {"shop/models.py"},
        ("%(num)s order", "%(num)s orders"): {"shop/models.py"},
        "Board": {"shop/templates/board.html"},
    }


def test_a_new_text_waits_for_its_words(package: Path, tmp_path: Path) -> None:
    waiting = update(tmp_path / "locale", "shop", package_folder=package)

    assert waiting == {"zh_Hant": 2, "zh_Hans": 2}
    assert catalogue_problems(tmp_path / "locale", "shop", package_folder=package) == [
        "shop zh_Hant: '%(num)s order': has no words",
        "shop zh_Hant: 'Save': has no words",
        "shop zh_Hans: '%(num)s order': has no words",
        "shop zh_Hans: 'Save': has no words",
    ]


def test_an_update_keeps_words_and_drops_what_nobody_says(package: Path, tmp_path: Path) -> None:
    write_catalogue(
        tmp_path, "zh_Hant", 'msgid "Save"\nmsgstr "儲存"', 'msgid "Gone"\nmsgstr "不再"'
    )

    update(tmp_path, "shop", package_folder=package)

    kept = {key_of(m): words_of(m) for m in read(tmp_path, "shop", "zh_Hant") if m.id}
    assert kept == {"Save": ("儲存",), ("%(num)s order", "%(num)s orders"): ("",)}


def test_an_update_says_neither_when_nor_where_it_was_made(package: Path, tmp_path: Path) -> None:
    update(tmp_path, "shop", package_folder=package)

    assert place_of(tmp_path, "shop", "zh_Hans").read_text(encoding="utf-8") == (
        'msgid ""\n'
        'msgstr ""\n'
        '"Language: zh_Hans\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n'
        "\n"
        "#: shop/models.py\n"
        "#, python-format\n"
        'msgid "%(num)s order"\n'
        'msgid_plural "%(num)s orders"\n'
        'msgstr[0] ""\n'
        "\n"
        "#: shop/models.py\n"
        'msgid "Save"\n'
        'msgstr ""\n'
        "\n"
    )


def test_updating_twice_changes_nothing(package: Path, tmp_path: Path) -> None:
    write_both(tmp_path, save="存檔", orders="%(num)s 張訂單")
    update(tmp_path, "shop", package_folder=package)
    once = place_of(tmp_path, "shop", "zh_Hant").read_bytes()

    update(tmp_path, "shop", package_folder=package)

    assert place_of(tmp_path, "shop", "zh_Hant").read_bytes() == once


def test_a_text_that_begins_to_count_waits_for_words_again(package: Path, tmp_path: Path) -> None:
    write_catalogue(tmp_path, "zh_Hant", 'msgid "%(num)s order"\nmsgstr "%(num)s 張訂單"')

    waiting = update(tmp_path, "shop", package_folder=package)

    assert waiting["zh_Hant"] == 2


def test_what_is_written_is_what_people_read(package: Path, tmp_path: Path) -> None:
    write_catalogue(tmp_path, "zh_Hant", 'msgid "Save"\nmsgstr "儲存"')
    update(tmp_path, "shop", package_folder=package)

    with speaking("zh_Hant"):
        assert str(Translator(tmp_path, "shop")("Save")) == "儲存"


def test_a_text_of_only_one_side_is_reported(package: Path, tmp_path: Path) -> None:
    write_catalogue(tmp_path, "zh_Hant", 'msgid "Gone"\nmsgstr "不再"')

    found = catalogue_problems(tmp_path, "shop", package_folder=package)

    assert found[:3] == [
        "shop zh_Hant: '%(num)s order' is in the code but not in the catalogue",
        "shop zh_Hant: 'Save' is in the code but not in the catalogue",
        "shop zh_Hant: 'Gone' is in the catalogue but not in the code",
    ]


def test_a_fuzzy_text_is_reported(package: Path, tmp_path: Path) -> None:
    write_both(tmp_path, save="存", orders="%(num)s 份")
    write_catalogue(
        tmp_path,
        "zh_Hans",
        '#, fuzzy\nmsgid "Save"\nmsgstr "存"',
        'msgid "%(num)s order"\nmsgid_plural "%(num)s orders"\nmsgstr[0] "%(num)s 份"',
    )

    assert catalogue_problems(tmp_path, "shop", package_folder=package) == [
        "shop zh_Hans: 'Save': is fuzzy"
    ]


@pytest.mark.parametrize(
    ("said", "words", "problem"),
    [
        ("Order %(number)s", "訂單", "%(number)s is lost"),
        ("Order", "訂單 %(number)s", "%(number)s is unknown"),
        ("Order %(number)s", "訂單 %(nummer)s", "%(nummer)s is unknown"),
        ("Total %(sum)d", "總計 %(sum)s", "%(sum)d is lost"),
        ("Field '%s'", "欄位", "has other values than the code gives"),
        ("One of {choices}", "之一", "{choices} is lost"),
        ("The order is empty.", "訂單沒有明細", "ends with '細' where the code has '.'"),
        ("Order is empty", "訂單沒有明細。", "is a sentence where the code has none"),
        ("The order is empty.", "The order is empty.", "is not translated"),
    ],
)
def test_words_that_do_not_fit_the_text_are_reported(
    tmp_path: Path, said: str, words: str, problem: str
) -> None:
    (tmp_path / "texts.py").write_text(f"_({said!r})", encoding="utf-8")
    write_catalogue(tmp_path, "zh_Hant", f'msgid "{said}"\nmsgstr "{words}"')

    found = catalogue_problems(tmp_path, "shop", package_folder=tmp_path)

    assert f"shop zh_Hant: {said!r}: {problem}" in found


def test_the_wording_for_one_may_leave_the_number_out(tmp_path: Path) -> None:
    (tmp_path / "texts.py").write_text('_.plural("One order", "%(num)s orders", n)')
    for language in TRANSLATED:
        write_catalogue(
            tmp_path,
            language,
            'msgid "One order"\nmsgid_plural "%(num)s orders"\nmsgstr[0] "%(num)s 份"',
        )

    assert catalogue_problems(tmp_path, "shop", package_folder=tmp_path) == []


def test_code_is_quoted_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "texts.py").write_text("""_("Please run pip install 'x[y]'")""")
    for language in TRANSLATED:
        write_catalogue(
            tmp_path,
            language,
            """msgid "Please run pip install 'x[y]'"\nmsgstr "用 pip install 'x[y]'\"""",
        )

    assert catalogue_problems(tmp_path, "shop", package_folder=tmp_path) == []


def test_titles_of_roles_are_read_too(tmp_path: Path) -> None:
    roles = tmp_path / "roles.csv"
    roles.write_text(
        "role,title_en,title_zh_Hant,title_zh_Hans,permissions\n"
        "salesperson,Salesperson,業務員,,shop.Orders:read\n"
        "manager,Manager,业務主管,经理,shop.Orders:read\n",
        encoding="utf-8",
    )

    assert list(problems_of_roles(roles)) == [
        "roles.csv zh_Hans: salesperson: has no title",
        "roles.csv zh_Hant: manager: Simplified character 业",
    ]
