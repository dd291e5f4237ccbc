"""Rows become records by the rules of screens and API; a bad row saves nothing of itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import select

from bumen import CurrentCompany, session
from bumen.exchange.errors import NoColumnMatches, NotImportable, UnknownResource
from bumen.host import Host
from bumen.i18n import speaking
from bumen.registry import Candidate
from bumen.testing.makers import make_company
from tests.core.importing import DEPOT, Importing, told
from tests.plugins.depot.models import Crate, Grower, Rating
from tests.plugins.depot.services import heard


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The depot alone."""
    return DEPOT


@pytest.fixture
def importing(host: Host, company: CurrentCompany, tmp_path: Path) -> Iterator[Importing]:
    """Files imported into TW01."""
    heard.clear()
    yield Importing(host, tmp_path)
    heard.clear()


def codes(host: Host) -> list[str]:
    """Return the codes of all growers."""
    with host.unit_of_work(company="TW01"):
        return sorted(session().scalars(select(Grower.code)))


def test_columns_are_matched_by_name_or_label_whatever_their_case(importing: Importing) -> None:
    report = importing.take(
        "depot.growers", "CODE,  name*,Known since,Nonsense\nA,Ann,2020-01-31,x\n"
    )

    assert (report.created, report.saved, report.ignored_columns) == (1, True, ("Nonsense",))
    with importing.host.unit_of_work(company="TW01"):
        grower = session().scalars(select(Grower)).one()
        assert (grower.code, grower.name, grower.since) == ("A", "Ann", datetime.date(2020, 1, 31))
        assert grower.created_by_id is not None


@pytest.mark.parametrize(
    "text", ["代碼,名稱,評等\nA,安,優質水果\n", "编码,名称,评级\nA,安,优质水果\n"]
)
def test_labels_count_in_every_language_whoever_reads(importing: Importing, text: str) -> None:
    report = importing.take("depot.growers", text, language="en")

    assert told(report) == []
    with importing.host.unit_of_work(company="TW01"):
        grower = session().scalars(select(Grower)).one()
        assert (grower.code, grower.name, grower.rating) == ("A", "安", Rating.FINE)


def test_a_file_without_any_known_column_is_refused(importing: Importing) -> None:
    with pytest.raises(NoColumnMatches) as refusal:
        importing.take("depot.growers", "this,that\n1,2\n")
    assert str(refusal.value).startswith("No column of table.csv is named like a field.")


def test_every_problem_is_named_by_row_field_and_column(importing: Importing) -> None:
    report = importing.take(
        "depot.growers",
        "code,name,since,rating,acres\n"
        "A,Ann,2020-01-31,fine,12\n"
        "b b,,31.1.2020,Splendid,-1\n"
        "C,Tybalt,,Plain fruit,1.5\n"
        "D,Tybalt,,,\n",
    )

    assert (report.created, report.refused, report.saved) == (1, 3, False)
    assert told(report) == [
        (3, "Code", "code", "This does not have the right form."),
        (3, "Name", "name", "This field is required."),
        (3, "Known since", "since", "“31.1.2020” is not a date that can be read."),
        (3, "Rating", "rating", "“Splendid” is none of: fine, plain."),
        (3, "Acres", "acres", "At least 0."),
        (4, None, None, "Tybalt was sent away."),
        (4, "Acres", "acres", "“1.5” is not a whole number."),
        (5, None, None, "Tybalt was sent away."),
    ]
    assert codes(importing.host) == []


def test_one_bad_row_refuses_the_whole_file(importing: Importing) -> None:
    report = importing.take("depot.growers", "code,name\nA,Ann\nB,Tybalt\nC,Cat\n")

    assert (report.saved, report.created, report.refused) == (False, 2, 1)
    assert codes(importing.host) == []


def test_the_good_rows_can_be_taken(importing: Importing) -> None:
    report = importing.take("depot.growers", "code,name\nA,Ann\nB,Tybalt\nC,Cat\n", only_good=True)

    assert (report.saved, report.created, report.refused) == (True, 2, 1)
    assert codes(importing.host) == ["A", "C"]


def test_what_the_database_refuses_is_told_by_row_and_takes_nothing_with_it(
    importing: Importing,
) -> None:
    importing.take("depot.growers", "code,name\nA,Ann\n")

    report = importing.take(
        "depot.growers", "code,name\nB,Bob\nX,Eve\nA,Alice\nC,Cat\n", only_good=True
    )

    said = "There is already a record with this value in “Code”."
    assert told(report) == [(4, "Code", "code", said)]
    assert codes(importing.host) == ["A", "B", "C", "X"]


