"""How a catalogue is kept on disk: sorted, unwrapped, without dates: a diff shows what changed."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from bumen.catalogues.extraction import Key, Said

HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def place_of(folder: Path, domain: str, language: str) -> Path:
    """Return where a catalogue stands in a `locale` folder."""
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def read(folder: Path, domain: str, language: str) -> Catalog:
    """Read a catalogue; one that does not exist yet is empty."""
    place = place_of(folder, domain, language)
    if not place.exists():
        return Catalog(locale=language, domain=domain)
    with place.open("rb") as file:
        return read_po(file, locale=language, domain=domain)


def renew(old: Catalog, said: Said) -> Catalog:
    """Return a catalogue of exactly the texts that are said, with the words that are known."""
    new = Catalog(locale=old.locale, domain=old.domain)
    for key, files in said.items():
        known = old.get(key if isinstance(key, str) else key[0])
        kept = known if known is not None and shape(known) is type(key) else None
        new.add(
            key,
            kept.string if kept else None,
            locations=[(file, 0) for file in sorted(files)],
            flags=kept.flags if kept else (),
            user_comments=kept.user_comments if kept else (),
        )
    return new


def shape(message: Message) -> type[str] | type[tuple[str, str]]:
    """Say whether a message has one wording, or one for one thing and one for many."""
    return tuple if message.pluralizable else str


def write(catalogue: Catalog, folder: Path, language: str) -> None:
    """Write a catalogue where it belongs; nothing is touched when nothing changed."""
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False)
    text = HEADER.format(language=language) + body.getvalue().decode("utf-8").lstrip("\n")
    place = place_of(folder, catalogue.domain or "", language)
    if place.exists() and place.read_text(encoding="utf-8") == text:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="\n")


def key_of(message: Message) -> Key:
    """Return a message's text as the code says it."""
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def words_of(message: Message) -> tuple[str, ...]:
    """Return a message's wordings in its own language."""
    string = message.string
    return (
        (string or "",) if isinstance(string, str | None) else tuple(word or "" for word in string)
    )
