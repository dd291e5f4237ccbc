"""Addresses of a list: never of the view somebody usually opens it with, by accident."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from bumen.resource import Resource
from bumen.web.cells import screen_endpoint
from bumen.web.saved_views import NO_VIEW, SAVED, arguments_in, saved_views


def url_of(resource: type[Resource], query: Mapping[str, Any]) -> str:
    """Return the address of a list that is asked for this; nothing asks for all of it."""
    return url_for(f"{screen_endpoint(resource)}.list", **(query or plainly(resource)))


def url_sent(endpoint: str, query: str) -> str:
    """Return the address of a list with the query a form names; the list itself checks it."""
    return url_of_query(url_for(endpoint), query)


def url_of_query(here: str, query: str) -> str:
    """Return an address with the query a form names; the page itself checks it."""
    asked = urlencode(list(arguments_in(query).items(multi=True)))
    return f"{here}?{asked}" if asked else here


def plainly(resource: type[Resource]) -> dict[str, str]:
    """Return the arguments that ask for all of a list, whatever somebody opens it with."""
    has_usual = any(view.preferred for view in saved_views(resource))
    return {SAVED: NO_VIEW} if has_usual else {}
