"""Imports for people and programs: the pages from the file to its records, and the API."""

from __future__ import annotations

from flask import Flask
from flask_appbuilder import AppBuilder

from bumen.i18n import translator
from bumen.web.importing.api import ImportApi
from bumen.web.importing.kept import mapping_pages
from bumen.web.importing.pages import import_pages
from bumen.web.importing.second import second_pages
from bumen.web.importing.taken import taken_pages
from bumen.web.importing.viewing import imports_here
from bumen.web.jobs.viewing import sees_all

_ = translator(__file__, "bumen")


def register_importing(appbuilder: AppBuilder, app: Flask) -> None:
    """Add the pages and the API of imports to the application."""
    pages = import_pages()
    mapping_pages(pages)
    taken_pages(pages)
    second_pages(pages)
    app.register_blueprint(pages)
    app.jinja_env.globals |= {"imports_here": imports_here}
    menu = app.extensions["appbuilder"].menu
    menu.add_link("core.Imports", href="/imports/", label=_("Imports"), cond=_sees_all_imports)
    appbuilder.add_view_no_menu(ImportApi, endpoint="core-api-imports")


def _sees_all_imports() -> bool:
    return imports_here() and sees_all()
