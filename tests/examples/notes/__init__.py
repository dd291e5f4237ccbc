"""Notes: short texts someone wants to keep."""
from sqlalchemy import String
from sqlalchemy.orm import Mapped

from bumen import CompanyModel, Plugin, Resource, field, translator

_ = translator(__file__, "notes")


class Note(CompanyModel):
    """A short text someone wants to keep."""
    __tablename__ = "notes_note"
    title: Mapped[str] = field(String(200), label=_("Title"))
    body: Mapped[str | None] = field(label=_("Text"))


class Notes(Resource):
    model, title, columns = Note, _("Notes"), ("title", "body")


plugin = Plugin(name="notes", title=_("Notes"), resources=(Notes,))
