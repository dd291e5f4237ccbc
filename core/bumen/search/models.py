"""What the search remembers: how each record can be found, and how far a rebuild has come."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Index, String, Table, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from bumen.model import Model
from bumen.search.grams import GIN
from bumen.values import BIG_ID

LONGEST_KIND = 63


class SearchEntry(Model):
    """A search entry is how one record can be found: its searched texts, folded, and their grams.

    `kind` is the table of the record, `words` the folded texts by the name of their field.
    """

    __tablename__ = "core_search"
    __table_args__ = (
        UniqueConstraint("company_id", "kind", "record_id"),
        Index("ix_core_search_grams", text(GIN), postgresql_using="gin").ddl_if(
            dialect="postgresql"
        ),
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("core_company.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(LONGEST_KIND))
    record_id: Mapped[int]
    words: Mapped[dict[str, str]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
    grams: Mapped[str]


class SearchBuild(Model):
    """A search build is how far the entries of a kind have been made: all of them, once `done`.

    `company_id` is 0 where it is about all companies. `fields` are those that are indexed.
    """

    __tablename__ = "core_search_build"

    kind: Mapped[str] = mapped_column(String(LONGEST_KIND), primary_key=True)
    company_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fields: Mapped[str]
    reached: Mapped[int]
    done: Mapped[bool]


ENTRIES: Table = SearchEntry.metadata.tables[SearchEntry.__tablename__]
BUILDS: Table = SearchBuild.metadata.tables[SearchBuild.__tablename__]
