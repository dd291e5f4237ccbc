"""Flask-AppBuilder, started around our own session, menu, first page and security."""

from __future__ import annotations

from flask import Flask
from flask_appbuilder import AppBuilder

from bumen.web.index import Index
from bumen.web.menu import Menu
from bumen.web.people.registering import register_people
from bumen.web.requests import RequestSession
from bumen.web.security import SecurityManager


def begin_appbuilder(app: Flask) -> AppBuilder:
    """Start Flask-AppBuilder in an application; within its context, before any view is added."""
    builder = AppBuilder(menu=Menu(), indexview=Index, security_manager_class=SecurityManager)
    builder.init_app(app, RequestSession)
    register_people(builder)
    shared = {"appbuilder": builder, "base_template": builder.base_template}
    app.context_processor(lambda: shared)
    return builder
