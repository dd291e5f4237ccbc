"""What an administrator sets from outside: BUMEN_… environment variables, or a .env file."""

import os
import re
from collections.abc import Iterable
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from fsspec.registry import available_protocols
from fsspec.utils import get_protocol
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
QUEUE_SCHEMES = ("postgresql", "postgres", "redis", "rediss")
MAIL_SCHEMES = ("smtp", "smtps", "smtp+starttls")
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


def _known_queue(value: str) -> str:
    """Accept PostgreSQL and Redis: what workers on other machines reach."""
    scheme = urlsplit(value).scheme
    if value and scheme not in QUEUE_SCHEMES:
        raise ValueError("must be a postgresql:// or redis:// address")
    if scheme.startswith("redis") and find_spec("redis") is None:
        raise ValueError("needs the package redis: pip install 'bumen[redis]'")
    return value


def _known_mail_server(value: SecretStr | None) -> SecretStr | None:
    """Accept smtp://, smtps:// and smtp+starttls:// with a host, and name and password if any."""
    if value is None:
        return None
    try:
        url = urlsplit(value.get_secret_value())
        known = url.scheme in MAIL_SCHEMES and url.hostname and url.port != 0
    except ValueError:
        known = False
    if not known:
        raise ValueError("must be smtp://, smtps:// or smtp+starttls:// with a host")
    return value


def _known_sender(value: str) -> str:
    """Accept an address, or a name and an address in angle brackets."""
    _name, address = parseaddr(value)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address) or "\n" in value or "\r" in value:
        raise ValueError("must be an address such as Bumen <bumen@example.com>")
    return value


def _known_web_address(value: str) -> str:
    """Accept where people reach the house: http(s)://host, without a path that ends in a slash."""
    if value and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        raise ValueError("must be an http:// or https:// address")
    return value.rstrip("/")


def _known_storage(value: str) -> str:
    """Accept the addresses of places that files can be kept at."""
    if value and get_protocol(value) not in available_protocols():
        raise ValueError("is not the address of a place that files can be kept at")
    return value


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
    jobs_url: Annotated[str, AfterValidator(_known_queue)] = Field(
        "",
        repr=False,
        description="The queue of background work that `bumen worker` serves: postgresql://… or "
        "redis://…; without one the server works itself, and the queue is kept beside the data.",
    )
    files_url: Annotated[str, AfterValidator(_known_storage)] = Field(
        "",
        repr=False,
        description="Where attached files are kept, as fsspec writes it (s3://bucket/folder); the "
        "folder files in the data folder when it is not given.",
    )
    largest_file_mb: int = Field(
        25, ge=1, le=2000, description="How large an attached file may be, in megabytes."
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
    public_url: Annotated[str, AfterValidator(_known_web_address)] = Field(
        "", description="Where people reach the house, for links in mail: https://erp.example.com."
    )
    smtp_url: Annotated[SecretStr | None, AfterValidator(_known_mail_server)] = Field(
        None,
        description="The server that takes mail: smtp+starttls://name:password@mail.example.com."
        " Without one the house sends no mail.",
    )
    mail_from: Annotated[str, AfterValidator(_known_sender)] = Field(
        "Bumen <bumen@localhost>", description="Whom the mail of the house comes from."
    )
    webhooks_to_private: bool = Field(
        default=False,
        description="Whether webhooks may lead into private networks, and there without TLS.",
    )
    demo_password: SecretStr | None = Field(
        None, description="The password of all demo accounts; made up and printed when not given."
    )

    @property
    def secret(self) -> str:
        """The secret key in plain; "" when there is none."""
        return self.secret_key.get_secret_value() if self.secret_key else ""

    @property
    def jobs_at(self) -> str:
        """Where the queue of background work is kept: as everybody who works there reaches it."""
        if self.jobs_url:
            return self.jobs_url
        if self.database_url.startswith("sqlite"):
            return f"sqlite:///{(self.data_dir / 'jobs.db').absolute()}"
        return self.database_url

    @property
    def files_at(self) -> str:
        """Where attached files are kept."""
        return self.files_url or str((self.data_dir / "files").absolute())

    @model_validator(mode="before")
    @classmethod
    def _a_file_when_no_database_is_named(cls, given: dict[str, object]) -> dict[str, object]:
        if given.get("database_url"):
            return given
        folder = Path(str(given.get("data_dir", "var")))
        return {**given, "database_url": f"sqlite:///{(folder / 'bumen.db').absolute()}"}


_TOLD_PROGRAMS = (
    "DYLD_FALLBACK_LIBRARY_PATH",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "LD_LIBRARY_PATH",
)
"""Where libraries and fonts are, on machines that have them elsewhere."""


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
    secret = settings.secret
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


def surroundings() -> dict[str, str]:
    """Return what a program the house starts may know of its surroundings: next to nothing.

    No search path either: it finds its libraries where the system has them, and starts nothing.
    """
    told = {name: os.environ[name] for name in _TOLD_PROGRAMS if name in os.environ}
    return {"PATH": "", "LC_ALL": "C.UTF-8", **told}
