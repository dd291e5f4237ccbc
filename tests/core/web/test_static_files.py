"""The built front end: what browsers are sent of it, and how long they keep it."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@pytest.mark.parametrize("kind", ["js", "css"])
def test_files_of_the_build_are_sent_packed_and_kept_for_good(app: Flask, kind: str) -> None:
    client = app.test_client()
    named = re.findall(rf"/static/bumen/[\w-]+\.{kind}", client.get("/login/").text)

    answer = client.get(named[0], headers={"Accept-Encoding": "gzip"}, buffered=True)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "max-age=31536000, public, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    plain = client.get(named[0], buffered=True)
    assert gzip.decompress(answer.data) == plain.data
    assert len(answer.data) < len(plain.data)


def test_what_is_not_of_the_build_is_not_there(app: Flask) -> None:
    answers = [
        app.test_client().get(f"/static/bumen/{path}").status_code
        for path in ("main.js", "../skin.py", "%2e%2e/skin.py", "names.json/x")
    ]

    assert answers == [404, 404, 404, 404]
