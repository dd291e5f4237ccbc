"""Shelves: books and where they stand. A plugin for tests, with a tree and a circle of keys."""

from bumen import Plugin, Resource, translator
from tests.plugins.shelves import answers
from tests.plugins.shelves.models import Book, Shelf

_ = translator(__file__, "shelves")


class Shelves(Resource):
    """Shelves, which stand in one another."""

    model, title, columns = Shelf, _("Shelves"), ("name", "parent")


class Books(Resource):
    """Books on their shelves."""

    model, title, columns = Book, _("Books"), ("title", "shelf")


plugin = Plugin(name="shelves", title=_("Shelves"), resources=(Shelves, Books), answers=(answers,))
