"""The press: it prints what templates say, refuses what it cannot, and prints no boxes."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from bumen.printing.errors import FontIsMissing, LibraryIsMissing, SignHasNoFont, TemplateIsWrong
from bumen.printing.press import answered
from bumen.printing.pressing import Enclosed, Pressed, PressJob, pressed
from bumen.testing.fonts import without_chinese

ONE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8"
    "cfc000000301010018dd8db00000000049454e44ae426082"
)
LANGUAGE = '<html lang="zh-Hant"><body style="font-family: Noto Sans CJK TC">'


def printed(body: str, *values: dict[str, object], **more: object) -> Pressed:
    """Print a template, once for each of the values."""
    told = [{"words": {}, **one} for one in values or ({},)]
    return pressed(PressJob(templates={"this": f"{LANGUAGE}{body}"}, values=told, **more))  # type: ignore[arg-type]


def texts(done: Pressed) -> list[str]:
    """Return what each page of a PDF says."""
    return [one.get_textpage().get_text_bounded().strip() for one in PdfDocument(done.pdf)]


def shades_of(done: Pressed) -> int:
    """Return how many shades of grey the first page has: one where nothing is drawn."""
    picture = PdfDocument(done.pdf)[0].render(scale=1).to_pil().convert("L")
    return sum(1 for count in picture.histogram() if count)


class Listening(BaseHTTPRequestHandler):
    """Notes every address it is asked for."""

    heard: list[str]

    def do_GET(self) -> None:
        self.heard.append(self.path)
        self.send_error(404)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture
def neighbour() -> Iterator[tuple[str, list[str]]]:
    """A server next door: its address, and what it was asked for."""
    heard: list[str] = []
    handler = type("Heard", (Listening,), {"heard": heard})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    thread.join()
    server.server_close()


def test_values_are_printed_in_the_scripts_they_are_written_in() -> None:
    done = printed("<p>{{ name }} 骨直门", {"name": "訂單確認書 <b>&"})

    assert texts(done) == ["訂單確認書 <b>& 骨直门"]
    assert shades_of(done) > 10


def test_each_paper_counts_its_own_pages() -> None:
    body = (
        "<style>@page { @bottom-center { content: counter(page) '/' counter(pages) } }</style>"
        "{% for _ in range(count) %}<p style='break-after: page'>x</p>{% endfor %}end"
    )

    done = printed(body, {"count": 1}, {"count": 2})

    assert list(done.pages) == [2, 3]
    assert [one.split()[-1] for one in texts(done)] == ["1/2", "2/2", "1/3", "2/3", "3/3"]


def test_heads_of_tables_are_repeated_on_every_page() -> None:
    rows = "<tr><td>row</td></tr>" * 200

    done = printed(f"<table><thead><tr><th>HEAD</th></tr></thead><tbody>{rows}</tbody></table>")

    assert len(done.pages) == 1
    assert done.pages[0] > 2
    assert all(one.startswith("HEAD") for one in texts(done))


def test_a_template_shows_what_is_enclosed() -> None:
    files = {"logo": Enclosed(mimetype="image/png", content=ONE_PIXEL)}

    done = printed('<img src="paper:logo" alt="Logo" width="50">', files=files)

    assert done.remarks == []
    assert b"/Subtype /Image" in done.pdf


@pytest.mark.parametrize(
    "body",
    [
        '<img src="{address}/a.png">',
        '<link rel="stylesheet" href="{address}/a.css">',
        "<style>@import url({address}/b.css); p {{ background: url({address}/c.png) }}</style><p>x",
        "<style>@font-face {{ font-family: x; src: url({address}/f) }}</style><p>x",
        '<link rel="attachment" href="{address}/d">',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/e.png"/></svg>',
        '<base href="{address}/"><img src="f.png">',
    ],
)
def test_a_template_reaches_nothing_outside(body: str, neighbour: tuple[str, list[str]]) -> None:
    address, heard = neighbour

    done = printed(body.format(address=address))

    assert heard == []
    assert done.remarks


@pytest.mark.parametrize("place", ["file:///etc/hostname", "/etc/hostname", "paper:../press.py"])
def test_a_template_reads_no_file_of_the_server(place: str) -> None:
    done = printed(f'<link rel="attachment" href="{place}"><img src="{place}">')

    assert b"EmbeddedFile" not in done.pdf
    assert done.remarks


def refused(body: str, **values: object) -> dict[str, object]:
    """Return what a press answers of a template that cannot be printed, tried here and now."""
    job = {"templates": {"this": body}, "values": [{"words": {}, **values}], "files": {}}
    told: dict[str, object] = json.loads(answered(json.dumps(job).encode(), most=10_000_000))
    assert told["wrong"] == "template"
    return told


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ '{0.__class__}'.format(words) }}",
        "{{ '{a.__class__}'.format_map({'a': words}) }}",
        "{{ (words | attr('get')).__self__ }}",
        "{{ words | attr('__class__') }}",
        "{{ ('{0.__class__}' | attr('format'))(words) }}",
        "{{ [words] | map(attribute='__class__') | join }}",
        "{{ [words] | groupby('__class__') | map('first') | join }}",
        "{{ _.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ words.update({'a': 1}) }}",
        '{% import "os" as os %}',
        '{% include "/etc/passwd" %}',
    ],
)
def test_templates_reach_nothing_of_python(body: str) -> None:
    told = refused(f"\n{body}")

    assert (told["template"], told["line"]) == ("this", 2)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("\n{% for %}", 2),
        ("\n\n{{ nothing_such }}", 3),
        ("{{ 1 / 0 }}", 1),
        ("{{ range(999999999) | list }}", 1),
        ("\n{{ name | dictsort }}", 2),
        ("\n{{ name | xmlattr }}", 2),
        ("\n{{ [1, 'a'] | sort }}", 2),
        ("{{ 'x'.encode('zzz') }}", 1),
        ("{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}", 1),
        ("{% for a in [1] %}" * 25 + "x" + "{% endfor %}" * 25, 0),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", 0),
        ("<div>" * 3000 + "x", 0),
        ("<style>p { font-size: 1e30pt }</style><p>x", 0),
        ("{{ '\\ud800' }}", 0),
        ("{{ half }}", 0),
    ],
)
def test_whatever_a_template_raises_is_its_authors_with_the_line_where_known(
    body: str, line: int
) -> None:
    assert refused(body, name="x", half="\ud800")["line"] == line


def test_what_is_wrong_with_a_template_is_a_refusal_that_names_the_line() -> None:
    with pytest.raises(TemplateIsWrong, match=r"Line 3 .*no field “nothing_such”") as why:
        printed("\n\n{{ nothing_such }}")

    assert why.value.line == 3
    assert list(why.value.fields) == ["body"]


def test_a_missing_font_names_the_package_instead_of_printing_boxes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", without_chinese(tmp_path))

    with pytest.raises(FontIsMissing, match="fonts-noto-cjk"):
        printed("<p>訂單")


def test_a_sign_that_no_font_has_is_named() -> None:
    with pytest.raises(SignHasNoFont, match="\U0001e900"):
        printed("<p>\U0001e900")


def test_missing_libraries_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("libpango-1.0.so.0", "libpango-1.0-0", "pango-1.0-0", "pango-1.0"):
        (tmp_path / name).write_bytes(b"no library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))

    with pytest.raises(LibraryIsMissing, match=r"libpango-1\.0-0"):
        printed("<p>x")


def test_pages_are_drawn_as_pictures_for_previews() -> None:
    done = printed("<p style='break-after: page'>one</p>two", pictures=1)

    assert [one.startswith("iVBOR") for one in done.pictures] == [True]
    assert len(texts(done)) == 2
