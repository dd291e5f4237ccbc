"""What pages say, by the English sentence it stands for: tests read alike in every language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bumen_base
import bumen_logistics
import bumen_sales
from bumen.i18n import catalogue
from bumen.places import host_folder

Said = Callable[..., str]

_PLUGINS = {"sales": bumen_sales, "logistics": bumen_logistics, "base": bumen_base}


def said_in(language: str, *, by: str = "core") -> Said:
    """Return a function that says a sentence in a language: `said("Save")` is 儲存.

    Where departments say it each in their way, `by` is heard first.
    """
    catalogues = {"core": catalogue(host_folder("locale"), "bumen", language)} | {
        name: catalogue(Path(str(package.__file__)).parent / "locale", name, language)
        for name, package in _PLUGINS.items()
    }
    found = [catalogues.pop(by), *catalogues.values()]

    def said(sentence: str, **values: str) -> str:
        wordings = (one.gettext(sentence) for one in found)
        wording = next((one for one in wordings if one != sentence), sentence)
        assert language == "en" or wording != sentence, f"nobody says {sentence!r}"
        return wording % values if values else wording

    return said
