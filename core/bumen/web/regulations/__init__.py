"""The pages and the API of a company's regulations, and the clauses shown beside buttons."""

from __future__ import annotations

from flask import Flask
from flask_appbuilder import AppBuilder

from bumen.web.regulations.api import RegulationApi
from bumen.web.regulations.drafts import draft_pages
from bumen.web.regulations.marks import clauses_beside, step_pages
from bumen.web.regulations.proofs import proof_pages
from bumen.web.regulations.reading import reading_pages
from bumen.web.regulations.writing import writing_pages


def register_regulations(appbuilder: AppBuilder, app: Flask) -> None:
    """Add the pages and the API of regulations to the application."""
    for pages in (reading_pages, writing_pages, draft_pages, proof_pages, step_pages):
        app.register_blueprint(pages())
    appbuilder.add_view_no_menu(RegulationApi, endpoint="core-api-regulations")
    app.jinja_env.globals["clauses_beside"] = clauses_beside
