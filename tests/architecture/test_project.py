"""What stands around the code is true: the lock, the first pages, the smallest plugin in them."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

READMES = ("README.md", "README.zh-Hant.md", "README.zh-Hans.md")
LONGEST_README = 120
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]


def test_the_lock_holds_exact_versions_with_hashes_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.findall(
        r"^([\w.-]+)(==\S+)?(?: ;[^\\\n]*)? \\\n((?: +--hash=\S+.*\n)*)", lock, re.M
    )

    assert [name for name, version, hashes in entries if not (version and hashes)] == []
    assert re.findall(r"\w+://\S+|--(?:extra-)?index-url|--find-links", lock) == []


def test_the_lock_holds_everything_that_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*declared["dependencies"], *chain(*declared["optional-dependencies"].values())]
    names = {re.split(r"[\[<>=;]", one)[0].lower() for one in wanted} - {declared["name"]}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w.-]+)==", lock, re.M))

    assert names - locked == set()


@pytest.mark.parametrize("readme", READMES)
def test_a_first_page_is_short_and_shows_the_smallest_plugin(readme: str) -> None:
    page = (ROOT / readme).read_text(encoding="utf-8")
    smallest = (ROOT / "tests/examples/notes/__init__.py").read_text(encoding="utf-8")

    assert len(page.splitlines()) <= LONGEST_README
    assert f"```python\n{smallest}```" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", text)

    assert [target for target in targets if not (page.parent / target).exists()] == []
