"""A document: a company record with a number and a flow of states."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped

from bumen.documents.moving import Moving
from bumen.i18n import translator
from bumen.model import EVERYTHING, CompanyModel, field

_ = translator(__file__, "bumen")


class Document(Moving, CompanyModel):
    """A document has a number nobody else has, and moves through the states of its workflow."""

    __abstract__ = True
    __table_args__: Any = (UniqueConstraint("company_id", "number"),)

    named_by: ClassVar[tuple[str, ...]] = ("number",)
    keeps = EVERYTHING

    number: Mapped[str] = field(String(40), label=_("Number"), readonly=True, sort_order=-10)
