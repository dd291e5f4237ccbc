"""Every problem of a row is told at once, and a row that repeats another names it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from bumen.exchange.walking import CHUNK
from bumen.importing import steps
from bumen.importing.errors import RequiredAreUnmatched
from bumen.imports import Stage
from bumen.testing.people import signed_in
from tests.core.importing_files.conftest import Wizard, held
from tests.core.web.conftest import statements

__all__ = ["statements"]

Told = list[tuple[int, str | None, str]]


def told(wizard: Wizard, ident: int) -> Told:
    """Return row, column and reason of every problem."""
    problems = wizard.problems(ident)
    return [(one.row, one.column, one.reason["en"]) for one in problems]


def checked(wizard: Wizard, text: str, **mapping: object) -> int:
    """Have a file of growers checked; return the import's id."""
    ident = wizard.begin("depot.growers", text)
    with wizard.working():
        said = dict(held(ident).mapping or {})
        steps.match(held(ident), {**said, **mapping})
    wizard.do(steps.check, ident)
    return ident


def test_slips_references_rules_and_the_department_speak_at_once(wizard: Wizard) -> None:
    ident = checked(wizard, "code,name,since,acres,chief\nG1,Tybalt,soon,-1,ZZ\n")

    assert told(wizard, ident) == [
        (2, None, "Tybalt was sent away."),
        (2, "since", "“soon” is not a date that can be read."),
        (2, "acres", "At least 0."),
        (2, "chief", "There is no Chief with “ZZ” as Code or Name."),
    ]


def test_who_is_there_already_is_told_beside_slips(wizard: Wizard) -> None:
    wizard.through("depot.growers", "code,name\nG1,Ada\n")

    ident = checked(wizard, "code,name,acres\nG1,Tybalt,x\n", key=["code"])

    assert told(wizard, ident) == [
        (2, None, "Tybalt was sent away."),
        (2, "code", "A record with this value is there already."),
        (2, "acres", "“x” is not a number."),
    ]


def test_a_change_with_a_slip_is_not_told_of_fields_it_leaves_alone(wizard: Wizard) -> None:
    wizard.through("depot.growers", "code,name\nG1,Ada\n")

    ident = checked(wizard, "code,acres\nG1,x\n", key=["code"], existing="update")

    assert told(wizard, ident) == [(2, "acres", "“x” is not a number.")]


@pytest.mark.parametrize("key", [[], ["code"]])
def test_a_row_that_repeats_a_refused_one_is_refused_and_names_it(
    wizard: Wizard, key: list[str]
) -> None:
    filler = "".join(f"F{number},Grower {number}\n" for number in range(CHUNK))

    ident = checked(wizard, f"code,name\nG1,Tybalt\n{filler}G1,Ada\n", key=key)
    wizard.do(steps.take, ident, only_good=True)

    assert told(wizard, ident) == [
        (2, None, "Tybalt was sent away."),
        (CHUNK + 3, "code", "Row 2 already says the same here."),
    ]
    assert "G1" not in wizard.growers()


def test_where_the_first_counts_the_first_that_can_be_saved_is_taken(wizard: Wizard) -> None:
    text = "code,name\nG1,Tybalt\nG1,Ada\nG1,Eve\n"

    ident = checked(wizard, text, key=["code"], repeated="first")
    wizard.do(steps.take, ident, only_good=True)

    assert told(wizard, ident) == [(2, None, "Tybalt was sent away.")]
    assert wizard.growers() == {"G1": "Ada"}


def test_nothing_is_checked_while_a_required_field_is_given_by_nothing(wizard: Wizard) -> None:
    ident = wizard.begin("depot.growers", "code,acres\nG1,x\n")

    with pytest.raises(RequiredAreUnmatched) as refusal, wizard.working():
        steps.check(held(ident))

    assert list(refusal.value.fields) == ["fields.name"]
    assert wizard.kept(ident).stage is Stage.MAPPING
    fields = {"code": "code", "name": {"constant": "Ada"}, "acres": "acres"}
    ident = checked(wizard, "code,acres\nG1,7\n", fields=fields)
    assert wizard.counts(ident)[0] == 1


def test_the_page_names_what_no_column_gives(app: Flask, wizard: Wizard) -> None:
    ident = wizard.begin("depot.growers", "code,acres\nG1,x\n")
    browser = signed_in(app, wizard.host, "admin", language="en")

    answer = browser.post(f"/imports/{ident}/match", data={"to.0": "code", "check": "1"})

    assert answer.status_code == 422
    assert "Say which columns give the following fields" in answer.text
    assert "<code>fields.name</code>" not in answer.text


@pytest.mark.parametrize("rows", [1, 30])
def test_bad_rows_are_asked_about_without_a_statement_for_each(
    wizard: Wizard, statements: Callable[[], list[str]], rows: int
) -> None:
    lines = "".join(f"G{number},Grower,x\n" for number in range(rows))
    statements()

    checked(wizard, f"code,name,acres\n{lines}", key=["code"])

    asked = [one for one in statements() if "FROM depot_grower" in one]
    assert len(asked) == 1
