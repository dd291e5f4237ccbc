"""The page on which a company writes what stands around the table of a paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for

from bumen.errors import BusinessError
from bumen.i18n import LANGUAGES, Text, translator
from bumen.model.describe import fields_of
from bumen.printing.models import LONGEST_LINES, PaperText
from bumen.printing.templates import Declared, body_in_force
from bumen.printing.texts import PLACES, Wording, fit_texts, keep_texts, wordings_of
from bumen.web.deeds import carried_out, foretelling
from bumen.web.forms import VERSION, version_in
from bumen.web.pages.printing import LANGUAGES_OF_PAPERS
from bumen.web.printing.asked import language_asked
from bumen.web.printing.viewing import VIEW, declared_as, tried
from bumen.web.security import let_in

_ = translator(__file__, "bumen")


def text_pages(pages: Blueprint) -> None:
    """Add the page of the texts around the table of a paper."""

    @pages.get("/<key>/texts")
    def texts(key: str) -> str:
        let_in("write", VIEW)
        declared = declared_as(key)
        return _page(declared, wordings_of(declared))

    @pages.post("/<key>/texts")
    def keep_texts_sent(key: str) -> Any:
        let_in("write", VIEW)
        return _keep(declared_as(key))

    @pages.post("/<key>/texts/preview")
    @foretelling
    def tried_texts(key: str) -> dict[str, Any]:
        let_in("write", VIEW)
        return _tried(declared_as(key))


def _tried(declared: Declared) -> dict[str, Any]:
    """Return what comes of texts that are not kept: the first pages of the paper."""
    language = language_asked(request.form.get("language", ""))
    texts = fit_texts(_sent())
    return tried(declared, body_in_force(declared), language=language, texts=texts)


def _keep(declared: Declared) -> Any:
    typed = _sent()

    def deed() -> Text:
        keep_texts(declared, _made_of(typed))
        return _("%(title)s: the texts have been saved.", title=declared.printout.title)

    board = url_for("papers.board")
    return carried_out(deed, then=board, refused=lambda why: _page(declared, typed, wrong=why))


def _sent() -> dict[str, Wording]:
    """Return the texts as they were typed."""
    sent = request.form
    return {
        code: Wording(
            opening=sent.get(f"opening_{code}", ""), closing=sent.get(f"closing_{code}", "")
        )
        for code in LANGUAGES
    }


def _made_of(typed: Mapping[str, Wording]) -> dict[str, Wording]:
    """Return the texts with the versions that the form was made from."""
    return {
        code: Wording(
            opening=one.opening,
            closing=one.closing,
            version=version_in({VERSION: request.form.get(f"{VERSION}_{code}", "")}),
        )
        for code, one in typed.items()
    }


def _page(
    declared: Declared, typed: Mapping[str, Wording], *, wrong: BusinessError | None = None
) -> str:
    return render_template(
        "bumen/printing/texts.html",
        title=_("Opening and closing texts"),
        declared=declared,
        typed=typed,
        versions={code: one.version for code, one in wordings_of(declared).items()},
        languages=LANGUAGES_OF_PAPERS,
        places=[(place, fields_of(PaperText)[place].about) for place in PLACES],
        longest=LONGEST_LINES,
        wrong={} if wrong is None else wrong.fields,
        refusal=wrong,
    )