def test_events_of_rows_that_were_undone_have_never_happened(importing: Importing) -> None:
    importing.take("depot.growers", "code,name\nA,Ann\nB,Tybalt\n")
    importing.take("depot.growers", "code,name\nC,Cat\n", dry_run=True)
    assert heard == []

    importing.take("depot.growers", "code,name\nA,Ann\nB,Tybalt\nC,Cat\n", only_good=True)

    assert heard == ["A", "C"]


def test_a_trial_says_what_would_happen_and_saves_nothing(importing: Importing) -> None:
    report = importing.take("depot.growers", "code,name\nA,Ann\nB,Bob\n", dry_run=True)

    assert (report.created, report.saved, report.dry_run) == (2, False, True)
    assert codes(importing.host) == []


def test_many_chunks_are_taken(importing: Importing) -> None:
    text = "code,name\n" + "".join(f"A{number},Ann\n" for number in range(1_001))

    report = importing.take("depot.growers", text)

    assert (report.created, len(codes(importing.host))) == (1_001, 1_001)


def test_a_thousand_problems_are_kept_and_the_others_counted(importing: Importing) -> None:
    report = importing.take("depot.growers", "code,name\n" + "x,Ann\n" * 1_050)

    assert (report.refused, len(report.problems), report.further_problems) == (1_050, 1_000, 50)


def test_cells_beyond_the_header_are_a_problem_and_missing_ones_are_empty(
    importing: Importing,
) -> None:
    report = importing.take(
        "depot.growers", "code,name,acres\nA,Ann\nB,Bob,1,\nC,Cat,1,surplus\n", only_good=True
    )

    assert told(report) == [(4, None, None, "The row has 4 cells, but there are 3 columns.")]
    assert codes(importing.host) == ["A", "B"]


def test_a_workbook_is_imported_with_its_numbers_and_dates(
    importing: Importing, tmp_path: Path
) -> None:
    path = tmp_path / "growers.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["code", "name", "since", "acres", "rating"])
    sheet.write_row(1, 0, [12, "Ann", None, 7, "FINE FRUIT"])
    sheet.write_datetime(1, 2, datetime.date(2020, 1, 31), book.add_format({"num_format": 14}))
    book.close()

    report = importing.take("depot.growers", path)

    assert told(report) == []
    with importing.host.unit_of_work(company="TW01"):
        grower = session().scalars(select(Grower)).one()
        assert (grower.code, grower.acres, grower.rating) == ("12", 7, Rating.FINE)
        assert grower.since == datetime.date(2020, 1, 31)


def test_moments_are_read_where_the_company_is(importing: Importing) -> None:
    importing.take("depot.growers", "code,name\nA,Ann\n")

    report = importing.take(
        "depot.crates", 'reference,grower,packed_at,weight\nX,A,2026-11-21 08:30,"1,200.5"\n'
    )

    assert told(report) == []
    with importing.host.unit_of_work(company="TW01"):
        crate = session().scalars(select(Crate)).one()
        assert crate.packed_at == datetime.datetime(2026, 11, 21, 0, 30, tzinfo=datetime.UTC)
        assert crate.weight == Decimal("1200.5")


def test_problems_are_told_in_the_readers_language(importing: Importing) -> None:
    report = importing.take("depot.growers", "代碼,名稱\nA,Tybalt\nB,\n")

    with speaking("zh_Hant"):
        first, second = told(report)
    assert first == (2, None, None, "Tybalt 已被請走。")
    assert second[:3] == (3, "名稱", "名稱")


def test_only_what_is_on_in_the_company_can_be_imported(importing: Importing) -> None:
    make_company(importing.host, code="HK01", plugins=())

    for company, resource in (("HK01", "depot.growers"), ("TW01", "depot.nothing")):
        with pytest.raises(UnknownResource):
            importing.take(resource, "code,name\nA,Ann\n", company=company)
    with pytest.raises(NotImportable):
        importing.take("depot.inspections", "reference\nA\n")


def test_readonly_fields_are_not_matched(importing: Importing) -> None:
    importing.take("depot.growers", "code,name\nA,Ann\n")

    report = importing.take("depot.crates", "reference,grower,checked,version,id\nX,A,1,9,9\n")

    assert report.ignored_columns == ("checked", "version", "id")
    with importing.host.unit_of_work(company="TW01"):
        crate = session().scalars(select(Crate)).one()
        assert (crate.checked, crate.version) == (False, 1)
