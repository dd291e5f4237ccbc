"""What logistics shows on dashboards."""

from bumen_logistics.dashboard import stock

FIGURES = (*stock.FIGURES,)
CARDS = (*stock.CARDS,)
