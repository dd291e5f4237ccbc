"""Which language a request is answered in, and the libraries' texts in our words.

The language of the moment belongs to `bumen.i18n`; Flask-Babel, WTForms and the pages only follow
it. Flask-AppBuilder's and WTForms' own catalogues are not used at all: gettext would take their
Simplified "zh" for Traditional too. Ours cover every text of theirs, which a test holds.
"""

from functools import cache
from pathlib import Path

from babel.support import Translations
from flask import Flask, current_app, g, request, session
from flask_babel import Domain, get_babel, refresh
from jinja2 import pass_context
from jinja2.runtime import Context

from bumen.host import Host
from bumen.i18n import FORMATS, catalogue, language, language_of, negotiate, speak
from bumen.places import host_folder

LANGUAGES = {
    "zh_Hant": {"flag": "", "name": "繁體中文"},
    "zh_Hans": {"flag": "", "name": "简体中文"},
    "en": {"flag": "", "name": "English"},
}
"""The languages as Flask-AppBuilder's LANGUAGES wants them; a language has no flag."""

Place = tuple[Path, str]
"""A `locale` folder and a domain in it."""


def init_babel(app: Flask, host: Host) -> None:
    """Let requests, libraries and pages speak our languages; after AppBuilder's own start.

    The language is chosen twice: first of all, so that every refusal is understood, and again
    here, where the person and the company are known.
    """
    app.config["LANGUAGES"] = LANGUAGES
    app.config["BABEL_DEFAULT_LOCALE"] = host.settings.default_locale
    babel = get_babel(app)
    babel.locale_selector = formats
    babel.timezone_selector = _timezone
    babel.instance.domain_instance = LibraryTexts()
    _let_pages_speak(app, host)
    if hasattr(app, "login_manager"):
        app.login_manager.localize_callback = library_text
    app.before_request_funcs.setdefault(None, []).insert(0, choose_language)
    app.before_request(choose_language)
    app.teardown_request(_forget_language)


def choose_language() -> None:
    """Answer this request in its language, as far as it is known by now."""
    if "language_before" not in g:
        g.language_before = language()
    speak(select_language())
    refresh()
    request.wtforms_translations = _library_texts()  # type: ignore[attr-defined]  # Flask-WTF's


def select_language() -> str:
    """Return the language that the address asks for (`_l_`, in the API), else the person's own
    choice, the session's, the browser's, the company's, or the deployment's.
    """
    wishes = (
        request.args.get("_l_"),
        getattr(g.get("user"), "locale", None),
        session.get("locale"),
        negotiate(request.headers.get("Accept-Language", "")),
        getattr(g.get("company"), "locale", None),
        current_app.config["BABEL_DEFAULT_LOCALE"],
    )
    return next((found for wish in wishes if wish and (found := language_of(wish))), "en")


def formats() -> str:
    """Return the locale that writes dates and numbers: zh_Hant_TW, zh_Hans_CN or en."""
    return FORMATS[language()]


def html_lang() -> str:
    """Return what `<html lang>` says, so that browsers choose the right glyphs and voices."""
    return formats().replace("_", "-")


def library_text(message: str) -> str:
    """Return what a library says to people in the language of the moment."""
    return str(_library_texts().ugettext(message))


class LibraryTexts(Domain):
    """Flask-Babel's default domain: what libraries and the host's own pages say."""

    def get_translations(self) -> Translations:
        """Return the texts in the language of the moment."""
        return _library_texts()


def _library_texts() -> Translations:
    return _merged(language(), _host_places())


@cache
def _host_places() -> tuple[Place, ...]:
    folder = host_folder("locale")
    return ((folder, "messages"), (folder, "bumen"))


@cache
def _merged(wanted: str, places: tuple[Place, ...]) -> Translations:
    """Put catalogues together; of two that know a text, the later one is heard."""
    merged = Translations()
    for folder, domain in places:
        found = catalogue(folder, domain, wanted)
        if isinstance(found, Translations):
            merged.merge(found)
            merged.plural = found.plural  # merge() forgets it
    return merged


def _let_pages_speak(app: Flask, host: Host) -> None:
    """Give templates `_`: "sales/board.html" asks the texts of sales, then those of the host."""

    def texts(context: Context) -> Translations:
        installed = host.registry.plugins.get((context.name or "").partition("/")[0])
        own = ((installed.folder / "locale", installed.name),) if installed else ()
        return _merged(language(), _host_places() + own)

    @pass_context
    def gettext(context: Context, message: str) -> str:
        return str(texts(context).ugettext(message))

    @pass_context
    def ngettext(context: Context, one: str, many: str, num: int) -> str:
        return str(texts(context).ungettext(one, many, num))

    app.jinja_env.globals |= {"html_lang": html_lang, "language": language}
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # Jinja's i18n extension
        gettext, ngettext, newstyle=True
    )


def _timezone() -> str | None:
    return getattr(g.get("company"), "timezone", None)


def _forget_language(_error: BaseException | None) -> None:
    if "language_before" in g:
        speak(g.pop("language_before"))
