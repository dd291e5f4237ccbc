"""Papers through the API: the letterhead, and templates that are read, tried, changed, put back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from flask_appbuilder.api import BaseApi, expose
from sqlalchemy import Boolean, Integer, LargeBinary, String, Text

from bumen.argument import Argument
from bumen.documents.asked import Asked
from bumen.errors import NotFound
from bumen.i18n import translator
from bumen.printing.letterheads import (
    Wishes,
    keep_letterhead,
    letterhead_now,
    refuse_undrawable,
)
from bumen.printing.models import (
    LONGEST_HEADING,
    LONGEST_LINES,
    LONGEST_NOTE,
    Letterhead,
    PaperTemplate,
    versions_listed,
)
from bumen.printing.templates import Declared, body_in_force, keep_template, latest_versions
from bumen.printing.texts import Wording, keep_texts, wordings_of
from bumen.schema import arguments_schema, loaded
from bumen.schema.values import refuse_unstorable
from bumen.unit_of_work import committed, current, session
from bumen.values import picture_type
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.printing.asked import language_asked
from bumen.web.printing.described import describe_papers
from bumen.web.printing.viewing import (
    VIEW,
    authors_of,
    body_of_version,
    declared_as,
    every_paper,
    save_template,
    tried,
)
from bumen.web.security import let_in

_ = translator(__file__, "bumen")

BASE = "/api/v1/core/papers"
_VERSION = Argument("version", Integer(), label=_("Version"))
_LINES = String(LONGEST_LINES)
LETTERHEAD = Asked(
    "letterhead",
    (
        _VERSION,
        Argument("heading", String(LONGEST_HEADING), label=_("Name on papers"), required=False),
        Argument("details", _LINES, label=_("Address and contact"), required=False),
        Argument("footer", _LINES, label=_("Footer"), required=False),
        Argument("language", String(16), label=_("Language of papers"), required=False),
        Argument("roc_years", Boolean(), label=_("Years of the Republic of China"), required=False),
        Argument("logo", LargeBinary(), label=_("Logo"), required=False),
    ),
)
"""What may be written of a letterhead; what is left out stays as it is."""
_BODY = Argument("body", Text(), label=_("Template"))
_NOTE = Argument("note", String(LONGEST_NOTE), label=_("What has changed"), required=False)
_LANGUAGE = Argument("language", String(16), label=_("Language of the paper"), required=False)
_SPOKEN = Argument("language", String(16), label=_("Language of the paper"))
TEXTS = Asked(
    "texts",
    (
        _SPOKEN,
        _VERSION,
        Argument("opening", _LINES, label=_("Before the table"), required=False),
        Argument("closing", _LINES, label=_("After the table"), required=False),
    ),
)
"""What may be written around the table of a paper; what is left out stays as it is."""
TEMPLATE = Asked("template", (_VERSION, _BODY, _NOTE))
TRIAL = Asked("trial", (_BODY, _LANGUAGE))
RESTORE = Asked("restore", (_VERSION,))


class PaperApi(BaseApi):
    """How a company has its papers look, as JSON."""

    route_base = BASE

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with what the departments that are on print, and whose template counts."""
        let_in("read", VIEW)
        every = every_paper()
        own = latest_versions(every)
        result = [_told(one, own.get(one.key)) for one in every]
        return answer({"count": len(result), "result": result})

    @expose("/letterhead", methods=("GET",))
    def get_letterhead(self) -> Response:
        """Answer with the letterhead."""
        let_in("read", VIEW)
        return answer({"result": _told_letterhead(letterhead_now())})

    @expose("/letterhead", methods=("PUT",))
    def put_letterhead(self) -> Response:
        """Change the letterhead: what is left out stays, a logo that is null is taken away."""
        let_in("write", VIEW)
        given = loaded(arguments_schema(LETTERHEAD), body())
        refuse_undrawable(given.get("logo"))
        with committed(current()):
            kept = keep_letterhead(_wishes(given, letterhead_now()), version=given["version"])
        return answer({"result": _told_letterhead(kept)})

    @expose("/letterhead/logo", methods=("GET",))
    def get_logo(self) -> Response:
        """Answer with the logo as a picture."""
        let_in("read", VIEW)
        content = letterhead_now().logo
        if not content:
            raise NotFound
        return Response(content, mimetype=picture_type(content))

    @expose("/<key>", methods=("GET",))
    def get(self, key: str) -> Response:
        """Answer with a template and its versions; `version` asks for an older one, 0 for ours."""
        let_in("read", VIEW)
        return _answered(declared_as(key), asked=request.args.get("version", ""))

    @expose("/<key>", methods=("PUT",))
    def put(self, key: str) -> Response:
        """Change a template; one that cannot be printed is refused with its line."""
        let_in("write", VIEW)
        declared = declared_as(key)
        given = _template_sent(TEMPLATE)
        note = given.get("note") or ""
        with committed(current()):
            save_template(declared, given["body"], note=note, after=given["version"])
        return _answered(declared)

    @expose("/<key>/preview", methods=("POST",))
    def preview(self, key: str) -> Response:
        """Answer with the first pages a template would make, as pictures; nothing is kept."""
        let_in("write", VIEW)
        declared = declared_as(key)
        given = _template_sent(TRIAL)
        language = language_asked(given.get("language") or "")
        return answer({"result": tried(declared, given["body"], language=language)})

    preview.keeps_nothing = True  # requests.py asks for it

    @expose("/<key>/restore", methods=("POST",))
    def restore(self, key: str) -> Response:
        """Let the department's own template count again; that is a version, too."""
        let_in("write", VIEW)
        declared = declared_as(key)
        given = loaded(arguments_schema(RESTORE), body())
        with committed(current()):
            keep_template(declared, body=None, note="", after=given["version"])
        return _answered(declared)

    @expose("/<key>/texts", methods=("GET",))
    def get_texts(self, key: str) -> Response:
        """Answer with what stands before and after the table of a paper, in every language."""
        let_in("read", VIEW)
        return answer({"result": _told_texts(declared_as(key))})

    @expose("/<key>/texts", methods=("PUT",))
    def put_texts(self, key: str) -> Response:
        """Change what stands before and after the table of a paper, in one language."""
        let_in("write", VIEW)
        declared = declared_as(key)
        given = loaded(arguments_schema(TEXTS), body())
        language = str(language_asked(given["language"]))
        with committed(current()):
            keep_texts(declared, {language: _wording(given, wordings_of(declared)[language])})
        return answer({"result": _told_texts(declared)})

    def describe(self, spec: Any) -> None:
        """Describe papers, as far as this person may."""
        asked = {"letterhead": LETTERHEAD, "template": TEMPLATE, "trial": TRIAL}
        asked |= {"restore": RESTORE, "texts": TEXTS}
        describe_papers(spec, BASE, asked=asked)


