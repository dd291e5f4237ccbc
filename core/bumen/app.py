"""The composition root: a Flask application around a host."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect

from bumen.host import Host
from bumen.web.access.registering import register_access
from bumen.web.api import register_apis
from bumen.web.approvals.pages import register_approvals
from bumen.web.babel import init_babel
from bumen.web.builder import begin_appbuilder
from bumen.web.choices import register_choices
from bumen.web.config import configured
from bumen.web.dashboards.api import register_dashboard_api
from bumen.web.dashboards.pages import register_dashboards
from bumen.web.departments import register_departments
from bumen.web.errors import answer_errors
from bumen.web.files import register_files
from bumen.web.flows import flows
from bumen.web.forgery import refuse_forgery
from bumen.web.gate import keep_gate
from bumen.web.health import register_health
from bumen.web.importing import register_importing
from bumen.web.inbox import register_inbox
from bumen.web.jobs import register_jobs
from bumen.web.menu import fill_menu
from bumen.web.numbers import numbers
from bumen.web.openapi import register_openapi
from bumen.web.own_pages import register_own_pages
from bumen.web.palette import register_palette
from bumen.web.printing.registering import register_papers
from bumen.web.public_pages import register_public_pages
from bumen.web.regulations import register_regulations
from bumen.web.requests import begin_requests, identify_requests
from bumen.web.route_numbers import bound_numbers
from bumen.web.screens import register_screens
from bumen.web.search import register_search
from bumen.web.settings_history import register_settings_history
from bumen.web.signed_calls import register_signed_calls
from bumen.web.skin import dress
from bumen.web.static_files import serve_static_files
from bumen.web.steps import register_steps
from bumen.web.tags import register_tags
from bumen.web.webhooks import register_webhooks


def create_app(host: Host, *, testing: bool = False) -> Flask:
    """Make the application that serves a host; nothing is written to the database."""
    app = Flask("bumen.web", static_folder="static/dist", static_url_path="/static/bumen")
    bound_numbers(app)
    dress(app)
    serve_static_files(app)
    configured(app, host, secret=secrets.token_hex(32), testing=testing)
    app.extensions["bumen"] = host
    begin_requests(app, host)
    CSRFProtect(app)
    answer_errors(app)
    with app.app_context():
        appbuilder = begin_appbuilder(app)
        init_babel(app, host)
        identify_requests(app, host)
        keep_gate(app, host)
        refuse_forgery(app)
        _register_parts(app, host)
        register_screens(appbuilder, host)
        register_apis(appbuilder, host)
        _register_house(app, appbuilder, host)
        register_openapi(appbuilder, host)
        fill_menu(appbuilder, host)
        register_health(app, host)
    return app


def _register_parts(app: Flask, host: Host) -> None:
    """Add what pages of all kinds ask for: choices, the palette, first steps, files."""
    register_choices(app)
    register_palette(app)
    register_steps(app)
    register_own_pages(app)
    register_files(app, host)
    register_public_pages(app, host)
    register_signed_calls(app, host)


def _register_house(app: Flask, appbuilder: Any, host: Host) -> None:
    """Add the host's own pages: inbox, departments, rules, and who may what."""
    register_inbox(appbuilder, host)
    register_dashboards(app, appbuilder, host)
    register_dashboard_api(appbuilder, host)
    register_departments(appbuilder, host)
    register_regulations(appbuilder, app)
    app.register_blueprint(flows())
    app.register_blueprint(numbers())
    register_papers(appbuilder, app)
    register_search(appbuilder)
    register_tags(app)
    register_access(appbuilder, host)
    register_approvals(appbuilder)
    register_settings_history(appbuilder, app)
    register_jobs(appbuilder, app)
    register_webhooks(appbuilder, app)
    register_importing(appbuilder, app)
