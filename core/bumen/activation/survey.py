"""What a switch would touch: how many records and open documents there are, and who works there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, literal, select
from sqlalchemy.orm import Mapper, Session

from bumen.activation.house import House
from bumen.activation.plan import Plan
from bumen.company.models import Membership
from bumen.database import only_reading
from bumen.documents import Document
from bumen.i18n import Text, translator
from bumen.jobs.finding import count_open_of, count_schedules_of
from bumen.model import CompanyModel, Model
from bumen.model.accounts import Role
from bumen.registry import Registry

_ = translator(__file__, "bumen")

CAP = 10_000
"""Counting stops here: beyond, it only matters that there are more."""


@dataclass(frozen=True, kw_only=True)
class Count:
    """A count is how many rows of one table there are; `more` says that counting stopped."""

    table: str
    title: Text | str
    number: int
    more: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the count as JSON values, in the language of the moment."""
        return {
            "table": self.table,
            "title": str(self.title),
            "number": self.number,
            "more": self.more,
        }

    def __str__(self) -> str:
        number = f"{self.number}+" if self.more else str(self.number)
        return str(_("%(title)s: %(number)s", title=self.title, number=number))


@dataclass(frozen=True, kw_only=True)
class TouchedPlugin:
    """A touched plugin is one that a plan switches, with what it holds in the company."""

    name: str
    title: Text | str
    records: tuple[Count, ...]
    open_documents: tuple[Count, ...]
    users: int
    open_runs: int = 0
    schedules: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return what is touched as JSON values."""
        return {
            "name": self.name,
            "title": str(self.title),
            "records": [count.to_json() for count in self.records],
            "open_documents": [count.to_json() for count in self.open_documents],
            "users": self.users,
            "open_runs": self.open_runs,
            "schedules": self.schedules,
        }


@dataclass(frozen=True, kw_only=True)
class Touched:
    """What a plan touches in a company, plugin by plugin, in the order of the plan."""

    plugins: tuple[TouchedPlugin, ...]

    def to_json(self) -> dict[str, Any]:
        """Return what is touched as JSON values."""
        return {"plugins": [plugin.to_json() for plugin in self.plugins]}


def survey(house: House, *, company_id: int, plan: Plan) -> Touched:
    """Count what each plugin of a plan holds in a company; changes nothing.

    Tables without rows are left out, and those of plugins that wait for an upgrade. Open documents
    are those whose workflow leads on from their state, open runs background work that has not come
    to an end, schedules what starts by itself. Users are the members who hold a role of the plugin
    there.
    """
    registry, behind = house.registry, house.pending() if plan.turn_on else {}
    known = {name: models_of(registry, name) for name in plan.touched if name not in behind}
    with only_reading(), house.database.wide_session() as session:
        return Touched(
            plugins=tuple(
                _survey_plugin(
                    session,
                    known.get(name, []),
                    registry=registry,
                    company_id=company_id,
                    name=name,
                )
                for name in plan.touched
            )
        )


def models_of(registry: Registry, name: str) -> list[type[CompanyModel]]:
    """Return the models of a plugin's company records, each before those that refer to it."""
    mappers: Iterable[Mapper[Any]] = Model.registry.mappers
    by_table = {mapper.local_table: mapper.class_ for mapper in mappers}
    tables = registry.tables_of(name) if name in registry.plugins else []
    found = (by_table.get(table) for table in tables)
    return [model for model in found if model is not None and issubclass(model, CompanyModel)]


def count_records(
    session: Session, models: Sequence[type[CompanyModel]], *, registry: Registry, company_id: int
) -> tuple[Count, ...]:
    """Count the rows of models in a company, by one statement; empty ones are left out.

    The session must see that company: its own, or one across companies.
    """
    counted = [
        (model, _capped(select(literal(1)).where(model.company_id == company_id)))
        for model in models
    ]
    return tuple(_counts(session, counted, registry=registry))


def _survey_plugin(
    session: Session,
    models: Sequence[type[CompanyModel]],
    *,
    registry: Registry,
    company_id: int,
    name: str,
) -> TouchedPlugin:
    documents = [model for model in models if issubclass(model, Document)]
    open_ones = [(model, _capped(_open(model, company_id))) for model in documents]
    return TouchedPlugin(
        name=name,
        title=registry.plugins[name].plugin.title if name in registry.plugins else name,
        records=count_records(session, models, registry=registry, company_id=company_id),
        open_documents=tuple(_counts(session, open_ones, registry=registry)),
        users=session.scalar(_users_of(name, company_id)) or 0,
        open_runs=session.scalar(count_open_of(name, company_id=company_id)) or 0,
        schedules=session.scalar(count_schedules_of(name, company_id=company_id)) or 0,
    )


def _counts(
    session: Session,
    counted: Sequence[tuple[type[CompanyModel], ScalarSelect[int]]],
    *,
    registry: Registry,
) -> Iterator[Count]:
    if not counted:
        return
    numbers = session.execute(select(*(number for _model, number in counted))).one()
    for (model, _number), number in zip(counted, numbers, strict=True):
        if number:
            yield Count(
                table=str(model.__tablename__),
                title=_title(model, registry),
                number=min(number, CAP),
                more=number > CAP,
            )


def _capped(rows: Select[Any]) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows.limit(CAP + 1).subquery()).scalar_subquery()


def _open(model: type[Document], company_id: int) -> Select[int]:
    states: Iterable[Any] = model.__table__.c.state.type.enum_class
    lasting = [state for state in states if not model.workflow.is_final(state)]
    return select(model.id).where(model.company_id == company_id, model.state.in_(lasting))


def _users_of(name: str, company_id: int) -> Select[int]:
    return (
        select(func.count(Membership.user_id.distinct()))
        .join(Membership.roles)
        .where(
            Membership.company_id == company_id, Role.name.startswith(f"{name}.", autoescape=True)
        )
    )


def _title(model: type[CompanyModel], registry: Registry) -> Text | str:
    return registry.title_of(model)