def _wishes(given: Mapping[str, Any], kept: Letterhead) -> Wishes:
    """Return the letterhead as it is wished: what is null is empty, what is missing stays."""

    def text(name: str) -> str:
        return str(given.get(name, getattr(kept, name)) or "")

    return Wishes(
        heading=text("heading"),
        details=text("details"),
        footer=text("footer"),
        language=text("language"),
        roc_years=bool(given.get("roc_years", kept.roc_years)),
        logo=(given["logo"] or b"") if "logo" in given else None,
    )


def _wording(given: Mapping[str, Any], kept: Wording) -> Wording:
    """Return the texts as they are wished: what is null is empty, what is missing stays."""
    return Wording(
        opening=given.get("opening", kept.opening) or "",
        closing=given.get("closing", kept.closing) or "",
        version=given["version"],
    )


def _told_texts(declared: Declared) -> list[dict[str, Any]]:
    return [
        {
            "language": language,
            "version": one.version,
            "opening": one.opening,
            "closing": one.closing,
        }
        for language, one in wordings_of(declared).items()
    ]


def _template_sent(asked: Asked) -> dict[str, Any]:
    """Return what was sent with a template, which keeps its empty lines: refusals name lines."""
    sent = body()
    given = loaded(arguments_schema(asked), sent)
    return {**given, "body": refuse_unstorable(sent["body"]).replace("\r\n", "\n")}


def _answered(declared: Declared, *, asked: str = "") -> Response:
    versions = session().execute(versions_listed(declared.key)).all()
    latest, is_ours = (versions[0][0], versions[0][1]) if versions else (None, True)
    people = authors_of([one for one, _went_back in versions])
    told = [
        {
            "number": one.number,
            "note": one.note,
            "at": one.created_at,
            "by": people.get(one.created_by_id or 0),
            "is_own": not went_back,
        }
        for one, went_back in versions
    ]
    shown = body_of_version(declared, asked) if asked else body_in_force(declared)
    result = {**_told(declared, latest), "is_own": not is_ours, "body": shown, "versions": told}
    return answer({"result": result})


def _told(declared: Declared, latest: PaperTemplate | None) -> dict[str, Any]:
    return {
        "key": declared.key,
        "title": declared.printout.title,
        "resource": declared.resource.key(),
        "version": latest.number if latest else 0,
    }


def _told_letterhead(kept: Letterhead) -> dict[str, Any]:
    return {
        "version": kept.version or 0,
        "heading": kept.heading,
        "details": kept.details,
        "footer": kept.footer,
        "language": kept.language,
        "roc_years": kept.roc_years,
        "logo": f"{BASE}/letterhead/logo" if kept.logo else None,
    }
