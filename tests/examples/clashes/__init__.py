"""Clashes: a plugin whose second table has the name of another plugin's."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from bumen import CompanyModel, Plugin, field, translator

_ = translator(__file__, "clashes")


class Fine(CompanyModel):
    """A model that could stand, were it not for the next one."""

    __tablename__ = "clashes_fine"
    name: Mapped[str] = field(String(20), label=_("Name"))


class Note(CompanyModel):
    """A model that wants the table of the notes."""

    __tablename__ = "notes_note"
    name: Mapped[str] = field(String(20), label=_("Name"))


plugin = Plugin(name="clashes", title=_("Clashes"))
