"""What an administrator sets from outside: BUMEN_… environment variables, or a .env file."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "BUMEN_"
LEAST_SECRET_LENGTH = 32
LEAST_SECRET_LETTERS = 8
KNOWN_SECRETS = ("changeme", "change-me", "secret", "password", "bumen", "example", "thisismy")


class SettingsProblem(Exception):
    """The refusal to start with settings that are unknown or wrong; each is named."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def _known_database(value: str) -> str:
    """Accept SQLite and PostgreSQL, the latter by whatever name and always through psycopg."""
    try:
        url = make_url(value)
    except ArgumentError:
        raise ValueError("is not a database address such as sqlite:///file.db") from None
    if url.get_backend_name() == "sqlite":
        return value
    if url.get_backend_name() in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    raise ValueError("must be a sqlite:// or postgresql:// address")


class Settings(BaseSettings):
    """Everything a deployment decides; nothing else in the house reads the environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    data_dir: Path = Field(
        Path("var"),
        description="The folder for what the house keeps on disk, the SQLite file among it.",
    )
    database_url: Annotated[str, AfterValidator(_known_database)] = Field(
        "",
        repr=False,
        description="The database; the file bumen.db in the data folder when it is not given.",
    )
    secret_key: SecretStr | None = Field(
        None, description="What sessions and tokens are signed with; at least 32 characters."
    )
    default_locale: Literal["en", "zh_Hant", "zh_Hans"] = Field(
        "en", description="The language for visitors whose own is not spoken here."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="The least serious message that is still logged."
    )
    trace_hooks: bool = Field(
        default=False, description="Whether every hook that is asked is printed."
    )
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=10,
        description="How many proxies stand in front and may say who the visitor is.",
    )
    demo_password: SecretStr | None = Field(
        None, description="The password of all demo accounts; made up and printed when not given."
    )

    @model_validator(mode="before")
    @classmethod
    def _a_file_when_no_database_is_named(cls, given: dict[str, object]) -> dict[str, object]:
        if given.get("database_url"):
            return given
        folder = Path(str(given.get("data_dir", "var")))
        return {**given, "database_url": f"sqlite:///{(folder / 'bumen.db').absolute()}"}


def load_settings(env_file: str | Path | None = ".env") -> Settings:
    """Read the settings; `SettingsProblem` names every variable that is unknown or wrong."""
    problems = [f"{name} is not a setting of Bumen." for name in _unknown(env_file)]
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as wrong:
        problems += [_sentence(error["loc"], error["msg"]) for error in wrong.errors()]
        raise SettingsProblem(problems) from None
    if problems:
        raise SettingsProblem(problems)
    return settings


def weak_secret(settings: Settings) -> str | None:
    """Say why the secret must not sign anything public; None when it may."""
    secret = settings.secret_key.get_secret_value() if settings.secret_key else ""
    if not secret:
        return f"{PREFIX}SECRET_KEY is not set."
    if len(secret) < LEAST_SECRET_LENGTH:
        return f"{PREFIX}SECRET_KEY is shorter than {LEAST_SECRET_LENGTH} characters."
    if len(set(secret)) < LEAST_SECRET_LETTERS:
        return f"{PREFIX}SECRET_KEY repeats a few characters."
    if any(known in secret.lower() for known in KNOWN_SECRETS):
        return f"{PREFIX}SECRET_KEY is one that others know."
    return None


def _unknown(env_file: str | Path | None) -> list[str]:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = {*os.environ, *(dotenv_values(env_file) if env_file else ())}
    ours = {name for name in given if name.upper().startswith(PREFIX)}
    return sorted(name for name in ours if name.upper() not in known)


def _sentence(place: tuple[int | str, ...], message: str) -> str:
    name = PREFIX + str(place[0]).upper() if place else PREFIX
    return f"{name}: {message.removeprefix('Value error, ')}."
