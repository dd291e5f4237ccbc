"""A new plugin is written where nothing is yet, under a name that nothing has."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bumen.scaffold import (
    FolderIsTaken,
    NewPlugin,
    PluginNameIsMalformed,
    PluginNameIsTaken,
    write_plugin,
)


@pytest.mark.parametrize(
    "name", ["", "a", "Parcels", "2parcels", "par-cels", "包裹", "x" * 31, "../up"]
)
def test_a_name_that_no_table_can_begin_with_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(PluginNameIsMalformed):
        write_plugin(_plugin(name), into=tmp_path, taken=())

    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_installed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PluginNameIsTaken):
        write_plugin(_plugin("sales"), into=tmp_path, taken={"base", "sales"})


def test_a_folder_that_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bumen-parcels").mkdir()

    with pytest.raises(FolderIsTaken):
        write_plugin(_plugin("parcels"), into=tmp_path, taken=())


def test_nothing_of_the_template_is_left_in_what_is_written(tmp_path: Path) -> None:
    place = write_plugin(_plugin("parcels"), into=tmp_path, taken=())
    files = [file for file in place.rglob("*") if file.is_file()]

    assert [file for file in files if "$" in f"{file}{file.read_text(encoding='utf-8')}"] == []
    assert [file.name for file in files if file.suffix == ".in" or file.name.isupper()] == []


def test_what_is_written_is_laid_out_like_the_house(tmp_path: Path) -> None:
    place = write_plugin(_plugin("parcels"), into=tmp_path, taken=())
    ruff = [str(Path(sys.executable).with_name("ruff"))]

    for verb in (["check"], ["format", "--check"]):
        told = subprocess.run([*ruff, *verb, "."], cwd=place, capture_output=True, check=False)
        assert told.returncode == 0, told.stdout.decode()


def test_a_title_with_quotes_stays_a_title(tmp_path: Path) -> None:
    place = write_plugin(_plugin("parcels", title='The "Parcels"'), into=tmp_path, taken=())

    for file in place.rglob("*.py"):
        compile(file.read_text(encoding="utf-8"), file, "exec")
    assert tomllib.loads((place / "pyproject.toml").read_text(encoding="utf-8"))


def _plugin(name: str, *, title: str = "Parcels") -> NewPlugin:
    return NewPlugin(name=name, title=title, title_zh_hant="包裹", title_zh_hans="包裹")
