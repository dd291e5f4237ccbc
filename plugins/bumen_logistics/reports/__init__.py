"""What logistics reports."""

from bumen_logistics.reports import stock

ALL = (*stock.ALL,)
