"""What the world agrees on: countries, currencies and time zones by their codes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.numbers import list_currencies


@cache
def countries() -> frozenset[str]:
    """Return the countries' codes of ISO 3166-1, two letters each."""
    return frozenset(row[0] for row in _table("iso3166.tab"))


@cache
def currencies() -> frozenset[str]:
    """Return the currencies' codes of ISO 4217."""
    return frozenset(list_currencies())


@cache
def timezones() -> frozenset[str]:
    """Return the names of the IANA time zone database."""
    return frozenset(available_timezones())


def timezone_of(country: str) -> str | None:
    """Return the main time zone of a country, or None when nobody lives there."""
    return _main_timezones().get(country)


@cache
def first_weekday(country: str) -> int:
    """Return the day weeks start on in a country: 0 for Monday, up to 6 for Sunday.

    Source: CLDR; Sunday in Taiwan, Hong Kong and Macao, Monday on the mainland.
    """
    try:
        return int(Locale.parse(f"und_{country}").first_week_day)
    except (UnknownLocaleError, ValueError):
        return 0


@cache
def _main_timezones() -> dict[str, str]:
    """Read the main time zone of each country: the one its table lists first."""
    main: dict[str, str] = {}
    for country, _place, name, *_comment in _table("zone.tab"):
        main.setdefault(country, name)
    return main


def _table(name: str) -> Iterator[list[str]]:
    """Read one of the tables that come with the time zone database."""
    table = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return (row.split("\t") for row in table.splitlines() if row and not row.startswith("#"))
