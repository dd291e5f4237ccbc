"""The first page: the companies somebody works for, and the departments of the current one."""

from __future__ import annotations

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask_appbuilder import IndexView
from flask_appbuilder.views import expose

from bumen.errors import NotFound
from bumen.unit_of_work import current
from bumen.web.security import signed_in


class Index(IndexView):
    """The page people come to after signing in."""

    index_template = "bumen/index.html"

    @expose("/")
    def index(self) -> object:
        """Show the departments of the company; whoever is unknown is asked to sign in."""
        if current().user is None:
            return redirect(url_for("AuthDBView.login"))
        menu = current_app.extensions["appbuilder"].menu
        return self.render_template(
            self.index_template,
            departments=menu.get_data(),
            companies=[one.company for one in g.memberships],
            company=current().company,
        )


def register_company_choice(app: Flask) -> None:
    """Let people work for another of their companies."""

    @app.post("/company", endpoint="choose_company")
    def choose() -> Response:
        """Work for the company whose code is sent from now on."""
        signed_in()
        code = request.form.get("code", "")
        if code not in {one.company.code for one in g.memberships}:
            raise NotFound
        session["company"] = code
        return redirect("/")  # type: ignore[return-value]  # werkzeug's own response
