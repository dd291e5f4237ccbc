"""What an analysis is called where views of it are kept, and where its page is."""

from bumen.reports import Analysis
from bumen.web.gate import endpoint_of

REPORTS = "department-reports"


def key_of_analysis(analysis: Analysis) -> str:
    """Return its name among all lists and analyses: `sales.reports.sales`."""
    return f"{analysis.resource.plugin()}.reports.{analysis.name}"


def page_of_analysis(analysis: Analysis) -> str:
    """Return the endpoint of its page."""
    return f"{endpoint_of(analysis.resource.plugin(), REPORTS)}.show"
