"""What the page shows on which a record is printed: papers, languages, and where they can go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from bumen.errors import BusinessError, NotFound
from bumen.i18n import Text, translator
from bumen.model import Keeps
from bumen.printing.printing import language_of_paper
from bumen.printing.reach import why_unprintable
from bumen.printing.sending import Dispatch, proposed
from bumen.printing.templates import Declared
from bumen.resource import WRITE, Resource
from bumen.web.cells import screen_endpoint
from bumen.web.house import registry
from bumen.web.printing.asked import language_asked, printouts_declared, sends_mail
from bumen.web.security import allowed

_ = translator(__file__, "bumen")

LANGUAGES_OF_PAPERS = (("zh_Hant", "繁體中文"), ("zh_Hans", "简体中文"), ("en", "English"))
"""The languages papers are printed in, as their readers call them."""


@dataclass(frozen=True, kw_only=True)
class PrintLink:
    """A print link is what can be printed of a record now, and where it is shown."""

    name: str
    title: Text
    href: str


def print_links(resource: type[Resource], record: Any) -> list[PrintLink]:
    """Return what can be printed of a record as it is now."""
    endpoint = screen_endpoint(resource)
    return [
        PrintLink(
            name=one.printout.name,
            title=one.printout.title,
            href=url_for(f"{endpoint}.print_out", ident=record.id, name=one.printout.name),
        )
        for one in printouts_declared(resource)
        if why_unprintable(one, record) is None
    ]


def print_page(
    resource: type[Resource],
    record: Any,
    *,
    asked: Mapping[str, str],
    chosen: str = "",
    refusal: BusinessError | None = None,
    dispatch: Dispatch | None = None,
) -> dict[str, Any]:
    """Return what the page shows; `dispatch` is what was typed and refused."""
    every = _printable(resource, record)
    name = chosen or asked.get("printout", "")
    declared = next((one for one in every if one.printout.name == name), every[0])
    usual = language_of_paper(declared, record)
    language = language_asked() or usual
    writes = allowed(WRITE, resource.permission())
    return {
        "title": str(_("Print %(record)s", record=str(record))),
        "department": registry().plugins[resource.plugin()].plugin.title,
        "resource": resource,
        "record": record,
        "endpoint": screen_endpoint(resource),
        "printouts": every,
        "chosen": declared.printout,
        "languages": LANGUAGES_OF_PAPERS,
        "spoken": language,
        "usual": usual,
        "attaches": writes and Keeps.FILES in resource.model.keeps,
        "mails": writes and sends_mail(),
        "would_mail": writes,
        "dispatch": dispatch or proposed(declared, record, language=language),
        "refusal": refusal,
        "wrong": {} if refusal is None else refusal.fields,
    }


def _printable(resource: type[Resource], record: Any) -> list[Declared]:
    """Return what can be printed of a record; where nothing can be, say why."""
    possible = [one for one in printouts_declared(resource) if one.printout.possible(record)]
    if not possible:
        raise NotFound
    every = [one for one in possible if why_unprintable(one, record) is None]
    if not every:
        raise why_unprintable(possible[0], record) or NotFound
    return every
