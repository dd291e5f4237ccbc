"""What the host remembers of imports: how far each is, what it made, what was wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bumen.i18n import Text, language, translator
from bumen.model import CompanyModel, Model, field, index, unique
from bumen.model.accounts import User
from bumen.model.personal import Personal
from bumen.values import BIG_ID, Choice, Tone

_ = translator(__file__, "bumen")

LONGEST_FILE_NAME = 200
LONGEST_NAME = 80
LONGEST_READING = {"encoding": 40, "delimiter": 8, "sheet": 120}
"""How long it may be that says how a file is read."""
FILE_KEPT = timedelta(days=7)
"""How long the file of an import is kept."""
KEPT = timedelta(days=180)
"""How long it is kept what an import made and changed, and that there was one."""

Words = dict[str, str]
"""A sentence in each language of the house."""
_JSON = JSON(none_as_null=True)


class Stage(Choice):
    """How far an import is."""

    MAPPING = "mapping", _("Columns to be matched"), Tone.PLAIN
    CHECKING = "checking", _("Being checked"), Tone.ACTIVE
    CHECKED = "checked", _("Checked"), Tone.ACTIVE
    TAKING = "taking", _("Being imported"), Tone.ACTIVE
    DONE = "done", _("Imported"), Tone.GOOD
    REFUSED = "refused", _("Nothing imported"), Tone.BAD
    UNDOING = "undoing", _("Being undone"), Tone.WARNING
    UNDONE = "undone", _("Undone"), Tone.PLAIN


class Import(CompanyModel):
    """An import is one file on its way into a resource, and what became of it.

    `stored_as` is the file, None once it is removed; `mapping` says as a mapping file does which
    column becomes which field, None while nobody has. `run_id` is the background work that is, or
    was last, about it. `undone` counts the records that an undo has put back.
    """

    __tablename__ = "core_import"
    __table_args__ = (
        index("resource", "id"),
        index("created_by_id", "id"),
        Index(None, "created_at"),
    )
    in_history: ClassVar[bool] = False

    resource: Mapped[str] = mapped_column(String(120))
    file_name: Mapped[str] = mapped_column(String(LONGEST_FILE_NAME))
    stored_as: Mapped[str | None] = mapped_column(String(120), unique=True)
    size: Mapped[int]
    encoding: Mapped[str | None] = mapped_column(String(LONGEST_READING["encoding"]))
    delimiter: Mapped[str | None] = mapped_column(String(LONGEST_READING["delimiter"]))
    sheet: Mapped[str | None] = mapped_column(String(LONGEST_READING["sheet"]))
    mapping: Mapped[dict[str, Any] | None] = mapped_column(_JSON)
    stage: Mapped[Stage] = field(label=_("State"), default=Stage.MAPPING)
    only_good: Mapped[bool] = mapped_column(default=False)
    run_id: Mapped[int | None] = mapped_column(BIG_ID)
    rows: Mapped[int | None]
    created: Mapped[int] = mapped_column(Integer, default=0)
    updated: Mapped[int] = mapped_column(Integer, default=0)
    skipped: Mapped[int] = mapped_column(Integer, default=0)
    refused: Mapped[int] = mapped_column(Integer, default=0)
    lines: Mapped[int] = mapped_column(Integer, default=0)
    problems: Mapped[int] = mapped_column(Integer, default=0)
    undone: Mapped[int] = mapped_column(Integer, default=0, server_default="0")

    starter: Mapped[User | None] = relationship(
        User, primaryjoin="foreign(Import.created_by_id) == User.id", viewonly=True
    )
    beside: Mapped[list[ImportFile]] = relationship(
        "ImportFile", order_by="ImportFile.id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def plugin(self) -> str:
        """The department whose records it makes."""
        return self.resource.partition(".")[0]

    @property
    def is_in_part(self) -> bool:
        """Whether it came to less than was asked: rows were refused, or some were put back."""
        return self.stage is Stage.DONE and bool(self.refused or self.undone)

    @property
    def stage_said(self) -> Text:
        """How far it is, as people are told."""
        if not self.is_in_part:
            return self.stage.label
        return _("Undone in part") if self.undone else _("Imported in part")

    @property
    def tone(self) -> Tone:
        """What the word of how far it is sounds like."""
        return Tone.WARNING if self.is_in_part else self.stage.tone or Tone.PLAIN


class ImportFile(Model):
    """An import's second file is one that lies beside the first: lines come from it.

    A mapping names it as `file`, the way it does of files in one folder.
    """

    __tablename__ = "core_import_file"
    __table_args__ = (UniqueConstraint("import_id", "name"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("core_import.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_FILE_NAME))
    stored_as: Mapped[str] = mapped_column(String(120), unique=True)


class ImportedRecord(Model):
    """An imported record is one that an import made or changed, and how it was before.

    `version` is the record's afterwards: another tells that somebody has changed it since. `before`
    are the fields that were changed, as they were; `lines` says so of a document's lines.
    """

    __tablename__ = "core_import_record"
    __table_args__ = (Index(None, "import_id", "id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("core_import.id", ondelete="CASCADE"))
    record_id: Mapped[int] = mapped_column(BIG_ID)
    made: Mapped[bool]
    version: Mapped[int] = mapped_column(Integer)
    before: Mapped[dict[str, Any] | None] = mapped_column(_JSON)
    lines: Mapped[dict[str, Any] | None] = mapped_column(_JSON)


class ImportProblem(Model):
    """An import's problem is what is wrong with one row, or with a record that is to be undone."""

    __tablename__ = "core_import_problem"
    __table_args__ = (Index(None, "import_id", "row", "id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("core_import.id", ondelete="CASCADE"))
    row: Mapped[int] = mapped_column(Integer)
    file: Mapped[str] = mapped_column(String(LONGEST_FILE_NAME))
    field: Mapped[Words | None] = mapped_column(_JSON)
    column: Mapped[str | None] = mapped_column(String(1000))
    reason: Mapped[Words] = mapped_column(JSON)
    of_undoing: Mapped[bool] = mapped_column(default=False)

    @property
    def field_said(self) -> str:
        """What the field is called in the language of the moment."""
        return said(self.field)

    @property
    def reason_said(self) -> str:
        """The reason in the language of the moment."""
        return said(self.reason)


class KeptMapping(Personal):
    """A kept mapping is what somebody does with the columns of a kind of file, under a name."""

    __tablename__ = "core_import_mapping"
    __table_args__ = (unique("owner_id", "resource", "name"), index("resource", "shared"))

    resource: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = field(String(LONGEST_NAME), label=_("Name"))
    owner_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), index=True
    )
    shared: Mapped[bool] = field(label=_("Shared with everybody"), default=False)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)

    owner: Mapped[User] = relationship(User, foreign_keys=[owner_id])


def said(words: Words | None) -> str:
    """Return a sentence that is kept in all languages in that of the moment."""
    return "" if not words else words.get(language()) or words["en"]
