"""The departments of the application that runs."""

from __future__ import annotations

from flask import current_app

from bumen.host import Host
from bumen.i18n import Text
from bumen.printouts import Printout
from bumen.registry import Registry
from bumen.resource import Action, Related, Resource
from bumen.unit_of_work import current


def registry() -> Registry:
    """Return all departments that stand."""
    host: Host = current_app.extensions["bumen"]
    return host.registry


def department_titles() -> dict[str, Text]:
    """Return what the departments are called, by their names."""
    return {name: one.plugin.title for name, one in registry().plugins.items()}


def actions_of(resource: type[Resource]) -> list[Action]:
    """Return what may be done with a record, by departments that are on for the company."""
    return registry().actions_of(resource, on=current().on)


def related_of(resource: type[Resource]) -> list[Related]:
    """Return the lists on a record's page, of departments that are on for the company."""
    return registry().related_of(resource, on=current().on)


def printouts_of(resource: type[Resource]) -> list[Printout]:
    """Return what is printed of a record, by departments that are on for the company."""
    return list(current().neighbours.printouts_of(current(), resource))
