"""What must always hold of carriers' money: asked by `bumen check`, of all companies at once."""

from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from bumen import Check
from bumen_logistics.models import (
    CashOnDelivery,
    FreightLine,
    FreightStatement,
    Remittance,
    RemittanceLine,
    RemittanceState,
)

_CASH, _LINE = CashOnDelivery, RemittanceLine


def _wrongly_remitted() -> Select[Any]:
    """Select what was handed over otherwise than posted remittances say."""
    posted = (
        select(func.coalesce(func.sum(_LINE.amount), 0))
        .join(
            Remittance,
            and_(
                Remittance.company_id == _LINE.company_id,
                Remittance.id == _LINE.remittance_id,
            ),
        )
        .where(
            _LINE.company_id == _CASH.company_id,
            _LINE.cod_id == _CASH.id,
            Remittance.state == RemittanceState.POSTED,
        )
    )
    lost = _CASH.outstanding != _CASH.collected - _CASH.remitted
    return select(_CASH.id).where(or_(lost, _CASH.remitted != posted.scalar_subquery()))


def _wrongly_added() -> Select[Any]:
    """Select remittances whose total is not that of their lines."""
    lines = select(func.coalesce(func.sum(_LINE.amount), 0)).where(
        _LINE.company_id == Remittance.company_id, _LINE.remittance_id == Remittance.id
    )
    return select(Remittance.id).where(Remittance.total != lines.scalar_subquery())


def _wrongly_billed() -> Select[Any]:
    """Select freight statements that bill something else than their lines."""
    lines = select(func.coalesce(func.sum(FreightLine.billed), 0)).where(
        FreightLine.company_id == FreightStatement.company_id,
        FreightLine.freight_statement_id == FreightStatement.id,
    )
    return select(FreightStatement.id).where(FreightStatement.billed != lines.scalar_subquery())


CHECKS = (
    Check(
        table="logistics_cod",
        sentence="What was collected was handed over by posted remittances, or is outstanding.",
        broken=_wrongly_remitted(),
    ),
    Check(
        table="logistics_remittance",
        sentence="A remittance comes to what its lines come to.",
        broken=_wrongly_added(),
    ),
    Check(
        table="logistics_freight_statement",
        sentence="A freight statement bills what its lines bill.",
        broken=_wrongly_billed(),
    ),
)
