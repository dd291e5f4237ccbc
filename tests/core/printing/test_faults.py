"""What is wrong with a template is said in words that name what is missing."""

from __future__ import annotations

import json

import pytest

from bumen.printing.faults import in_words
from bumen.printing.press import answered

FIELD = "there is no field “foo”"


def wrong_with(body: str) -> str:
    """Return what is said of a template."""
    values = {"doc": {"number": "A-1"}, "words": {}}
    job = {"templates": {"this": body}, "values": [values], "files": {}}
    line = answered(json.dumps(job).encode(), most=100_000).partition(b"\n")[0]
    return str(in_words(json.loads(line)["said"]))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ foo }}", FIELD),
        ("{{ doc.foo }}", FIELD),
        ('{{ doc["foo"] }}', FIELD),
        ("{{ doc.__class__ }}", "there is no field “__class__”"),
        ("{{ doc.number | bar }}", "there is no filter “bar”"),
        ("{% for one in [1] %}", "“for” has no end"),
        ("{% if doc.number", "something begins that has no end"),
        ("{% foo %}", "“foo” is not expected here"),
        ("{{ }}", "“}}” is not expected here"),
        ("{{ doc.number doc }}", "“doc” is not expected here"),
        ("{{ 'a }}", "“'” is not expected here"),
        ("{{ 1 / 0 }}", "it divides by zero"),
        ("{{ doc() }}", "a value cannot be used like this"),
        ('{% extends "other.html" %}', "there is no template “other.html”"),
    ],
)
def test_a_fault_names_what_is_missing(body: str, said: str) -> None:
    assert wrong_with(body) == said


def test_what_nobody_foresaw_is_told_as_it_is() -> None:
    assert in_words("Something new.") == "Something new"
