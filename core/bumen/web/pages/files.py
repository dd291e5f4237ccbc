"""The files of a record, as a tab of its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from bumen.documents.attachments import Attachment, files_of, may_take_away
from bumen.documents.file_kinds import KINDS
from bumen.errors import BusinessError
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.model import Keeps
from bumen.resource import Resource
from bumen.unit_of_work import current, session
from bumen.web.attachments import address_of, names_of_people, why_not_served
from bumen.web.cells import screen_endpoint
from bumen.web.pages.tabs import Tab
from bumen.web.reached import may_write

_ = translator(__file__, "bumen")

TAB = "files"
TEMPLATE = "bumen/record/files.html"
_STEPS = ((1024 * 1024, "MB"), (1024, "KB"))


@dataclass(frozen=True, kw_only=True)
class ShownFile:
    """A file as the tab shows it; `drop_address` is "" for whoever may not take it away.

    `withheld` says why it cannot be read; then it has no address.
    """

    name: str
    withheld: Text | str | None
    address: str
    preview: str
    icon: str
    size: str
    moment: str
    person: str
    drop_address: str


def files_tab(
    resource: type[Resource], record: Any, *, refusal: BusinessError | None = None
) -> Tab | None:
    """Return the tab of a record's files, with why one was refused; None where none are kept."""
    if Keeps.FILES not in resource.model.keeps:
        return None
    title: Text = _("Files")
    files = list(session().scalars(files_of(resource, record)))
    attaches = may_write(resource, record)
    values = {
        "files": _shown(resource, record, files, attaches=attaches),
        "attaches": url_for(f"{screen_endpoint(resource)}.attach", ident=record.id)
        if attaches
        else "",
        "accepted": ",".join(f".{extension}" for extension in KINDS),
        "most_megabytes": current().neighbours.files.most_megabytes,
        "refusal": refusal,
    }
    count = str(len(files)) if files else ""
    return Tab(key=TAB, title=title, template=TEMPLATE, values=values, count=count)


def _shown(
    resource: type[Resource], record: Any, files: list[Attachment], *, attaches: bool
) -> list[ShownFile]:
    people, formats = names_of_people(files), formats_here()
    refusals = [why_not_served(resource, record, file) for file in files]
    return [
        ShownFile(
            name=file.name,
            withheld=None if why is None else why.message,
            address=_address(resource, file) if why is None else "",
            preview=_address(resource, file) if file.kind.is_image else "",
            icon=file.kind.icon,
            size=size_of(file.size),
            moment=formats.moment(file.created_at),
            person=people.get(file.created_by_id or 0, ""),
            drop_address=_drop_address(resource, record, file) if attaches else "",
        )
        for file, why in zip(files, refusals, strict=True)
    ]


def size_of(size: int) -> str:
    """Write how large a file is: 312 B, 48 KB, 2.5 MB."""
    for step, unit in _STEPS:
        if size >= step:
            number = f"{size / step:.1f}".removesuffix(".0")
            return f"{number} {unit}"
    return f"{size} B"


def _address(resource: type[Resource], file: Attachment) -> str:
    shown = "?inline=1" if file.kind.is_shown else ""
    return f"{address_of(resource, file)}{shown}"


def _drop_address(resource: type[Resource], record: Any, file: Attachment) -> str:
    if not may_take_away(resource, record, file, by=current().user):
        return ""
    endpoint = f"{screen_endpoint(resource)}.drop_file"
    return url_for(endpoint, ident=record.id, file_id=file.id)
