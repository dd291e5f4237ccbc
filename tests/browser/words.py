"""What pages say, by the English sentence it stands for: tests read alike in every language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bumen_base
import bumen_sales
from bumen.i18n import catalogue
from bumen.places import host_folder

Said = Callable[..., str]

_PLUGINS = {"base": bumen_base, "sales": bumen_sales}


def said_in(language: str) -> Said:
    """Return a function that says a sentence in a language: `said("Save")` is 儲存."""
    found = [catalogue(host_folder("locale"), "bumen", language)]
    found += [
        catalogue(Path(str(package.__file__)).parent / "locale", name, language)
        for name, package in _PLUGINS.items()
    ]

    def said(sentence: str, **values: str) -> str:
        wordings = (one.gettext(sentence) for one in found)
        wording = next((one for one in wordings if one != sentence), sentence)
        assert language == "en" or wording != sentence, f"nobody says {sentence!r}"
        return wording % values if values else wording

    return said
