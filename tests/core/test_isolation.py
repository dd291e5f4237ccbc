"""The walls between companies, tried from inside: through the session, and in the schema."""

import pytest
from sqlalchemy import delete, func, insert, literal_column, select, text, update
from sqlalchemy.exc import IntegrityError

from bumen.company.isolation import IsolationBreach
from bumen.company.models import Company
from bumen.host import Host
from bumen.jobs.rounds import RoundEntry
from bumen.registry import Candidate
from bumen.unit_of_work import CurrentCompany, UnitOfWork, moment, session
from notes import Note
from tree import Branch


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return (Candidate("notes", "notes"), Candidate("tree", "tree"))


@pytest.fixture
def foreign(host: Host, company: CurrentCompany, other_company: CurrentCompany) -> int:
    """The id of a note of another company."""
    with host.unit_of_work(company=other_company.code) as unit:
        note = Note(title="theirs")
        unit.session.add(note)
        unit.session.flush()
        return note.id


@pytest.fixture
def mine(foreign: int, unit: UnitOfWork) -> Note:
    """A note of one's own company."""
    note = Note(title="mine")
    unit.session.add(note)
    unit.session.flush()
    return note


READS = {
    "columns": (lambda: select(Note.title), [("mine",)]),
    "count": (lambda: select(func.count()).select_from(Note), [(1,)]),
    "subquery": (lambda: select(select(Note).subquery().c.title), [("mine",)]),
    "cte": (lambda: select(select(Note).cte().c.title), [("mine",)]),
    "exists": (lambda: select(select(Note).where(Note.title == "theirs").exists()), [(False,)]),
    "union": (lambda: select(Note.title).union_all(select(Note.title)), [("mine",), ("mine",)]),
}


@pytest.mark.parametrize("way", READS)
def test_no_way_of_asking_shows_another_companys_rows(mine: Note, way: str) -> None:
    query, expected = READS[way]

    assert session().execute(query()).all() == expected


def test_get_finds_nothing_of_another_company(mine: Note, foreign: int) -> None:
    assert session().get(Note, foreign) is None
    assert session().get(Note, mine.id) is mine


def test_updates_and_deletes_reach_ones_own_rows_only(
    host: Host, mine: Note, foreign: int, other_company: CurrentCompany
) -> None:
    session().execute(update(Note).values(title="taken"))
    session().execute(delete(Note))
    session().commit()

    with host.unit_of_work(company=other_company.code):
        assert session().get_one(Note, foreign).title == "theirs"


def test_no_company_no_rows(host: Host, foreign: int) -> None:
    with host.unit_of_work():
        assert session().scalars(select(Note)).all() == []


def test_nothing_can_be_made_without_a_company(host: Host, company: CurrentCompany) -> None:
    with pytest.raises(IsolationBreach), host.unit_of_work() as unit:
        unit.session.add(Note(title="nobody's"))
        unit.session.flush()


def test_a_record_for_another_company_is_refused(
    host: Host, company: CurrentCompany, other_company: CurrentCompany
) -> None:
    with pytest.raises(IsolationBreach), host.unit_of_work(company=company.code) as unit:
        unit.session.add(Note(title="smuggled", company_id=other_company.id))
        unit.session.flush()


def test_a_record_cannot_move_to_another_company(mine: Note, other_company: CurrentCompany) -> None:
    mine.company_id = other_company.id

    with pytest.raises(IsolationBreach):
        session().flush()


BULK = {
    "core select": lambda: select(Note.__table__),
    "core update": lambda: update(Note.__table__).values(title="x"),
    "core delete": lambda: delete(Note.__table__),
    "plain sql": lambda: text("SELECT * FROM notes_note"),
    "core column among models": lambda: select(Branch.id, Note.__table__.c.title),
    "core subquery of a model": lambda: select(Branch).where(
        Branch.name.in_(select(Note.__table__.c.title))
    ),
    "core table joined to a model": lambda: select(Branch.id).join(
        Note.__table__, Note.__table__.c.id == Branch.id
    ),
    "plain sql as a source": lambda: select(literal_column("title")).select_from(
        text("notes_note")
    ),
    "plain sql as a column": lambda: select(Branch.id, text("(SELECT count(*) FROM notes_note)")),
    "plain sql for a model": lambda: select(Note).from_statement(text("SELECT * FROM notes_note")),
    "moving away": lambda: update(Note).values(company_id=-1),
}


@pytest.mark.parametrize("way", BULK)
def test_statements_that_know_no_models_are_refused(mine: Note, way: str) -> None:
    with pytest.raises(IsolationBreach):
        session().execute(BULK[way]())


def test_bulk_writes_are_refused_when_they_leave_the_company(
    mine: Note, foreign: int, other_company: CurrentCompany
) -> None:
    row = {"title": "x", "version": 1, "created_at": mine.created_at, "changed_at": mine.changed_at}

    with pytest.raises(IsolationBreach):
        session().execute(insert(Note), [{**row, "company_id": other_company.id}])
    with pytest.raises(IsolationBreach):
        session().execute(update(Note), [{"id": foreign, "title": "x"}])


def test_the_schema_itself_keeps_references_inside(
    host: Host, company: CurrentCompany, other_company: CurrentCompany
) -> None:
    with host.unit_of_work(company=other_company.code) as unit:
        unit.session.add(Branch(name="theirs"))
        unit.session.flush()
        theirs = unit.session.scalar(select(Branch.id))

    with pytest.raises(IntegrityError), host.unit_of_work(company=company.code) as unit:
        unit.session.add(Branch(name="mine", parent_id=theirs))
        unit.session.flush()


def test_a_relationship_never_loads_another_companys_record(
    host: Host, company: CurrentCompany
) -> None:
    with host.unit_of_work(company=company.code) as unit:
        root = Branch(name="root")
        unit.session.add(Branch(name="twig", parent=root))
        unit.session.flush()
        unit.session.expire_all()
        twig = unit.session.scalars(select(Branch).where(Branch.name == "twig")).one()
        assert twig.parent is not None
        assert twig.parent.name == "root"


def test_who_and_when_are_stamped(mine: Note, unit: UnitOfWork) -> None:
    assert (mine.created_by_id, mine.changed_by_id) == (unit.user.id, unit.user.id)
    assert mine.created_at.utcoffset() is not None
    assert mine.version == 1
    mine.title = "changed"
    unit.session.flush()
    assert mine.version == 2


WRITES = {
    "rows of a model": lambda: update(Note).values(title="changed"),
    "rows that are deleted": lambda: delete(Note),
    "rows of a table": lambda: update(Company.__table__).values(name="changed"),
    "a row that is made": lambda: insert(RoundEntry).values(
        name="x", next_at=moment(), failed=False
    ),
}


@pytest.mark.parametrize("way", WRITES)
def test_what_a_statement_wrote_is_known_until_it_is_kept(
    mine: Note, unit: UnitOfWork, way: str
) -> None:
    unit.commit()
    session().execute(select(Note))
    before = unit.session.has_unkept
    session().execute(WRITES[way]())
    written = unit.session.has_unkept
    unit.commit()

    assert (before, written, unit.session.has_unkept) == (False, True, False)
