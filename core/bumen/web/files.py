"""What a plugin brings to pages: its templates and its static files, behind the gate."""

from __future__ import annotations

from flask import Blueprint, Flask

from bumen.host import Host
from bumen.web.gate import endpoint_of


def register_files(app: Flask, host: Host) -> None:
    """Serve `web/static` of every plugin under `/static/<plugin>/`, and find its templates.

    Templates stand in `web/templates/<plugin>/`, so that no two plugins can have one of one name.
    """
    for name, installed in host.registry.plugins.items():
        web = installed.folder / "web"
        if not web.is_dir():
            continue
        files = Blueprint(
            endpoint_of(name, "files"),
            installed.package,
            root_path=str(web),
            template_folder="templates",
            static_folder="static",
            static_url_path=f"/static/{name}",
        )
        app.register_blueprint(files)
