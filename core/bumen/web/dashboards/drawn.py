"""Cards as they are shown: each worked out with one statement, and guarded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from bumen.dashboards import Card, Glance, ToDo
from bumen.formats import formats_here
from bumen.hooks import guarded
from bumen.i18n import translator
from bumen.listing import Listing, page_of
from bumen.model.describe import Kind, fields_of, kind_of
from bumen.reports import (
    Course,
    Figure,
    Whose,
    courses_of,
    is_seen,
    is_seen_whole,
    own_person,
    percent_changed,
    whose_is_shown,
)
from bumen.reports.dimensions import hidden_paths
from bumen.resource import READ
from bumen.unit_of_work import current, session, today
from bumen.values import MoneyType
from bumen.visibility import as_seen
from bumen.web.analyses.address import AnalysisAddress
from bumen.web.analyses.drawing import drawing_of
from bumen.web.analyses.page import answer_of, table_of
from bumen.web.cells import Cells, Column, columns_of, screen_endpoint
from bumen.web.dashboards.seeing import card_is_seen
from bumen.web.gate import endpoint_of
from bumen.web.house import registry
from bumen.web.list_address import ListAddress
from bumen.web.list_filters import PREFIX
from bumen.web.list_words import period_text
from bumen.web.pages.addresses import url_of
from bumen.web.pages.reports import written
from bumen.web.security import allowed

_ = translator(__file__, "bumen")

Me = Callable[[], int | None]
"""Tells as which person whoever looks is counted; asked at most once."""
HOME = "home"
MOST_WAITING, MOST_IN_GLANCE = 5, 12
_KINDS = (Figure, ToDo, Glance)
_WIDTH, _HEIGHT, _EDGE = 132, 36, 3
"""Of the small line that shows how a figure has come along, in units of its drawing."""


class CoursesHere:
    """How the figures of cards have come along for whoever looks; those alike are asked as one."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._figures = [one.shows for one in cards if isinstance(one.shows, Figure)]
        self._me: Me = cache(own_person)
        self._known: dict[Figure, Course] = {}

    def of(self, figure: Figure) -> Course:
        """Tell how a figure has come along, with the target that is this person's."""
        if figure not in self._known:
            alike = [one for one in self._figures if one.is_alike(figure) and is_seen(one)]
            asked = {one: self._whose(one) for one in alike}
            self._known |= courses_of(asked, today=today())
        return self._known[figure]

    def _whose(self, figure: Figure) -> Whose:
        own = self._me() if figure.target and figure.person and not is_seen_whole(figure) else None
        return whose_is_shown(figure, me=own)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A card as it is shown: drawn already, under a title; `kind` says how much room it takes."""

    key: str
    title: str
    kind: str
    html: Markup


def cards_for(place: str) -> dict[str, tuple[str, Card]]:
    """Return the cards this person may see at a place (home or a department), with their plugin.

    At home figures of all departments come first, then what waits, then charts.
    """
    found = {}
    for name, installed in registry().plugins.items():
        if name in current().on and place in (HOME, name):
            for card in installed.plugin.cards:
                if (place == name or card.at_home) and _may_see(card):
                    found[f"{name}.{card.name}"] = (name, card)
    if place != HOME:
        return found
    return dict(sorted(found.items(), key=lambda one: _KINDS.index(type(one[1][1].shows))))


def drawn_cards(cards: Mapping[str, tuple[str, Card]], keys: Sequence[str]) -> list[Drawn]:
    """Draw these cards in this order; one that fails is logged by its department and left out."""
    found, courses = [], CoursesHere(cards[key][1] for key in keys)
    for key in keys:
        plugin, card = cards[key]
        with guarded(session(), plugin=plugin, what=f"its card {card.name}"):
            shown = _shown(plugin, card, courses)
            if shown is not None:
                kind, values = shown
                drawn = render_template(f"bumen/dashboard/{kind}.html", **values)
                html = Markup(drawn)  # noqa: S704  # the template has escaped what it shows
                found.append(Drawn(key=key, title=str(card.label), kind=kind, html=html))
    return found


def _may_see(card: Card) -> bool:
    view = card.resource.permission()
    return allowed(READ, view) and (card.needs == READ or allowed(card.needs, view))


def _shown(plugin: str, card: Card, courses: CoursesHere) -> tuple[str, dict[str, Any]] | None:
    """Return how a card is drawn, and of what; None where what it is made of is hidden."""
    if not card_is_seen(card):
        return None
    if isinstance(card.shows, Figure):
        return _figure(card.shows, courses)
    if isinstance(card.shows, Glance):
        return _glance(plugin, card.shows)
    return _to_do(card.shows)


def _figure(figure: Figure, courses: CoursesHere) -> tuple[str, dict[str, Any]]:
    course, formats = courses.of(figure), formats_here()
    months = [(period_text(month, formats), _told(figure, one)) for month, one in course.months]
    return "figure", {
        "figure": figure,
        "number": _told(figure, course.value),
        "href": _records_of(figure),
        "month_before": _change(figure, course.so_far, course.month_before),
        "year_before": _change(figure, course.so_far, course.year_before),
        "months": months,
        "line": _line([one for _month, one in course.months]),
        "reached": _reached(figure, course),
        "is_for_all": is_seen_whole(figure),
    }


def _glance(plugin: str, glance: Glance) -> tuple[str, dict[str, Any]]:
    analysis = glance.analysis
    query: dict[str, Any] = dict(glance.query)
    address = AnalysisAddress(analysis, MultiDict(query))
    pivot = answer_of(address)
    return "glance", {
        "drawing": drawing_of(pivot, address, most=MOST_IN_GLANCE),
        "table": table_of(pivot, address),
        "measure": pivot.asked.measures[0],
        "period": address.period_words,
        "href": url_for(
            f"{endpoint_of(plugin, 'department-reports')}.show", name=analysis.name, **query
        ),
    }


def _to_do(to_do: ToDo) -> tuple[str, dict[str, Any]]:
    resource, records = as_seen(to_do.resource), waiting_of(to_do)
    columns = columns_of(resource, _shown_of(to_do, to_do.shows))
    about = columns_of(resource, _shown_of(to_do, [to_do.about]))
    endpoint = screen_endpoint(resource)
    return "to_do", {
        "to_do": to_do,
        "records": list(_waiting(records[:MOST_WAITING], columns, endpoint, about=about)),
        "has_more": len(records) > MOST_WAITING,
        "href": url_of(resource, ListAddress(resource, MultiDict(to_do.filters)).query()),
    }


def waiting_of(to_do: ToDo) -> Sequence[Any]:
    """Return the records that wait, one more than are shown where there are more."""
    resource = as_seen(to_do.resource)
    listing = Listing(
        conditions=ListAddress(resource, MultiDict(to_do.filters)).listing.conditions,
        order=_order_of(to_do),
        size=MOST_WAITING,
        columns=[*dict.fromkeys([*resource.model.named_by, *_shown_of(to_do, _every(to_do))])],
    )
    return session().scalars(page_of(resource, listing, ahead=1)).all()


def _order_of(to_do: ToDo) -> str:
    """Return the order it names, where whoever looks sees what it is by; else the list's own."""
    hidden = hidden_paths(to_do.resource, {to_do.order.removeprefix("-")} - {""})
    return as_seen(to_do.resource).order if hidden or not to_do.order else to_do.order


