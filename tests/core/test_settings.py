"""Settings: every one is typed, and a wrong or unknown one is named at start."""

import os
from pathlib import Path

import pytest

from bumen.settings import Settings, SettingsProblem, load_settings, weak_secret

GOOD_SECRET = "4f1c8a07d2b96e35ac70f1d49b2e68c3"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("BUMEN_")]:
        monkeypatch.delenv(name)


def test_without_any_setting_the_database_is_a_file_in_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BUMEN_DATA_DIR", str(tmp_path))

    settings = load_settings(env_file=None)

    assert settings.database_url == f"sqlite:///{tmp_path}/bumen.db"


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    file.write_text("BUMEN_LOG_LEVEL=ERROR\nBUMEN_DEFAULT_LOCALE=zh_Hant\nOTHERS=1\n")
    monkeypatch.setenv("BUMEN_LOG_LEVEL", "DEBUG")

    settings = load_settings(env_file=file)

    assert (settings.log_level, settings.default_locale) == ("DEBUG", "zh_Hant")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_always_reached_through_psycopg(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUMEN_DATABASE_URL", f"{scheme}://ann:p%40ss@db/bumen")

    settings = load_settings(env_file=None)

    assert settings.database_url == "postgresql+psycopg://ann:p%40ss@db/bumen"


def test_every_unknown_and_every_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    file.write_text("BUMEN_SECRETKEY=1\nBUMEN_TRUSTED_PROXIES=many\n")
    monkeypatch.setenv("BUMEN_DATABASE_URL", "mysql://somewhere/bumen")
    monkeypatch.setenv("BUMEN_PORT", "80")

    with pytest.raises(SettingsProblem) as refused:
        load_settings(env_file=file)

    named = [problem.split()[0].rstrip(":") for problem in refused.value.problems]
    assert named == [
        "BUMEN_PORT",
        "BUMEN_SECRETKEY",
        "BUMEN_DATABASE_URL",
        "BUMEN_TRUSTED_PROXIES",
    ]


def test_secrets_are_shown_neither_by_the_settings_nor_by_a_problem(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BUMEN_SECRET_KEY", GOOD_SECRET)
    monkeypatch.setenv("BUMEN_DATABASE_URL", "postgresql://ann:hush@db/bumen")
    shown = repr(load_settings(env_file=None))
    monkeypatch.setenv("BUMEN_DATABASE_URL", "nonsense hush")
    with pytest.raises(SettingsProblem) as refused:
        load_settings(env_file=None)

    assert [word for word in (GOOD_SECRET, "hush") if word in shown + str(refused.value)] == []


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "short",
        "x" * 64,
        "change-me-change-me-change-me-change-me",
        "bumen-bumen-1234567890-xyz",
    ],
)
def test_a_missing_or_weak_secret_is_told(secret: str) -> None:
    settings = Settings(_env_file=None, secret_key=secret)

    assert weak_secret(settings) is not None


def test_a_long_random_secret_is_good() -> None:
    settings = Settings(_env_file=None, secret_key=GOOD_SECRET)

    assert weak_secret(settings) is None


@pytest.mark.parametrize(
    "url",
    [
        "smtp://mail",
        "smtps://erp:p%40ss@mail.example.com:465",
        "smtp+starttls://erp@[::1]:587",
    ],
)
def test_mail_servers_are_known_by_their_addresses(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("BUMEN_SMTP_URL", url)

    settings = load_settings(env_file=None)

    assert settings.smtp_url is not None
    assert settings.smtp_url.get_secret_value() == url
    assert "p%40ss" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("SMTP_URL", "mail.example.com"),
        ("SMTP_URL", "https://mail.example.com"),
        ("SMTP_URL", "smtp://:587"),
        ("SMTP_URL", "smtp://mail:many"),
        ("MAIL_FROM", "Bumen"),
        ("MAIL_FROM", "Bumen <a@b>\nBcc: c@d"),
        ("PUBLIC_URL", "erp.example.com"),
        ("PUBLIC_URL", "https://erp.example.com/?next=x"),
    ],
)
def test_a_wrong_setting_of_mail_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, wrong: str
) -> None:
    monkeypatch.setenv(f"BUMEN_{name}", wrong)

    with pytest.raises(SettingsProblem, match=f"BUMEN_{name}"):
        load_settings(env_file=None)
