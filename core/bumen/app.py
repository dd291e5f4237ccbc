"""The composition root: a Flask application around a host."""

from __future__ import annotations

import secrets

from flask import Flask
from flask_wtf import CSRFProtect

from bumen.host import Host
from bumen.web.api import register_apis
from bumen.web.babel import init_babel
from bumen.web.builder import begin_appbuilder
from bumen.web.choices import register_choices
from bumen.web.config import configured
from bumen.web.departments import register_departments
from bumen.web.errors import answer_errors
from bumen.web.files import register_files
from bumen.web.forgery import refuse_forgery
from bumen.web.gate import keep_gate
from bumen.web.health import register_health
from bumen.web.menu import fill_menu
from bumen.web.openapi import register_openapi
from bumen.web.palette import register_palette
from bumen.web.requests import begin_requests, identify_requests
from bumen.web.screens import register_screens
from bumen.web.skin import dress
from bumen.web.static_files import serve_static_files
from bumen.web.steps import register_steps


def create_app(host: Host, *, testing: bool = False) -> Flask:
    """Make the application that serves a host; nothing is written to the database."""
    app = Flask("bumen.web", static_folder="static/dist", static_url_path="/static/bumen")
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
        register_choices(app)
        register_palette(app)
        register_steps(app)
        register_files(app, host)
        register_screens(appbuilder, host)
        register_apis(appbuilder, host)
        register_departments(appbuilder, host)
        register_openapi(appbuilder, host)
        fill_menu(appbuilder, host)
        register_health(app, host)
    return app
