"""Regulations through the API: what they say, what fulfils them, and what shows that it does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response
from flask_appbuilder.api import BaseApi, expose

from bumen.documents.called import Names
from bumen.fulfilment import Fulfilment
from bumen.regulations import Clause, Edition, Regulation, clauses_in_force
from bumen.regulations.coverage import Covered, coverage
from bumen.regulations.evidence import Evidence, Shown, evidence
from bumen.resource import READ
from bumen.unit_of_work import session, today
from bumen.web.answers import answer
from bumen.web.regulations.described import describe_regulations
from bumen.web.regulations.finding import (
    EVIDENCE,
    VIEW,
    edition_shown,
    known_regulations,
    let_in,
    regulation_found,
)
from bumen.web.regulations.passages import people_of
from bumen.web.regulations.periods import days_asked
from bumen.web.regulations.reading import known_here
from bumen.web.security import allowed


class RegulationApi(BaseApi):
    """The regulations of the company that is asked for."""

    route_base = "/api/v1/core/regulations"

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with the documents there are."""
        let_in(READ)
        found = session().scalars(known_regulations()).all()
        return answer({"count": len(found), "result": [_regulation(one) for one in found]})

    @expose("/<int:ident>", methods=("GET",))
    def get(self, ident: int) -> Response:
        """Answer with a document as it is in force, or as the version in the address says it."""
        let_in(READ)
        regulation = regulation_found(ident)
        edition, editions = edition_shown(regulation, drafts=False)
        told = _regulation(regulation) | {"versions": [_edition(one) for one in editions]}
        if edition is not None:
            told["version"] = _edition(edition) | {"chapters": _chapters(edition)}
        return answer({"id": ident, "result": told})

    @expose("/coverage", methods=("GET",))
    def coverage(self) -> Response:
        """Answer with the clauses in force and what fulfils each."""
        let_in(EVIDENCE)
        clauses = session().scalars(clauses_in_force(today())).all()
        rows = coverage(clauses, known_here())
        return answer({"count": len(rows), "result": [_covered(row) for row in rows]})

    @expose("/evidence", methods=("GET",))
    def evidence(self) -> Response:
        """Answer with what shows that the clauses were kept in a period."""
        let_in(EVIDENCE)
        days = days_asked()
        clauses = session().scalars(clauses_in_force(days.rules_on)).all()
        rows = evidence(clauses, known_here(), period=days.period, now=datetime.now(UTC))
        names = people_of(rows)
        told = [_evidence(row, names) for row in rows]
        return answer({"count": len(told), "result": told, **days.query})

    def describe(self, spec: Any) -> None:
        """Describe what this person may ask."""
        describe_regulations(spec, self.route_base, shows_evidence=allowed(EVIDENCE, VIEW))


def _regulation(regulation: Regulation) -> dict[str, Any]:
    return {"id": regulation.id, "code": regulation.code, "title": regulation.title}


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "number": edition.number,
        "valid_from": edition.valid_from,
        "valid_to": edition.valid_to,
        "published_at": edition.published_at,
        "note": edition.note,
    }


def _chapters(edition: Edition) -> list[dict[str, Any]]:
    return [
        {
            "number": chapter.number,
            "title": chapter.title,
            "clauses": [_clause(clause) for clause in chapter.clauses],
        }
        for chapter in edition.chapters
    ]


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "number": clause.number,
        "text": clause.text,
        "demands": list(clause.demanded),
    }


def _covered(row: Covered) -> dict[str, Any]:
    return {
        **_clause(row.clause),
        "cover": row.cover.value,
        "fulfilled_by": [_fulfilment(one) for one in row.fulfilments],
        "missing": list(row.missing),
    }


def _evidence(row: Evidence, names: Names) -> dict[str, Any]:
    parts = [_fulfilment(one) | _shown(shown, names) for one, shown in row.parts]
    return {**_clause(row.clause), **_shown(row.whole, names), "parts": parts}


def _fulfilment(one: Fulfilment) -> dict[str, Any]:
    return {
        "means": one.means.value,
        "resource": None if one.resource is None else one.resource.key(),
        "name": one.name,
        "label": one.label,
    }


def _shown(shown: Shown, names: Names) -> dict[str, Any]:
    return {
        "times": shown.times,
        "documents": shown.documents,
        "in_time": shown.in_time,
        "late": shown.late,
        "waiting_late": shown.waiting_late,
        "by_substitutes": shown.instead,
        "people": [
            {"id": who, "label": names.get(who or 0, ""), "times": times}
            for who, times in shown.people.most_common()
        ],
    }
