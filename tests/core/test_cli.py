"""The `bumen` command: what it can do, and how it says no."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bumen.cli import main


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BUMEN_DATA_DIR", str(tmp_path / "var"))


def test_every_command_explains_itself() -> None:
    silent = [name for name, command in main.commands.items() if not command.get_short_help_str()]

    assert silent == []


def test_an_unknown_setting_is_named_and_nothing_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUMEN_SECRETKEY", "oops")

    told = _bumen("upgrade")

    assert told.exit_code == 1
    assert told.stderr == "Error: BUMEN_SECRETKEY is not a setting of Bumen.\n"
    assert list(tmp_path.iterdir()) == []


def test_an_upgrade_says_what_it_did_and_the_next_one_has_nothing_to_do() -> None:
    first, second = _bumen("upgrade"), _bumen("upgrade")

    assert first.stdout.startswith("core 0001:")
    assert second.stdout == "Nothing to do.\n"


def test_a_refusal_is_a_sentence_in_the_language_of_the_deployment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BUMEN_DEFAULT_LOCALE", "zh_Hant")
    _bumen("upgrade")

    told = _bumen("plugins", "new", "Base!")

    assert told.exit_code == 1
    assert told.stderr.startswith("Error: 「Base!」")


def _bumen(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)
