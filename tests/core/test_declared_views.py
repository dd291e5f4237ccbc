"""Wrong sections, views, groups and sums of a resource are found before anybody meets them."""

from bumen import Board, Calendar, Cards, Chart, Section
from bumen.registry import Registry
from bumen.testing.declarations import problems_of_resource
from kitchen.resources import Dishes
from kitchen.texts import _


class Right(Dishes):
    """Dishes whose declarations fit."""

    sections = (
        Section(_("Price"), ("price", "cost")),
        Section(_("Recipe"), ("recipe", "supplier"), tab=_("Recipe")),
    )
    views = (
        Board(by="course", shows=("price",), total="price"),
        Calendar(on="launched", until="served_at"),
        Chart(by="launched.month", of="price"),
        Cards(shows=("course",)),
    )
    grouped = ("course", "supplier", "launched", "served_at.year")
    totals = ("price", "servings")


class Wrong(Dishes):
    """Dishes that name what there is not, or what is of no use there."""

    sections = (Section(_("Price"), ("price", "taste")), Section(_("Cost"), ("cost", "price")))
    views = (
        Board(by="name", shows=("smell",), total="course"),
        Board(by="course"),
        Calendar(on="course", until="ended"),
        Chart(by="launched", of="name"),
        Cards(shows=("colour",), picture="name"),
    )
    grouped = ("price", "course.month", "launched.week", "season")
    totals = ("name", "weight")


FOUND = [
    "Wrong.sections: taste",
    "Wrong.sections: twice: price",
    "Wrong.totals: name",
    "Wrong.grouped: price",
    "Wrong.grouped: course.month",
    "Wrong.grouped: launched.week",
    "Wrong.views: twice: board",
    "Wrong.board.by: name",
    "Wrong.board.shows: smell",
    "Wrong.board.total: course",
    "Wrong.board: course is not among the totals",
    "Wrong.calendar.on: course",
    "Wrong.calendar.until: ended",
    "Wrong.chart.by: launched",
    "Wrong.chart.of: name",
    "Wrong.cards.shows: colour",
    "Wrong.cards.picture: name",
]


def test_declarations_that_fit_are_no_problem(registry: Registry) -> None:
    assert list(problems_of_resource(Right)) == []


def test_fields_that_are_unknown_twice_or_of_no_use_are_found(registry: Registry) -> None:
    assert list(problems_of_resource(Wrong)) == FOUND