def _every(to_do: ToDo) -> Sequence[str]:
    return (to_do.about, *to_do.shows)


def _shown_of(to_do: ToDo, names: Sequence[str]) -> list[str]:
    resource, known = as_seen(to_do.resource), fields_of(to_do.resource.model)
    return [name for name in names if name in resource.shown() and name in known]


def _waiting(
    records: Sequence[Any], columns: Sequence[Column], endpoint: str, *, about: Sequence[Column]
) -> Iterator[dict[str, Any]]:
    cells = Cells(in_columns=True)
    for record in records:
        name, href = str(record), url_for(f"{endpoint}.show", ident=record.id)
        for whole in cells.of(record, about):
            name, href = whole.text, whole.href or href
        yield {"name": name, "href": href, "cells": cells.of(record, columns)}


def _told(figure: Figure, number: Decimal) -> str:
    if isinstance(figure.stored, MoneyType):
        return formats_here().total(number)
    plain = kind_of(figure.stored) is Kind.NUMBER
    return written(int(number) if plain else number, figure.stored, formats_here())


def _change(figure: Figure, now: Decimal, then: Decimal | None) -> dict[str, Any] | None:
    """Return by how much a figure has changed, and whether that is good; None of a balance."""
    if then is None:
        return None
    formats, said = formats_here(), _told(figure, then)
    percent = percent_changed(now, then)
    if percent is None:
        return {"text": "", "before": said, "tone": ""}
    sign = "+" if percent > 0 else "\N{MINUS SIGN}" if percent < 0 else "±"
    is_good = (percent > 0) is not figure.less_is_better
    tone = "" if not percent else "good" if is_good else "bad"
    return {"text": f"{sign}{formats.percent(abs(percent))}", "before": said, "tone": tone}


def _reached(figure: Figure, course: Course) -> dict[str, Any] | None:
    """Return how much of the target has been reached: the company's, or the reader's own."""
    aim = course.aim
    if aim is None:
        return None
    return {
        "target": _told(figure, aim.target),
        "value": _told(figure, aim.value),
        "percent": formats_here().percent(aim.attained.quantize(Decimal(1), ROUND_HALF_UP)),
        "filled": min(max(int(aim.attained), 0), 100),
        "is_own": not aim.whose.is_everybodys,
        "differs": aim.value != course.value,
    }


def _line(numbers: Sequence[Decimal]) -> str:
    """Return the points of a line through some numbers, the largest at the top."""
    most, least = max([*numbers, Decimal(0)]), min([*numbers, Decimal(0)])
    height, far = (most - least) or Decimal(1), max(len(numbers) - 1, 1)
    points = []
    for place, one in enumerate(numbers):
        across = _EDGE + (_WIDTH - 2 * _EDGE) * place / far
        down = _HEIGHT - _EDGE - (_HEIGHT - 2 * _EDGE) * float((one - least) / height)
        points.append(f"{across:.1f},{down:.1f}")
    return " ".join(points)


def _records_of(figure: Figure) -> str:
    """Return where the records behind the number are listed: this month's, or all there are."""
    asked: dict[str, Any] = {}
    if not figure.is_balance:
        asked[f"{PREFIX}{figure.day}.period"] = "this_month"
    for one in figure.conditions:
        operator = "" if one.operator in ("eq", "in") else f".{one.operator}"
        asked[f"{PREFIX}{one.field}{operator}"] = one.value
    return url_for(f"{screen_endpoint(figure.resource)}.list", **asked)
