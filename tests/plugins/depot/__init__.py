"""Depot: growers and the crates they send. A plugin for tests of imports: every kind of field."""

from bumen import Lines, Plugin, Resource, translator, within
from tests.plugins.depot.models import Crate, CrateLine, Grower
from tests.plugins.depot.services import GrowerFound, enter_grower, remember

_ = translator(__file__, "depot")


class Growers(Resource):
    """Who grows what comes in."""

    model, title, columns = Grower, _("Growers"), ("code", "name", "chief")
    on_create = staticmethod(enter_grower)


class CrateLines(Lines):
    """What is in a crate."""

    model, title = CrateLine, _("Contents")
    fields = ("fruit", "pieces", "price", "reduction")


class Crates(Resource):
    """What growers have sent."""

    model, title, columns = Crate, _("Crates"), ("reference", "grower")
    lines = (CrateLines,)


class Inspections(Resource):
    """Crates as inspectors see them: nobody makes one here."""

    model, title, columns, can = Crate, _("Inspections"), ("reference",), frozenset()


plugin = Plugin(
    name="depot",
    title=_("Depot"),
    resources=(Growers, Crates, Inspections),
    subscriptions=(within(GrowerFound, remember),),
)
