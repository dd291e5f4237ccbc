"""A sample paper: how a letterhead looks before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bumen.i18n import FORMATS, LANGUAGES, Text, speaking, translator
from bumen.printing.dates import PaperFormats
from bumen.printing.letterheads import (
    LOGO,
    Wishes,
    letterhead_now,
    refuse_unfit,
    told_of_letterhead,
)
from bumen.printing.models import Letterhead
from bumen.printing.pressing import THIS, Enclosed, PressJob
from bumen.printing.templates import page_numbers, sample, shared_templates
from bumen.unit_of_work import company_now
from bumen.values import picture_type

_ = translator(__file__, "bumen")

_AMOUNTS = (Decimal(12_800), Decimal(4_600), Decimal(980))


def sample_of(wishes: Wishes, *, on: date) -> PressJob:
    """Set up a sample paper under a letterhead as somebody wants it to be; refuses what is unfit.

    It is printed in the language of papers, with its first page as a picture.
    """
    refuse_unfit(wishes)
    logo = letterhead_now().logo if wishes.logo is None else wishes.logo
    files = {}
    if logo:
        files[LOGO] = Enclosed(mimetype=picture_type(logo) or "", content=logo)
    templates = {**shared_templates(), THIS: sample()}
    values = _values(wishes, logo or None, on=on)
    return PressJob(templates=templates, values=[values], files=files, pictures=1)


def _values(wishes: Wishes, logo: bytes | None, *, on: date) -> Mapping[str, Any]:
    company = company_now()
    spoken = next(one for one in (wishes.language, company.locale, "en") if one in LANGUAGES)
    formats = PaperFormats(
        language=spoken,
        currency=company.currency,
        timezone=company.timezone,
        roc_years=wishes.roc_years,
    )
    texts = {"heading": wishes.heading, "details": wishes.details, "footer": wishes.footer}
    with speaking(spoken):
        return {
            "title": str(_("Sample")),
            "name": "A-0001",
            "words": {},
            "language": FORMATS[spoken].replace("_", "-"),
            "page_numbers": page_numbers(),
            "printed_on": formats.day(on),
            "letterhead": told_of_letterhead(Letterhead(**texts, logo=logo)),
            "texts": {"opening": "", "closing": ""},
            "amounts": [
                formats.amount(one, whole=formats.counts_whole(_AMOUNTS)) for one in _AMOUNTS
            ],
            "said": {name: str(said) for name, said in _SAID.items()},
        }


_SAID: Mapping[str, Text] = {
    "number": _("Number"),
    "day": _("Date"),
    "what": _("Item"),
    "amount": _("Amount"),
}
"""What stands on the sample."""
