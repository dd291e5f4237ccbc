"""Which texts a package says to people: found in its code and its pages, without running it."""

from pathlib import Path

from babel.messages.extract import extract_from_dir

Key = str | tuple[str, str]
"""A text as a catalogue knows it: one wording, or the wordings for one thing and for many."""

Said = dict[Key, set[str]]
"""Texts, and the files that say them."""

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "plural": (1, 2),
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}
"""What marks a text: `_` and `_.plural` in our own code, gettext's names in pages and libraries."""

PLACES = [
    ("**/tests/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("**/templates/**.txt", "jinja2"),
    ("**/papers/**.html", "jinja2"),
]


def texts_said(package_folder: Path) -> Said:
    """Return every text in a package's Python files and templates, with the files that say it."""
    said: Said = {}
    found = extract_from_dir(package_folder, PLACES, keywords=KEYWORDS)
    for file, _line, text, _comments, _context in found:
        key = text if isinstance(text, str) else (text[0], text[1])
        said.setdefault(key, set()).add(f"{package_folder.name}/{file}")
    return said
