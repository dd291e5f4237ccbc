"""A new plugin, written as a distribution of its own whose tests pass from the first day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from string import Template

from bumen.errors import BusinessError
from bumen.i18n import translator

_ = translator(__file__, "bumen")

NAME = re.compile(r"[a-z][a-z0-9]{1,29}")
SUFFIX = ".in"
"""What the files of the template end in, so that no tool takes them for code."""


class PluginNameIsMalformed(BusinessError):
    """The refusal of a name that tables, addresses and packages cannot begin with."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "“%(name)s” cannot name a plugin: take 2 to 30 lower-case letters and digits,"
                " a letter first.",
                name=name,
            )
        )


class PluginNameIsTaken(BusinessError):
    """The refusal of a name that an installed plugin has."""

    def __init__(self, name: str) -> None:
        super().__init__(_("A plugin named “%(name)s” is installed already.", name=name))


class FolderIsTaken(BusinessError):
    """The refusal to write into a folder that is there already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(_("The folder %(folder)s exists already.", folder=folder))


@dataclass(frozen=True, kw_only=True)
class NewPlugin:
    """What has to be known of a plugin before its first file: a name, and a title per language."""

    name: str
    title: str
    title_zh_hant: str
    title_zh_hans: str

    @property
    def package(self) -> str:
        """The name its code is imported by."""
        return f"bumen_{self.name}"

    @property
    def distribution(self) -> str:
        """The name it is installed by, and its folder's."""
        return f"bumen-{self.name}"


def write_plugin(plugin: NewPlugin, *, into: Path, taken: Collection[str]) -> Path:
    """Write a new plugin's distribution below a folder and return its place.

    Refuses a malformed name, one that is `taken`, and a folder that exists.
    """
    if not NAME.fullmatch(plugin.name):
        raise PluginNameIsMalformed(plugin.name)
    if plugin.name in taken:
        raise PluginNameIsTaken(plugin.name)
    place = into / plugin.distribution
    if place.exists():
        raise FolderIsTaken(place)
    words = _words(plugin)
    for path, text in _template():
        written = place / path.replace("PACKAGE", plugin.package).replace("NAME", plugin.name)
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(Template(text).substitute(words), encoding="utf-8", newline="\n")
    return place


def _words(plugin: NewPlugin) -> dict[str, str]:
    """Return what stands for the names in the template."""
    major, minor = version("bumen").split(".")[:2]
    return {
        "name": plugin.name,
        "package": plugin.package,
        "distribution": plugin.distribution,
        "title": _quoted(plugin.title),
        "title_zh_hant": _quoted(plugin.title_zh_hant),
        "title_zh_hans": _quoted(plugin.title_zh_hans),
        "bumen": f">={major}.{minor},<{major}.{int(minor) + 1}",
    }


def _quoted(text: str) -> str:
    """Return a text as it may stand between double quotes, on one line."""
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')


def _template() -> Iterator[tuple[str, str]]:
    """Yield the files of the template: where each goes, and what it says."""
    waiting: list[tuple[PurePosixPath, Traversable]] = [
        (PurePosixPath(), files("bumen.scaffold") / "template")
    ]
    while waiting:
        place, found = waiting.pop()
        if found.is_dir():
            waiting += [(place / one.name, one) for one in found.iterdir()]
        elif found.name.endswith(SUFFIX):
            yield str(place).removesuffix(SUFFIX), found.read_text(encoding="utf-8")
