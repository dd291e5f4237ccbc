"""Whether the rules are kept: the reports of coverage and of evidence, as pages and as files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template, request, url_for

from bumen.exchange.export import format_named
from bumen.i18n import translator
from bumen.regulations import clauses_in_force
from bumen.regulations.coverage import Cover, coverage, without_rule
from bumen.regulations.evidence import evidence
from bumen.unit_of_work import session, today
from bumen.web.downloads import download
from bumen.web.regulations.finding import EVIDENCE, clause_found, let_in
from bumen.web.regulations.passages import MOST_SHOWN, passages_seen, people_of
from bumen.web.regulations.periods import days_asked
from bumen.web.regulations.reading import known_here, told_around
from bumen.web.regulations.sheets import coverage_sheet, evidence_sheet, passages_sheet

_ = translator(__file__, "bumen")


def proof_pages() -> Blueprint:
    """Return the pages that show whether rules are covered, and whether they are kept."""
    pages = Blueprint("regulations_proofs", __name__, url_prefix="/regulations")
    _add_coverage(pages)
    _add_evidence(pages)
    _add_passages(pages)
    return pages


def _add_coverage(pages: Blueprint) -> None:
    @pages.get("/coverage")
    def covered() -> Any:
        let_in(EVIDENCE)
        known, clauses = known_here(), session().scalars(clauses_in_force(today())).all()
        rows = coverage(clauses, known)
        if kind := request.args.get("format"):
            return download(coverage_sheet(rows), format_named(kind), name="coverage")
        counts = {cover: sum(row.cover is cover for row in rows) for cover in Cover}
        asked = request.args.get("cover", "")
        return render_template(
            "bumen/regulations/coverage.html",
            title=_("Coverage of the rules"),
            rows=[row for row in rows if asked in ("", row.cover.value)],
            counts=counts,
            asked=asked,
            without_rule={one: known[one] for one in without_rule(clauses, known)},
            files=_files("regulations_proofs.covered"),
            **told_around(),
        )


def _add_evidence(pages: Blueprint) -> None:
    @pages.get("/evidence")
    def proved() -> Any:
        let_in(EVIDENCE)
        days = days_asked()
        clauses = session().scalars(clauses_in_force(days.rules_on)).all()
        rows = evidence(clauses, known_here(), period=days.period, now=datetime.now(UTC))
        names = people_of(rows)
        if kind := request.args.get("format"):
            return download(evidence_sheet(rows, names), format_named(kind), name="evidence")
        return render_template(
            "bumen/regulations/evidence.html",
            title=_("Evidence"),
            rows=[row for row in rows if row.parts],
            bare=[row for row in rows if not row.parts],
            names=names,
            days=days,
            files=_files("regulations_proofs.proved", **days.query),
            **told_around(),
        )


def _add_passages(pages: Blueprint) -> None:
    @pages.get("/clauses/<int:ident>/evidence")
    def passed(ident: int) -> Any:
        let_in(EVIDENCE)
        clause, days = clause_found(ident), days_asked()
        known = known_here()
        [row] = evidence([clause], known, period=days.period, now=datetime.now(UTC))
        fulfilments = [fulfilment for fulfilment, _shown in row.parts]
        if kind := request.args.get("format"):
            sheet = passages_sheet(passages_seen(fulfilments, days.period))
            return download(sheet, format_named(kind), name="evidence")
        return render_template(
            "bumen/regulations/passages.html",
            title=_("Evidence for clause %(number)s", number=clause.number),
            row=row,
            names=people_of([row]),
            passages=passages_seen(fulfilments, days.period, most=MOST_SHOWN),
            most=MOST_SHOWN,
            days=days,
            files=_files("regulations_proofs.passed", ident=ident, **days.query),
            **told_around(),
        )


def _files(endpoint: str, **asked: Any) -> dict[str, str]:
    return {kind: url_for(endpoint, format=kind, **asked) for kind in ("csv", "xlsx")}
