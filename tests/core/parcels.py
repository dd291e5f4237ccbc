"""Parcels: a plugin that is written to a folder, and becomes another while tests look on."""

from dataclasses import replace
from pathlib import Path

from alembic import command
from sqlalchemy import inspect, text

from bumen.database import Database
from bumen.loading import LoadedModels
from bumen.migrations.branches import Branch
from bumen.migrations.connecting import alone
from bumen.registry import Candidate, Registry

FIRST = '''
"""Parcels: what is on its way to somebody."""
from datetime import date, datetime
from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped
from bumen import Choice, CompanyModel, Money, Percent, Plugin, Quantity, belongs_to, field
from bumen import index, translator, unique

_ = translator(__file__, "parcels")
NOT_LOST = text("stage != 'lost'")


class Stage(Choice):
    POSTED = "posted", _("Posted")
    LOST = "lost", _("Lost")


class Depot(CompanyModel):
    """A depot is where parcels wait."""
    __tablename__ = "parcels_depot"
    __table_args__ = (unique("code"),)
    code: Mapped[str] = field(String(20), label=_("Code"))
    above: Mapped["Depot | None"] = belongs_to("Depot", label=_("Above"))
    busiest: Mapped["Parcel | None"] = belongs_to("parcels_parcel", label=_("Busiest"), later=True)


class Parcel(CompanyModel):
    """A parcel is a thing in a box."""
    __tablename__ = "parcels_parcel"
    __table_args__ = (
        index("stage", "number"),
        Index("ix_parcels_on_their_way", "company_id", "due", unique=True,
              sqlite_where=NOT_LOST, postgresql_where=NOT_LOST),
    )
    number: Mapped[str] = field(String(40), label=_("Number"))
    depot: Mapped[Depot] = belongs_to(Depot, label=_("Depot"))
    stage: Mapped[Stage] = field(label=_("Stage"), default=Stage.POSTED)
    before: Mapped[Stage | None] = field(label=_("Stage before"))
    price: Mapped[Money] = field(label=_("Price"), minimum=0)
    weight: Mapped[Quantity | None] = field(label=_("Weight"))
    discount: Mapped[Percent | None] = field(label=_("Discount"))
    posted_at: Mapped[datetime | None] = field(label=_("Posted at"))
    due: Mapped[date | None] = field(label=_("Due"))
    insured: Mapped[bool] = field(label=_("Insured"), default=False)


plugin = Plugin(name="parcels", title=_("Parcels"))
'''
SECOND = (
    FIRST.replace("""    LOST =""", """    FOUND = "found", _("Found")\n    LOST =""")
    .replace("""(String(40), label=_("Number"))""", """(String(60), label=_("Number"))""")
    .replace(
        """    due:""",
        """    worth: Mapped[Money | None] = field(label=_("Worth"), minimum=0)\n    due:""",
    )
    .replace("""    weight: Mapped[Quantity | None] = field(label=_("Weight"))\n""", "")
    .replace("""index("stage", "number"),""", """index("stage", "due"), unique("number"),""")
)
ROWS = """
    INSERT INTO core_company (id, code, name, country, currency, locale, timezone, active,
                              created_at)
        VALUES (1, 'TW01', 'One', 'TW', 'TWD', 'en', 'Asia/Taipei', '1', '2026-01-01');
    INSERT INTO parcels_depot (id, company_id, version, code, created_at, changed_at)
        VALUES (1, 1, 1, 'N', '2026-01-01', '2026-01-01');
    INSERT INTO parcels_parcel (id, company_id, version, number, depot_id, stage, price, insured,
                                created_at, changed_at)
        VALUES (1, 1, 1, 'P1', 1, 'posted', 100, '0', '2026-01-01', '2026-01-01')
"""


def load(package: Path, source: str) -> Registry:
    """Load the parcels as they are written now."""
    forget()
    (package / "__init__.py").write_text(source)
    registry = Registry.load([Candidate("parcels", "parcels")])
    assert registry.quarantined == {}
    return registry


def forget() -> None:
    """Take the parcels out of the house, so that others may be loaded by their name."""
    now = LoadedModels.now()
    replace(
        now,
        classes=frozenset(one for one in now.classes if one.class_.__module__ != "parcels"),
        tables=frozenset(one for one in now.tables if not one.name.startswith("parcels_")),
        modules=now.modules - {"parcels"},
    ).restore()


def run(database: Database, statements: str) -> None:
    """Send plain statements, as somebody at a console would."""
    with database.engine.begin() as connection:
        for statement in statements.split(";"):
            connection.execute(text(statement))


def go_back(database: Database, branch: Branch, *, to: str) -> None:
    """Undo the revisions of a branch after one, as a developer would."""
    with alone(database.engine.url) as connect, connect() as connection:
        command.downgrade(branch.config(connection=connection), to)


def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    """Return what a plain query finds."""
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def tables(database: Database) -> list[str]:
    """Return the names of all tables."""
    with database.engine.connect() as connection:
        return inspect(connection).get_table_names()
