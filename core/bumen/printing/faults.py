"""What is wrong with a template in the words of whoever wrote it: Jinja speaks English only."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")

_Say = Callable[[re.Match[str]], Text]
_SAID: Sequence[tuple[re.Pattern[str], _Say]] = [
    (re.compile(pattern), say)
    for pattern, say in [
        (
            r"'([^']+)' is undefined",
            lambda m: _("there is no field “%(name)s”", name=m[1]),
        ),
        (
            r"has no (?:attribute|element) '?([^']+?)'?$",
            lambda m: _("there is no field “%(name)s”", name=m[1]),
        ),
        (
            r"access to attribute '([^']+)' of .* is unsafe",
            lambda m: _("there is no field “%(name)s”", name=m[1]),
        ),
        (
            r"[Nn]o (?:filter|test) named '([^']+)'",
            lambda m: _("there is no filter “%(name)s”", name=m[1]),
        ),
        (
            r"^Unexpected end of template.*innermost block that needs to be closed is '([^']+)'",
            lambda m: _("“%(name)s” has no end", name=m[1]),
        ),
        (
            r"^[Uu]nexpected end of template|got 'end of template'|^Missing end of",
            lambda _m: _("something begins that has no end"),
        ),
        (
            r"^Encountered unknown tag '([^']+)'",
            lambda m: _("“%(name)s” is not expected here", name=m[1]),
        ),
        (
            r"got '([^']+)'|^unexpected (?:char )?(?:'([^']+)'|\"([^\"]+)\")",
            lambda m: _("“%(name)s” is not expected here", name=_sign(m[1] or m[2] or m[3])),
        ),
        (r"\(ZeroDivisionError\)$", lambda _m: _("it divides by zero")),
        (r"\(TypeError\)$", lambda _m: _("a value cannot be used like this")),
        (r"^it is nested too deeply", lambda _m: _("it is nested too deeply")),
        (r"^it cannot be laid out", lambda _m: _("it cannot be laid out")),
        (
            r"^([\w./-]+\.html)$",
            lambda m: _("there is no template “%(name)s”", name=m[1]),
        ),
    ]
]
"""What is said, in the order in which it is looked for."""


def _sign(called: str) -> str:
    """Return what Jinja calls by a name of its own as people write it."""
    return {"end of print statement": "}}", "end of statement block": "%}"}.get(called, called)


def in_words(said: str) -> Text | str:
    """Return what is the matter in the reader's language; what nobody foresaw stays as it is."""
    plain = said.strip().rstrip(".")
    for pattern, say in _SAID:
        if found := pattern.search(plain):
            return say(found)
    return plain
