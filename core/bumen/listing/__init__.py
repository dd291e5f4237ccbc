"""Lists of records: what is asked for, checked against what the resource declares, as one SELECT.

A list loads only the columns it shows, joins the references it names, goes on from page to page
by places and not by numbers, and counts no further than people care to know.
"""

from bumen.listing.asked import MOST_ON_A_PAGE, Condition, Listing
from bumen.listing.conditions import (
    ARCHIVED,
    MOST_CONDITIONS,
    days_asked,
    filterable,
    named_in,
    path_to_lines,
    true_of_line,
    wheres_of,
    within,
)
from bumen.listing.counts import MOST_COUNTED, count_of, is_capped, totals_of
from bumen.listing.groups import MOST_GROUPS, Gathered, gathered, groups_of, key_of
from bumen.listing.keys import GroupKey, Span, group_keys
from bumen.listing.operators import operator_of, operators
from bumen.listing.order import Order, order_of
from bumen.listing.pages import Turned, columns_of, loading, naming, page_of, turned, whole_of
from bumen.listing.periods import FROM_TO, PAST, Days, Period, written_days
from bumen.listing.search import search_in, some_found, words_in
from bumen.listing.spans import written
from bumen.listing.sums import RoughSum, exact_sum, exact_whole

__all__ = [
    "ARCHIVED",
    "FROM_TO",
    "MOST_CONDITIONS",
    "MOST_COUNTED",
    "MOST_GROUPS",
    "MOST_ON_A_PAGE",
    "PAST",
    "Condition",
    "Days",
    "Gathered",
    "GroupKey",
    "Listing",
    "Order",
    "Period",
    "RoughSum",
    "Span",
    "Turned",
    "columns_of",
    "count_of",
    "days_asked",
    "exact_sum",
    "exact_whole",
    "filterable",
    "gathered",
    "group_keys",
    "groups_of",
    "is_capped",
    "key_of",
    "loading",
    "named_in",
    "naming",
    "operator_of",
    "operators",
    "order_of",
    "page_of",
    "path_to_lines",
    "search_in",
    "some_found",
    "totals_of",
    "true_of_line",
    "turned",
    "wheres_of",
    "whole_of",
    "within",
    "words_in",
    "written",
    "written_days",
]
