"""Reports: what departments can tell of their records, declared once for screens, files and API.

A `Report` is a table that a service works out; an `Analysis` gathers records by what people
choose; a `Figure` is one number with a name, for dashboards and appraisals.
"""

from bumen.reports.analyses import Analysis, Dimension, Measure, Working
from bumen.reports.asking import check_may_ask, own_person, whose_is_shown
from bumen.reports.comparing import Compared, percent_changed
from bumen.reports.courses import Aim, Course, attainment, course_of, courses_of, reading_of
from bumen.reports.declaring import check_declared, is_defined
from bumen.reports.dimensions import Key, dimensions_of, measures_of
from bumen.reports.figures import EVERYBODYS, Figure, Whose, figure_in, is_seen, is_seen_whole
from bumen.reports.pivots import Cell, Member, Pivot, work_out
from bumen.reports.questions import (
    MOST_COLUMNS,
    MOST_ROWS,
    Checked,
    Most,
    Question,
    begun_with,
    checked,
    fits,
)
from bumen.reports.tables import Link, Report, ReportColumn, as_read, bare, told

__all__ = [
    "EVERYBODYS",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Aim",
    "Analysis",
    "Cell",
    "Checked",
    "Compared",
    "Course",
    "Dimension",
    "Figure",
    "Key",
    "Link",
    "Measure",
    "Member",
    "Most",
    "Pivot",
    "Question",
    "Report",
    "ReportColumn",
    "Whose",
    "Working",
    "as_read",
    "attainment",
    "bare",
    "begun_with",
    "check_declared",
    "check_may_ask",
    "checked",
    "course_of",
    "courses_of",
    "dimensions_of",
    "figure_in",
    "fits",
    "is_defined",
    "is_seen",
    "is_seen_whole",
    "measures_of",
    "own_person",
    "percent_changed",
    "reading_of",
    "told",
    "whose_is_shown",
    "work_out",
]
