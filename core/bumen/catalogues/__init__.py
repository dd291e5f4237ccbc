"""The catalogues of texts: kept in step with the code, and read for mistakes before people do.

What stands behind `bumen i18n update` and `bumen i18n check`. A plugin has one domain, named like
itself, in the `locale` folder of its package. The host has two: "bumen" for what it says itself,
and "messages" for everything the libraries below it say.
"""

from collections.abc import Iterator
from pathlib import Path

from bumen.catalogues.checks import problems_of_catalogue, problems_of_roles
from bumen.catalogues.chinese import TRANSLATED
from bumen.catalogues.extraction import Said, texts_said
from bumen.catalogues.files import read, renew, words_of, write
from bumen.catalogues.libraries import texts_of_libraries
from bumen.places import host_folder
from bumen.registry import HOST, Registry

DOMAIN_OF_HOST = "bumen"
LIBRARIES = "messages"

_HOST_PACKAGE = Path(__file__).resolve().parents[1]

__all__ = [
    "DOMAIN_OF_HOST",
    "HOST",
    "LIBRARIES",
    "catalogue_problems",
    "problems",
    "update",
    "update_all",
]


def update(folder: Path, domain: str, *, package_folder: Path) -> dict[str, int]:
    """Bring the catalogues of a domain in step with a package; see `update_all`."""
    return _update(folder, domain, said=texts_said(package_folder))


def update_all(name: str, registry: Registry) -> dict[str, int]:
    """Bring all catalogues of a plugin in step with its code; "core" is the host.

    New texts are added without words, texts nobody says any more are dropped, words that are
    there stay as they are. Returns for each language how many texts still wait for words.
    """
    waiting = dict.fromkeys(TRANSLATED, 0)
    for folder, domain, said in _domains(name, registry):
        for language, count in _update(folder, domain, said=said).items():
            waiting[language] += count
    return waiting


def catalogue_problems(folder: Path, domain: str, *, package_folder: Path) -> list[str]:
    """Say what is wrong with the catalogues of one domain; nothing when all is well."""
    return list(problems_of_catalogue(folder, domain, said=texts_said(package_folder)))


def problems(name: str, registry: Registry) -> list[str]:
    """Say what is wrong with all texts of a plugin, the titles of its roles included."""
    found = [
        problem
        for folder, domain, said in _domains(name, registry)
        for problem in problems_of_catalogue(folder, domain, said=said)
    ]
    if name in registry.plugins:
        found += problems_of_roles(registry.plugins[name].folder / "roles.csv")
    return found


def _domains(name: str, registry: Registry) -> Iterator[tuple[Path, str, Said]]:
    """Yield the catalogues of a plugin or of the host: where, which domain, which texts."""
    if name == HOST:
        yield host_folder("locale"), DOMAIN_OF_HOST, texts_said(_HOST_PACKAGE)
        yield host_folder("locale"), LIBRARIES, texts_of_libraries()
        return
    folder = registry.plugins[name].folder
    yield folder / "locale", name, texts_said(folder)


def _update(folder: Path, domain: str, *, said: Said) -> dict[str, int]:
    waiting = {}
    for language in TRANSLATED:
        new = renew(read(folder, domain, language), said)
        if said or (folder / language).is_dir():
            write(new, folder, language)
        waiting[language] = sum(not all(words_of(message)) for message in new if message.id)
    return waiting
