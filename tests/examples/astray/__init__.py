"""Astray: a plugin whose model refers to a table that is nowhere."""

from sqlalchemy.orm import Mapped

from bumen import CompanyModel, Plugin, belongs_to, translator

_ = translator(__file__, "astray")


class Letter(CompanyModel):
    """A letter to somebody who cannot be found."""

    __tablename__ = "astray_letter"
    reader: Mapped["Reader"] = belongs_to("astray_reader", label=_("Reader"))  # noqa: F821  # nowhere
    reader_id: Mapped[int]


plugin = Plugin(name="astray", title=_("Astray"))
