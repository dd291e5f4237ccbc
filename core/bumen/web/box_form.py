"""A form as a set of boxes: what all forms of ours have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wtforms.form import BaseForm

from bumen.web.fields import Box, LookupBox


class BoxForm(BaseForm):
    """A form of boxes, by name; WTForms' own checks are not used."""

    @property
    def boxes(self) -> list[Box]:
        """The boxes in order."""
        return [field for field in self if isinstance(field, Box)]

    def box(self, key: str) -> Box | None:
        """Return a box by its key, if there is one."""
        return next((box for box in self.boxes if box.short_name == key), None)

    def lookups(self) -> Iterator[LookupBox]:
        """Yield the lookups among them."""
        return (box for box in self.boxes if isinstance(box, LookupBox))

    def json(self) -> dict[str, Any]:
        """Return what was typed as JSON-shaped values."""
        return {box.short_name: box.json() for box in self.boxes}
