"""The figures of a department through the API: what there is, and what each comes to."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import Response, request
from flask_appbuilder import AppBuilder
from flask_appbuilder.api import BaseApi, expose

from bumen.errors import Malformed, NotFound
from bumen.host import Host
from bumen.i18n import Text, translator
from bumen.listing import Condition, Days, Period, days_asked
from bumen.model.describe import Kind, kind_of
from bumen.reports import (
    EVERYBODYS,
    Figure,
    Whose,
    attainment,
    check_may_ask,
    is_seen,
    reading_of,
)
from bumen.resource import READ
from bumen.unit_of_work import current, today
from bumen.web.answers import answer
from bumen.web.described import (
    DAY,
    FLAG,
    NUMBER,
    TEXT,
    WORTH,
    in_query,
    listed,
    many,
    mapping,
    maybe,
    one_of,
    operation,
    thing,
)
from bumen.web.gate import endpoint_of
from bumen.web.house import registry
from bumen.web.security import allowed, require, signed_in

_ = translator(__file__, "bumen")

ABOUT_FIGURE = thing(
    {
        **dict.fromkeys(("name", "title", "in_words", "resource"), TEXT),
        "kind": one_of(one.value for one in Kind),
        **dict.fromkeys(("is_balance", "less_is_better", "by_person", "by_department"), FLAG),
    }
)
"""What a figure is."""
_DAYS = many(DAY)
_READING = thing(
    {
        "result": thing(
            {
                **ABOUT_FIGURE["properties"],
                "days": maybe(_DAYS),
                "person_id": maybe(NUMBER),
                "department_id": maybe(NUMBER),
                "value": WORTH,
                "before": mapping(thing({"days": _DAYS, "value": WORTH})),
                "target": WORTH,
                "attained": WORTH,
            }
        )
    }
)
_ASKED = ("period", "person_id", "department_id")
_PASSING = {"_l_"}


class FigureApi(BaseApi):
    """The figures of one department as JSON."""

    plugin: ClassVar[str]

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with the figures this person may read."""
        signed_in()
        found = [about_figure(one) for one in figures_of(self.plugin)]
        return answer({"count": len(found), "result": found})

    @expose("/<name>", methods=("GET",))
    def get(self, name: str) -> Response:
        """Answer with what a figure comes to in a period: of all, a person, a department."""
        signed_in()
        figure = _called(self.plugin, name)
        for one in request.args:
            if one not in {*_ASKED, *_PASSING}:
                raise _wrong(one, _("A figure cannot be asked for “%(name)s”.", name=one))
        whose = Whose(person_id=_number("person_id"), department_id=_number("department_id"))
        check_may_ask(figure, whose)
        if figure.is_balance and request.args.get("period"):
            raise _wrong("period", _("This figure tells what there is now, of no period."))
        return answer({"result": _told(figure, _days(), whose)})

    def describe(self, spec: Any) -> None:
        """Describe the figures this person may read."""
        figures = figures_of(self.plugin)
        if figures:
            every = operation(listed(ABOUT_FIGURE))
            spec.path(path=f"/api/v1/{self.plugin}/figures/", operations={"get": every})
        for figure in figures:
            asked = [in_query(name) for name in _ASKED]
            told = operation(_READING, *asked, summary=str(figure.title))
            told["description"] = str(figure.in_words)
            path = f"/api/v1/{self.plugin}/figures/{figure.name}"
            spec.path(path=path, operations={"get": told})


def figures_of(plugin: str) -> list[Figure]:
    """Return the figures of a department that this person may read."""
    if plugin not in current().on:
        return []
    every = registry().plugins[plugin].plugin.figures
    return [one for one in every if allowed(READ, one.resource.permission()) and is_seen(one)]


def about_figure(figure: Figure) -> dict[str, Any]:
    """Return what a figure is."""
    return {
        "name": figure.name,
        "title": figure.title,
        "in_words": figure.in_words,
        "kind": kind_of(figure.stored),
        "resource": figure.resource.key(),
        "is_balance": figure.is_balance,
        "less_is_better": figure.less_is_better,
        "by_person": bool(figure.person),
        "by_department": bool(figure.department),
    }


def plain_number(figure: Figure, value: Any) -> Any:
    """Return a figure's number as JSON has it: whole numbers as such, amounts as texts."""
    if value is None or kind_of(figure.stored) is not Kind.NUMBER:
        return value
    return int(value)


def register_figure_apis(appbuilder: AppBuilder, host: Host) -> None:
    """Give every department that has figures their API."""
    for name, installed in host.registry.plugins.items():
        if installed.plugin.figures:
            about = {"plugin": name, "route_base": f"/api/v1/{name}/figures"}
            api = type(f"FigureApi_{name}", (FigureApi,), about)
            appbuilder.add_view_no_menu(api, endpoint=endpoint_of(name, "api-department-figures"))


def _called(plugin: str, name: str) -> Figure:
    """Return a figure by its name; what is hidden from this person does not exist."""
    every = registry().plugins[plugin].plugin.figures
    found = next((one for one in every if one.name == name), None)
    if found is None or plugin not in current().on:
        raise NotFound
    require(READ, found.resource.permission())
    if not is_seen(found, EVERYBODYS):
        raise NotFound
    return found


def _told(figure: Figure, days: Days, whose: Whose) -> dict[str, Any]:
    found = reading_of(figure, days, today=today(), whose=whose)
    target = found.target
    return {
        **about_figure(figure),
        "days": None if figure.is_balance else [days.first, days.last],
        "person_id": whose.person_id,
        "department_id": whose.department_id,
        "value": plain_number(figure, found.value),
        "before": {
            how: {"days": [then.first, then.last], "value": plain_number(figure, value)}
            for how, (then, value) in found.before.items()
        },
        "target": target,
        "attained": None if target is None else attainment(found.value, target),
    }


def _days() -> Days:
    asked = request.args.get("period", "").strip() or Period.THIS_MONTH
    try:
        return days_asked(Condition(field="period", operator="period", value=asked))
    except Malformed as why:
        raise _wrong("period", *(said for some in why.fields.values() for said in some)) from None


def _number(name: str) -> int | None:
    typed = request.args.get(name, "").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise _wrong(name, _("This must be a whole number."))
    return int(typed)


def _wrong(place: str, *messages: Text | str) -> Malformed:
    return Malformed(messages[0], fields={place: list(messages)})
