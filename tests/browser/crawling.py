"""Walking through all pages by their links, as somebody does who looks at everything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

from flask.testing import FlaskClient

SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-said")
SILENT = {"script", "style", "svg"}
MOST_PAGES = 400


class Page(HTMLParser):
    """What a page says, and where it leads."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address, self.text = address, text
        self.words: list[str] = []
        self.links: list[str] = []
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in SILENT or (given.get("lang") is not None and tag != "html"):
            self._inside.append(tag)
        self.words += [given[name] or "" for name in SPOKEN if name in given]
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.address, given["href"] or ""))

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside and data.strip():
            self.words.append(data.strip())


def walk(client: FlaskClient, *, start: str = "/") -> Iterator[Page]:
    """Yield every kind of page that links lead to: one of each address, numbers aside."""
    waiting, known = [start], {_kind(start)}
    while waiting and len(known) < MOST_PAGES:
        address = waiting.pop(0)
        answer = client.get(address, follow_redirects=True)
        if "html" not in (answer.content_type or ""):
            continue
        page = Page(address, answer.text)
        yield page
        for link in page.links:
            parts = urlsplit(link)
            if not (parts.scheme or parts.netloc) and (kind := _kind(link)) not in known:
                known.add(kind)
                waiting.append(link)


def _kind(address: str) -> str:
    """Return what is alike in addresses of one kind: no numbers, no values."""
    parts = urlsplit(address)
    asked = "&".join(sorted(re.sub(r"=.*", "", one) for one in parts.query.split("&")))
    return re.sub(r"\d+", "0", parts.path) + "?" + asked


def section_of(address: str) -> str:
    """Return what is alike in addresses of one page, however it is narrowed, sorted or grouped."""
    parts = urlsplit(address)
    shown = parse_qs(parts.query).get("view", [""])[0]
    return re.sub(r"\d+", "0", parts.path) + f"?{shown}"
