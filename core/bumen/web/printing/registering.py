"""Papers on screens and through the API."""

from __future__ import annotations

from flask import Flask
from flask_appbuilder import AppBuilder

from bumen.web.printing.api import PaperApi
from bumen.web.printing.pages import papers


def register_papers(appbuilder: AppBuilder, app: Flask) -> None:
    """Add the pages and the API of papers to the application."""
    app.register_blueprint(papers())
    appbuilder.add_view_no_menu(PaperApi, endpoint="core-api-papers")
