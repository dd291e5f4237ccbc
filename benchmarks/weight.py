"""What a browser loads to dress and move a list page, packed as servers send it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click

from benchmarks.figures import Goal, Report, table, tell
from bumen.web import skin

BUILT = Path(skin.__file__).parent / "static" / "dist"
FIRST = ("theme.js", "styles.css", "main.js")
"""What every page names."""
PARTS = ("part-list.js", "part-lookup.js", "part-keys.js", "part-menu.js", "part-palette.js")
"""What a list page asks for when it is shown."""
MOST_KIB = 250
_IMPORTED = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')


def report() -> Report:
    """Weigh the files of a list page."""
    weights = {name: len(gzip.compress((BUILT / name).read_bytes(), 9)) for name in files()}
    total = sum(weights.values())
    rows = [(name, _kib(weight)) for name, weight in sorted(weights.items())]
    told = table([("CSS and JavaScript of a list page, gzipped", ""), *rows, ("all", _kib(total))])
    goal = Goal(
        promise=f"a list page loads at most {MOST_KIB} KiB",
        found=_kib(total),
        met=total <= MOST_KIB * 1024,
    )
    return Report(text=told, found={**weights, "all": total}, goals=[goal])


def files() -> list[str]:
    """Return the names of the files a list page loads."""
    names = json.loads((BUILT / "names.json").read_text(encoding="utf-8"))
    wanted = [names[name] for name in (*FIRST, *PARTS)]
    found: dict[str, None] = {}
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = None
            wanted += _imported(name)
    return list(found)


def _imported(name: str) -> Iterator[str]:
    if name.endswith(".js"):
        yield from _IMPORTED.findall((BUILT / name).read_text(encoding="utf-8"))


def _kib(weight: int) -> str:
    return f"{weight / 1024:.1f} KiB"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures for programs.")
def main(*, as_json: bool) -> None:
    """Weigh what a list page loads."""
    tell({"weight": report()}, as_json=as_json)


if __name__ == "__main__":
    main()
