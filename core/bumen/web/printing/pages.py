"""The pages on which a company decides how its papers look: letterhead and templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from bumen.errors import BusinessError, NotFound
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.printing.letterheads import (
    Wishes,
    keep_letterhead,
    letterhead_now,
    refuse_undrawable,
)
from bumen.printing.models import versions_listed
from bumen.printing.offered import pieces_of
from bumen.printing.pressing import pressed
from bumen.printing.samples import sample_of
from bumen.printing.templates import Declared, body_in_force, keep_template, latest_versions
from bumen.printing.texts import languages_written
from bumen.unit_of_work import session, today
from bumen.values import LARGEST_PICTURE, picture_type
from bumen.web.deeds import carried_out, foretelling
from bumen.web.forms import version_in
from bumen.web.house import department_titles
from bumen.web.pages.printing import LANGUAGES_OF_PAPERS
from bumen.web.printing.asked import language_asked
from bumen.web.printing.texts import text_pages
from bumen.web.printing.viewing import (
    VIEW,
    authors_of,
    body_of_version,
    declared_as,
    every_paper,
    save_template,
    tried,
)
from bumen.web.security import allowed, let_in

_ = translator(__file__, "bumen")


def papers() -> Blueprint:
    """Return the pages of papers."""
    pages = Blueprint("papers", __name__, url_prefix="/papers")
    _letterhead_pages(pages)
    _template_pages(pages)
    text_pages(pages)

    @pages.get("/")
    def board() -> str:
        let_in("read", VIEW)
        every = every_paper()
        return _page(
            "board.html",
            papers=every,
            own=latest_versions(every),
            texts=_written(languages_written(every)),
            writes=_writes(),
        )

    return pages


def _letterhead_pages(pages: Blueprint) -> None:
    @pages.get("/letterhead")
    def letterhead() -> str:
        let_in("write", VIEW)
        return _letterhead()

    @pages.post("/letterhead")
    def keep() -> Any:
        let_in("write", VIEW)
        return _keep_letterhead()

    @pages.post("/letterhead/preview")
    @foretelling
    def tried_letterhead() -> dict[str, Any]:
        let_in("write", VIEW)
        done = pressed(sample_of(_wishes_sent(), on=today()))
        return {"pictures": done.pictures, "remarks": done.remarks}

    @pages.get("/logo")
    def logo() -> Response:
        let_in("read", VIEW)
        content = letterhead_now().logo
        if not content:
            raise NotFound
        return Response(content, mimetype=picture_type(content))


def _template_pages(pages: Blueprint) -> None:
    @pages.get("/<key>")
    def edit(key: str) -> str:
        let_in("write", VIEW)
        return _editor(declared_as(key))

    @pages.post("/<key>")
    def save(key: str) -> Any:
        let_in("write", VIEW)
        return _save(declared_as(key))

    @pages.post("/<key>/back")
    def back(key: str) -> Any:
        let_in("write", VIEW)
        return _put_back(declared_as(key))

    @pages.post("/<key>/preview")
    @foretelling
    def preview(key: str) -> dict[str, Any]:
        let_in("write", VIEW)
        language = language_asked(request.form.get("language", ""))
        return tried(declared_as(key), _body_sent(), language=language)


def _written(texts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the languages in which papers have texts of the company, as readers call them."""
    said = str(_(", "))
    return {
        key: said.join(name for code, name in LANGUAGES_OF_PAPERS if code in languages)
        for key, languages in texts.items()
    }


def _writes() -> bool:
    return allowed("write", VIEW)


def _letterhead(*, typed: Wishes | None = None, wrong: BusinessError | None = None) -> str:
    kept = letterhead_now()
    return _page(
        "letterhead.html",
        title=_("Letterhead"),
        kept=kept,
        typed=typed or kept,
        languages=LANGUAGES_OF_PAPERS,
        wrong={} if wrong is None else wrong.fields,
        refusal=wrong,
    )


def _wishes_sent() -> Wishes:
    """Return the letterhead as it was typed, with the picture that was chosen."""
    sent = request.form
    file = request.files.get("logo")
    logo = file.read(LARGEST_PICTURE + 1) if file and file.filename else None
    return Wishes(
        heading=sent.get("heading", "").strip(),
        details=_lines(sent.get("details", "")),
        footer=_lines(sent.get("footer", "")),
        language=sent.get("language", ""),
        roc_years="roc_years" in sent,
        logo=b"" if "no_logo" in sent and not logo else logo,
    )


def _keep_letterhead() -> Any:
    wishes = _wishes_sent()

    def deed() -> Text:
        refuse_undrawable(wishes.logo)
        keep_letterhead(wishes, version=version_in(request.form))
        return _("The letterhead has been saved.")

    board = url_for("papers.board")
    return carried_out(deed, then=board, refused=lambda why: _letterhead(typed=wishes, wrong=why))


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _editor(
    declared: Declared, *, body: str | None = None, wrong: BusinessError | None = None
) -> str:
    versions = session().execute(versions_listed(declared.key)).all()
    latest, is_ours = (versions[0][0].number, versions[0][1]) if versions else (0, True)
    asked = request.args.get("version", "")
    shown = body_of_version(declared, asked) if asked else None
    return _page(
        "editor.html",
        title=declared.printout.title,
        declared=declared,
        body=next(one for one in (body, shown, body_in_force(declared)) if one is not None),
        versions=versions,
        people=authors_of([one for one, _is_ours in versions]),
        formats=formats_here(),
        latest=latest,
        is_ours=is_ours,
        asked=asked,
        languages=LANGUAGES_OF_PAPERS,
        refusal=wrong,
        line=getattr(wrong, "line", 0),
        note=request.form.get("note", ""),
        groups=pieces_of(declared),
    )


def _save(declared: Declared) -> Any:
    """Keep a template that can be printed; what cannot is shown again with its line."""
    body, note = _body_sent(), request.form.get("note", "")
    after = version_in(request.form)

    def deed() -> Text:
        save_template(declared, body, note=note, after=after)
        return _("%(title)s: the template has been saved.", title=declared.printout.title)

    here = url_for("papers.edit", key=declared.key)
    return carried_out(deed, then=here, refused=lambda why: _editor(declared, body=body, wrong=why))


def _put_back(declared: Declared) -> Any:
    title: Text = declared.printout.title

    def deed() -> Text:
        keep_template(declared, body=None, note="", after=version_in(request.form))
        return _("%(title)s is printed as the department has it again.", title=title)

    here = url_for("papers.edit", key=declared.key)
    return carried_out(deed, then=here, refused=lambda why: _editor(declared, wrong=why))


def _body_sent() -> str:
    """Return the template as it was typed, with the line ends of files."""
    return request.form.get("body", "").replace("\r\n", "\n")


def _page(template: str, **shown: Any) -> str:
    told = {"title": _("Papers"), "departments": department_titles(), **shown}
    return render_template(f"bumen/printing/{template}", **told)
