"""What the wheel holds beyond the packages: the host's folders, and every catalogue compiled."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HOST_FOLDERS = ("locale", "migrations")


class CompleteWheel(BuildHookInterface):
    """The step that completes a wheel; an editable install reads the tree instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the host's folders and, from a scratch folder, a .mo beside each .po."""
        if version == "editable":
            return
        root, added = Path(self.root), build_data["force_include"]
        shipped = {root / name: f"bumen/_host/{name}" for name in HOST_FOLDERS}
        added.update({str(folder): place for folder, place in shipped.items()})
        shipped |= {folder: folder.name for folder in (root / "plugins").iterdir()}
        self.scratch = TemporaryDirectory()
        for number, (catalogue, place) in enumerate(_catalogues(shipped)):
            compiled = Path(self.scratch.name) / f"{number}.mo"
            _compile(catalogue, compiled)
            added[str(compiled)] = place

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Throw the scratch folder away."""
        if version != "editable":
            self.scratch.cleanup()


def _catalogues(shipped: dict[Path, str]) -> list[tuple[Path, str]]:
    """Return every catalogue with the place of its compiled form in the wheel."""
    return [
        (written, f"{place}/{written.relative_to(folder).with_suffix('.mo').as_posix()}")
        for folder, place in sorted(shipped.items())
        for written in sorted(folder.rglob("LC_MESSAGES/*.po"))
        if "tests" not in written.parts
    ]


def _compile(catalogue: Path, compiled: Path) -> None:
    language = catalogue.parent.parent.name
    with catalogue.open("rb") as texts, compiled.open("wb") as result:
        write_mo(result, read_po(texts, locale=language, domain=catalogue.stem))
