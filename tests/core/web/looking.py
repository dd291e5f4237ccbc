"""A page as a tree of elements, looked through by tag, class and attribute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.test import TestResponse

_ALONE = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "use", "wbr"}
_INERT = {"template", "noscript"}


@dataclass
class Element:
    """An element of a page, with what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, without those inside templates and what is there for lack of a script."""
        words = (part if isinstance(part, str) else part.text for part in self.parts)
        return "" if self.tag in _INERT else " ".join(" ".join(words).split())

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attributes.get("class", "").split()

    def every(self, tag: str = "", *, of: str = "", **wanted: str) -> Iterator[Element]:
        """Yield the elements in it: of a tag, a class, and with attributes of these values."""
        for part in self.parts:
            if isinstance(part, str):
                continue
            if tag in ("", part.tag) and (not of or of in part.classes):
                names = {name.replace("_", "-"): value for name, value in wanted.items()}
                if all(part.attributes.get(name) == value for name, value in names.items()):
                    yield part
            if part.tag not in _INERT:
                yield from part.every(tag, of=of, **wanted)

    def one(self, tag: str = "", *, of: str = "", **wanted: str) -> Element:
        """Return the only such element."""
        (found,) = self.every(tag, of=of, **wanted)
        return found


class _Tree(HTMLParser):
    """Puts the elements of a page together."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Element("page")
        self._open = [self.page]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].parts.append(made)
        if tag not in _ALONE:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].parts.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, one in enumerate(self._open) if one.tag == tag]
        if places:
            del self._open[places[-1] :]

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)


def look_at(answer: TestResponse) -> Element:
    """Return a page as a tree."""
    assert answer.status_code == 200, (answer.status_code, answer.text[:500])
    tree = _Tree()
    tree.feed(answer.text)
    return tree.page


def heads(page: Element) -> list[str]:
    """Return the heads of the columns of a list."""
    row = page.one(of="list-table").one("thead")
    return [one.text for one in row.every("th") if "list-box" not in one.classes]


def rows(page: Element) -> list[list[str]]:
    """Return the rows of a list, each as its cells."""
    body = page.one("tbody", id="list-rows")
    return [
        [one.text for one in row.every("td") if "list-box" not in one.classes]
        for row in body.every("tr")
    ]
