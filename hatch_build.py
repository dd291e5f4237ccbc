"""What the wheel holds beyond the packages: the built front end, the host's folders, catalogues."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HOST_FOLDERS = ("locale", "migrations")
FRONT_END = Path("core/bumen/web")
BUILT = FRONT_END / "static/dist/names.json"


class CompleteWheel(BuildHookInterface):
    """The step that completes a wheel; an editable install reads the tree instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the front end; add the host's folders and, from a scratch folder, every .mo."""
        if version == "editable":
            return
        build_front_end(Path(self.root))
        build_data["artifacts"].append(f"/{BUILT.parent.as_posix()}")
        if self.target_name == "sdist":
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
        if hasattr(self, "scratch"):
            self.scratch.cleanup()


def build_front_end(root: Path) -> None:
    """Bundle scripts, styles and icons, unless that was done since anything of it changed."""
    if _is_fresh(root):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("Building Bumen from its sources needs Node.js 20 or newer, with npm.")
    subprocess.run([npm, "ci"], cwd=root, check=True)  # noqa: S603  # our own lock file
    subprocess.run([npm, "run", "build"], cwd=root, check=True)  # noqa: S603


def _is_fresh(root: Path) -> bool:
    """Whether the front end is built: always in a source distribution, which has no Node.js."""
    built = root / BUILT
    if not built.exists():
        return False
    if (root / "PKG-INFO").exists():
        return True
    written = [root / "package-lock.json", *(root / FRONT_END / "assets").rglob("*")]
    return all(one.stat().st_mtime <= built.stat().st_mtime for one in written if one.is_file())


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


if __name__ == "__main__":
    build_front_end(Path(__file__).parent)
