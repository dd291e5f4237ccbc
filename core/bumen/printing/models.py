"""What a company decides about its papers: its letterhead, its texts, templates of its own."""

from __future__ import annotations

from sqlalchemy import Select, String, Text, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bumen.i18n import translator
from bumen.model import CompanyModel, field, unique
from bumen.values import Picture

_ = translator(__file__, "bumen")

LONGEST_KEY = 180
LONGEST_BODY = 200_000
LONGEST_HEADING = 200
LONGEST_LINES = 2_000
LONGEST_NOTE = 200
MOST_LISTED = 50


class Letterhead(CompanyModel):
    """A letterhead is what all papers of a company have in common: its logo and its own texts."""

    __tablename__ = "core_letterhead"
    __table_args__ = (unique(),)
    named_by = ("heading",)

    heading: Mapped[str] = field(
        String(LONGEST_HEADING),
        label=_("Name on papers"),
        help=_("The company's registered name; what it is called here when left empty."),
        default="",
    )
    details: Mapped[str] = field(
        Text(),
        label=_("Address and contact"),
        help=_("Address, phone, tax ID: one below the other, at the top of every paper."),
        default="",
    )
    footer: Mapped[str] = field(
        Text(),
        label=_("Footer"),
        help=_("At the bottom of every page: bank account, website."),
        default="",
    )
    language: Mapped[str] = field(
        String(16),
        label=_("Language of papers"),
        help=_("Where it is not known in which language the receiver reads."),
        default="",
    )
    roc_years: Mapped[bool] = field(
        label=_("Years of the Republic of China"),
        help=_("In Traditional Chinese 2026 is written as year 115."),
        default=False,
    )
    logo: Mapped[Picture | None] = field(
        label=_("Logo"), help=_("PNG, JPEG or WebP, 1 MB at most."), deferred=True
    )


class PaperTemplate(CompanyModel):
    """A paper template is one version of how a company has a printout look.

    The latest counts. One without a body goes back to what the department has.
    """

    __tablename__ = "core_paper_template"
    __table_args__ = (unique("printout", "number"),)
    named_by = ("printout", "number")

    printout: Mapped[str] = field(String(LONGEST_KEY), label=_("Document"))
    number: Mapped[int] = field(label=_("Version"))
    note: Mapped[str] = field(String(LONGEST_NOTE), label=_("What has changed"), default="")
    body: Mapped[str | None] = mapped_column(Text(), deferred=True)


class PaperText(CompanyModel):
    """A paper text is what a company writes around the table of a paper, in one language."""

    __tablename__ = "core_paper_text"
    __table_args__ = (unique("printout", "language"),)
    named_by = ("printout", "language")

    printout: Mapped[str] = field(String(LONGEST_KEY), label=_("Document"))
    language: Mapped[str] = field(String(16), label=_("Language of the paper"))
    opening: Mapped[str] = field(
        Text(),
        label=_("Before the table"),
        help=_("Takes the place of the greeting that the paper has by itself."),
        default="",
    )
    closing: Mapped[str] = field(
        Text(),
        label=_("After the table"),
        help=_("Terms of delivery, bank account, thanks."),
        default="",
    )


def letterhead() -> Select[Letterhead]:
    """Select the letterhead of the company; there is one, or none yet."""
    return select(Letterhead)


def versions_of(printout: str) -> Select[PaperTemplate]:
    """Select the versions of a template, the latest first."""
    return (
        select(PaperTemplate)
        .where(PaperTemplate.printout == printout)
        .order_by(PaperTemplate.number.desc())
    )


def versions_listed(printout: str) -> Select[PaperTemplate, bool]:
    """Select the versions of a template without their texts, and whether each went back."""
    query = versions_of(printout)
    return query.add_columns(PaperTemplate.body.is_(None)).limit(MOST_LISTED)


def version_called(printout: str, number: int) -> Select[PaperTemplate]:
    """Select one version of a template."""
    return select(PaperTemplate).where(
        PaperTemplate.printout == printout, PaperTemplate.number == number
    )


def texts_of(printouts: list[str]) -> Select[PaperText]:
    """Select what is written around the tables of papers, in every language."""
    return select(PaperText).where(PaperText.printout.in_(printouts))


def latest_of(printouts: list[str]) -> Select[PaperTemplate]:
    """Select the latest version of each template, without their texts."""
    later = aliased(PaperTemplate)
    is_followed = (
        select(later.id)
        .where(
            later.company_id == PaperTemplate.company_id,
            later.printout == PaperTemplate.printout,
            later.number > PaperTemplate.number,
        )
        .exists()
    )
    return select(PaperTemplate).where(PaperTemplate.printout.in_(printouts), ~is_followed)
