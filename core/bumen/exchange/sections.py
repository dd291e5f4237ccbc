"""Settings read out of a table of a TOML file, so that every mistake is named with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")

Scalar = str | int | float | bool
Mistakes = dict[str, list[Text | str]]
Check = Callable[[str], Text | None]


class Section:
    """One table of the file: asked for its settings, and closed when all have been asked for."""

    def __init__(
        self, content: Mapping[str, Any], *, mistakes: Mistakes, name: str = "", place: str = ""
    ) -> None:
        self.name = name
        self.place = place
        self._content = content
        self._mistakes = mistakes
        self._asked: dict[str, None] = {}

    def mistake(self, key: str, text: Text) -> None:
        """Note what is wrong with a setting, or with the whole table when the key is empty."""
        self._mistakes.setdefault(f"{self.place}.{key}".strip("."), []).append(text)

    def has(self, key: str) -> bool:
        """Whether the file says anything about it."""
        return key in self._content

    def text(self, key: str) -> str | None:
        """Return a text, if there is one."""
        value = self._value(key)
        if value is None or isinstance(value, str):
            return value
        self.mistake(key, _("This must be a text in quotation marks."))
        return None

    def required(self, key: str) -> str:
        """Return a text that must be there."""
        if not self.has(key):
            self.mistake(key, _("This setting is missing."))
        return self.text(key) or ""

    def texts(self, key: str, *, check: Check | None = None) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        value = self._value(key)
        found = [value] if isinstance(value, str) else value or []
        if not (isinstance(found, list) and all(isinstance(one, str) for one in found)):
            self.mistake(key, _('This must be a list of texts, such as ["a", "b"].'))
            return ()
        for one in found if check else ():
            if wrong := check(one) if check else None:
                self.mistake(key, wrong)
        return tuple(found)

    def flag(self, key: str) -> bool:
        """Return true or false; false when nothing is said."""
        value = self._value(key)
        if value is not None and not isinstance(value, bool):
            self.mistake(key, _("This must be true or false."))
        return value is True

    def scalar(self, key: str) -> Scalar | None:
        """Return a single value: a text, a number, or true or false."""
        value = self._value(key)
        if value is None or isinstance(value, Scalar):
            return value
        self.mistake(key, _("This must be a text, a number, or true or false."))
        return None

    def one_of(self, key: str, options: Sequence[str]) -> str | None:
        """Return a text out of a few."""
        value = self.text(key)
        if value is None or value in options:
            return value
        shown = ", ".join(f"“{option}”" for option in options)
        self.mistake(key, _("This must be one of: %(options)s.", options=shown))
        return None

    def table(self, key: str) -> dict[str, Scalar]:
        """Return a table of single values."""
        value = self._value(key)
        if value is None:
            return {}
        if isinstance(value, dict) and all(isinstance(one, Scalar) for one in value.values()):
            return value
        self.mistake(key, _('This must be a table, such as {"a" = "b"}.'))
        return {}

    def sections(self, key: str, *, short: str | None = None) -> list[Section]:
        """Return tables inside a table; `short` is the setting that a mere text stands for."""
        value = self._value(key)
        if not isinstance(value, dict):
            if value is not None:
                self.mistake(key, _('This must be a table, such as {"a" = "b"}.'))
            return []
        found = []
        for name, inner in value.items():
            content = {short: inner} if short and isinstance(inner, str) else inner
            if isinstance(content, dict):
                found.append(self._inside(f"{key}.{name}", name, content))
            else:
                self.mistake(f"{key}.{name}", _('This must be a table, such as {"a" = "b"}.'))
        return found

    def close(self) -> None:
        """Name the settings that nobody has asked for: they do not exist."""
        for key in self._content:
            if key not in self._asked:
                known = ", ".join(self._asked)
                self.mistake(key, _("There is no such setting. Known are: %(known)s.", known=known))

    def _inside(self, key: str, name: str, content: dict[str, Any]) -> Section:
        place = f"{self.place}.{key}".strip(".")
        return Section(content, mistakes=self._mistakes, name=name, place=place)

    def _value(self, key: str) -> Any:
        self._asked[key] = None
        return self._content.get(key)
