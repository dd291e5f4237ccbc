"""The built front end as it is served: packed beforehand, and kept by browsers for good."""

from __future__ import annotations

from collections.abc import MutableMapping

from flask import Flask
from whitenoise import WhiteNoise

_FOR_GOOD = 365 * 24 * 60 * 60


def serve_static_files(app: Flask) -> None:
    """Serve the files of the build before Flask is asked: their names change with their content.

    Each lies beside itself packed by gzip and Brotli; browsers get what they understand.
    """
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=app.static_folder,
        prefix=app.static_url_path,
        max_age=_FOR_GOOD,
        add_headers_function=_limit,
    )


def _limit(headers: MutableMapping[str, str], _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Cache-Control"] += ", immutable"
