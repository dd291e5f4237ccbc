"""The pages of a long order confirmation, as they are drawn: in both scripts, with their fonts."""

import re
from collections.abc import Iterator
from ctypes import create_string_buffer
from itertools import chain
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
import pytest
from pypdfium2 import PdfDocument, PdfPage

from bumen import CurrentCompany
from bumen.demo.letterheads import write_letterhead
from bumen.host import Host
from bumen_sales.tests.test_confirmation import print_order

LINES = 60
LONG = "雙面防潑水耐磨抗菌可拆洗沙發椅墊（含收納底座與加厚靠枕）双面防泼水沙发坐垫 Modular sofa"
BUYER = "國立臺灣跨海峽聯合家居採購暨物流配送股份有限公司廣州（广州）分公司"
SCALE, EDGE_MM = 1.5, 10
DRAWN = 200
"""What is darker than this is drawn."""


class Script(NamedTuple):
    """How a paper of one script is known."""

    language: str
    font: str
    heads: tuple[str, ...]
    page: str


SCRIPTS = [
    Script("zh_Hant", "CJK-TC", ("項次", "產品", "數量", "單價", "未稅金額"), "第 {} 頁，共 {} 頁"),
    Script("zh_Hans", "CJK-SC", ("序号", "产品", "数量", "单价", "未税金额"), "第 {} 页，共 {} 页"),
]


@pytest.fixture(params=SCRIPTS, ids=[one.language for one in SCRIPTS])
def script(request: Any) -> Script:
    """A script that customers read."""
    found: Script = request.param
    return found


@pytest.fixture
def paper(host: Host, company: CurrentCompany, make: Any, script: Script) -> PdfDocument:
    """The confirmation of an order with long names and more lines than a page holds."""
    with host.unit_of_work(company="TW01", by="admin"):
        write_letterhead()
        product, other = make.product(name=LONG).id, make.product().id
        customer = make.customer(name=BUYER).id
    lines = [
        {"product_id": product if place % 7 == 0 else other, "quantity": str(10 ** (place % 6))}
        for place in range(LINES)
    ]
    said = {"customer_id": customer, "lines": lines}
    return PdfDocument(print_order(host, make, language=script.language, **said).pdf)


def said_by(page: PdfPage) -> str:
    """Return what a page says, without the breaks of its lines."""
    return " ".join(page.get_textpage().get_text_bounded().split())


def test_every_page_says_what_its_columns_are_and_which_page_it_is(
    paper: PdfDocument, script: Script
) -> None:
    pages = [said_by(one) for one in paper]
    tight = [one.replace(" ", "") for one in pages]

    assert len(pages) >= 3
    assert all(head in one for one in pages for head in script.heads)
    wanted = [script.page.format(place, len(pages)) for place in range(1, len(pages) + 1)]
    assert [number in page for number, page in zip(wanted, pages, strict=True)] == [True] * len(
        pages
    )
    assert "".join(tight).count(LONG.replace(" ", "")) == len(range(0, LINES, 7))
    assert BUYER in tight[0]
    assert BUYER in tight[-1]  # where it signs


def test_every_line_stands_on_a_page_once_and_in_order(paper: PdfDocument) -> None:
    numbered = re.compile(r"^(\d+) P\d", re.MULTILINE)

    texts = (one.get_textpage().get_text_bounded().replace("\r", "") for one in paper)
    found = chain.from_iterable(numbered.findall(text) for text in texts)

    assert [int(one) for one in found] == list(range(1, LINES + 1))


def test_chinese_is_drawn_with_the_script_s_own_font_inside_the_file(
    paper: PdfDocument, script: Script
) -> None:
    fonts = set(chain.from_iterable(map(fonts_of, paper)))

    assert fonts
    assert all(is_inside for _name, is_inside in fonts)
    assert {script.font} == {
        match[0] for name, _inside in fonts if (match := re.search(r"CJK-[A-Z]{2}", name))
    }


def test_pages_are_drawn_and_nothing_runs_off_the_paper(paper: PdfDocument) -> None:
    for page in paper:
        picture = page.render(scale=SCALE).to_pil().convert("L")
        edge = round(EDGE_MM / 25.4 * 72 * SCALE)
        inside = picture.crop((edge, edge, picture.width - edge, picture.height - edge))

        assert 0.005 < share_drawn(inside) < 0.3
        assert drawn(picture) == drawn(inside)


def test_amounts_stand_below_each_other(paper: PdfDocument) -> None:
    said = paper[1].get_textpage()
    amounts = [one.end() for one in re.finditer(r"5% ?[\d,]+(?=\s)", said.get_text_range())]

    right_edges = {round(said.get_charbox(end - 1)[2]) for end in amounts}

    assert len(amounts) > 10
    assert len(right_edges) == 1


def fonts_of(page: PdfPage) -> Iterator[tuple[str, bool]]:
    """Yield the fonts of a page: what each is called, and whether it is in the file."""
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        font, name = pdfium.FPDFTextObj_GetFont(one), create_string_buffer(200)
        pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
        yield name.value.decode(), bool(pdfium.FPDFFont_GetIsEmbedded(font))


def drawn(picture: Any) -> int:
    """Return how many points of a picture are drawn."""
    return int(sum(picture.histogram()[:DRAWN]))


def share_drawn(picture: Any) -> float:
    """Return how much of a picture is drawn."""
    return drawn(picture) / (picture.width * picture.height)
