"""One search over all that is on: by pairs of characters, folded to one script and one width.

Every record that can be searched has an entry, which is written in the unit of work that writes
the record. Lists, lookups, the palette and the search page ask the same question.
"""

from bumen.search.finding import Sought, contains, sought_in
from bumen.search.keeping import up_to_date

__all__ = ["Sought", "contains", "sought_in", "up_to_date"]
