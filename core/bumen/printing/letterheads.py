"""The letterhead of a company: what all its papers have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import undefer
from sqlalchemy.orm.exc import StaleDataError

from bumen.errors import InvalidInput, StaleVersion
from bumen.i18n import LANGUAGES, Text, translator
from bumen.printing.models import (
    LONGEST_HEADING,
    LONGEST_LINES,
    Letterhead,
    letterhead,
)
from bumen.printing.pressing import THIS, Enclosed, PressJob, pressed
from bumen.unit_of_work import company_now, session
from bumen.values import LARGEST_PICTURE, picture_type

_ = translator(__file__, "bumen")

_LONGEST = {"heading": LONGEST_HEADING, "details": LONGEST_LINES, "footer": LONGEST_LINES}
_SHOWN = {"image/png", "image/jpeg", "image/webp"}
LOGO = "logo"
"""What templates call the logo."""
_TRIAL = f'<html lang="en"><img src="paper:{LOGO}" alt="Logo" width="60">'


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What somebody wants the letterhead to be; `logo` is b"" to have none, None to keep it."""

    heading: str
    details: str
    footer: str
    language: str
    roc_years: bool
    logo: bytes | None = None


def letterhead_now() -> Letterhead:
    """Return the company's letterhead with its logo; a new one where none was kept yet."""
    found = session().scalar(letterhead().options(undefer(Letterhead.logo)))
    return found or Letterhead(heading="", details="", footer="", language="", roc_years=False)


def keep_letterhead(wishes: Wishes, *, version: int) -> Letterhead:
    """Keep the letterhead; refuses texts that are too long, and pictures that are none."""
    kept = letterhead_now()
    if (kept.version or 0) != version:
        raise StaleVersion
    refuse_unfit(wishes)
    for name in (*_LONGEST, "language", "roc_years"):
        setattr(kept, name, getattr(wishes, name))
    if wishes.logo is not None:
        kept.logo = wishes.logo or None
    session().add(kept)
    try:
        session().flush()
    except (IntegrityError, StaleDataError):  # somebody else was faster by a moment
        raise StaleVersion from None
    return kept


def refuse_undrawable(logo: bytes | None) -> None:
    """Refuse a picture that no paper could show: a broken one, or one beyond all size.

    The press tries it, which takes a moment; what it refuses, papers would leave out unsaid.
    """
    if not logo or picture_type(logo) not in _SHOWN or len(logo) > LARGEST_PICTURE:
        return  # refused anyway
    enclosed = {LOGO: Enclosed(mimetype=str(picture_type(logo)), content=logo)}
    tried = pressed(PressJob(templates={THIS: _TRIAL}, values=[{}], files=enclosed))
    if tried.remarks:
        said = _("This picture cannot be printed. Please save it anew in a picture program.")
        raise InvalidInput({"logo": [said]})


def told_of_letterhead(kept: Letterhead) -> Mapping[str, Any]:
    """Return what templates are told of the letterhead."""
    return {
        "heading": kept.heading or company_now().name,
        "details": kept.details.splitlines(),
        "footer": kept.footer.splitlines(),
        "has_logo": kept.logo is not None,
    }


def refuse_unfit(wishes: Wishes) -> None:
    """Refuse texts that are too long, a language nobody reads, and pictures that are none."""
    wrong: dict[str, list[Text]] = {}
    for name, longest in _LONGEST.items():
        if len(getattr(wishes, name)) > longest:
            wrong[name] = [_("At most %(length)s characters.", length=longest)]
    if wishes.language not in {"", *LANGUAGES}:
        wrong["language"] = [_("This value is not allowed.")]
    if wishes.logo and len(wishes.logo) > LARGEST_PICTURE:
        wrong["logo"] = [_("A picture may have 1 MB at most.")]
    elif wishes.logo and picture_type(wishes.logo) not in _SHOWN:
        wrong["logo"] = [_("This must be a picture: PNG, JPEG or WebP.")]
    if wrong:
        raise InvalidInput(wrong)
