"""Where somebody is in a list, and the ways on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bumen.i18n import Text, translator
from bumen.listing import MOST_COUNTED
from bumen.web.list_address import SIZES, ListAddress
from bumen.web.pages.addresses import url_of
from bumen.web.store import Page

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Ways:
    """The addresses of the pages around one; "" where there is none."""

    first: str = ""
    previous: str = ""
    next: str = ""
    last: str = ""


def paging(address: ListAddress, page: Page) -> dict[str, Any]:
    """Return what bumen/list/pager.html shows of a page."""
    sizes = sorted({*SIZES, address.listing.size})
    return {"where": _where(address, page), "pages": _ways(address, page), "sizes": sizes}


def _where(address: ListAddress, page: Page) -> Text | str:
    """Say which rows these are; their numbers are known only where one came page by page."""
    if not page.rows:
        return ""
    first, count = _first(address, page), f"{page.count:,}"
    if page.is_capped:
        count = f"{MOST_COUNTED:,}+"
    if first is None:
        return _("%(count)s in all", count=count)
    last = first + len(page.rows) - 1
    return _("%(first)s–%(last)s of %(count)s", first=f"{first:,}", last=f"{last:,}", count=count)


def _first(address: ListAddress, page: Page) -> int | None:
    """Return the number of the first row, counted from 1."""
    listing = address.listing
    if listing.last:
        return None if page.is_capped else page.count - len(page.rows) + 1
    if not page.previous:
        return 1
    told = address.at if "at" in address.arguments else None
    if told is None or page.is_capped or told + len(page.rows) - 1 <= page.count:
        return told
    return None


def _ways(address: ListAddress, page: Page) -> Ways:
    first = _first(address, page)

    def to(**place: Any) -> str:
        return url_of(address.resource, address.query(**place))

    before = first - address.listing.size if first is not None else None
    after = first + len(page.rows) if first is not None else None
    return Ways(
        first=to(after=None) if page.previous else "",
        previous=to(before=page.previous, at=_at(before)) if page.previous else "",
        next=to(after=page.next, at=_at(after)) if page.next else "",
        last=to(last=1) if page.next else "",
    )


def _at(number: int | None) -> int | None:
    return None if number is None else max(1, number)
