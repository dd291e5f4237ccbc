"""How sentences of refusals are put together."""

from collections.abc import Iterable
from functools import reduce

from bumen import Text
from bumen_sales.texts import _


def said_together(sentences: Iterable[Text]) -> Text:
    """Put sentences behind each other, the way the reader's language does."""
    return reduce(lambda some, more: _("%(some)s %(more)s", some=some, more=more), sentences)
