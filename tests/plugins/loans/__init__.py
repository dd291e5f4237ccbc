"""Loans: who has which book. A plugin for tests that requires another, with a document."""

from bumen import Plugin, Resource, translator
from tests.plugins.loans.models import Loan

_ = translator(__file__, "loans")


class Loans(Resource):
    """Books that readers have taken home."""

    model, title, columns = Loan, _("Loans"), ("number", "book", "state")


plugin = Plugin(name="loans", title=_("Loans"), requires=("shelves",), resources=(Loans,))
