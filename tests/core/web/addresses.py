"""Addresses of the list of dishes, read as the cook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.datastructures import MultiDict

from bumen.i18n import speaking
from bumen.web.list_address import ListAddress
from bumen.web.store import Store
from kitchen.resources import Dishes
from tests.core.web.kitchens import Kitchen


@contextmanager
def working(kitchen: Kitchen, language: str = "en") -> Iterator[None]:
    """Work as the cook does, in a language."""
    with (
        kitchen.app.test_request_context(),
        kitchen.host.unit_of_work(company="TW01", by="cook"),
        speaking(language),
    ):
        yield


def address(*arguments: str) -> ListAddress:
    """Read an address of the list of dishes."""
    pairs = [argument.partition("=") for argument in arguments]
    return ListAddress(Dishes, MultiDict([(name, value) for name, _is, value in pairs]))


def codes(*arguments: str) -> list[str]:
    """List the codes of the dishes at an address."""
    found = Store(Dishes).page(address("sort=code", *arguments).listing)
    return [row.code for row in found.rows]
