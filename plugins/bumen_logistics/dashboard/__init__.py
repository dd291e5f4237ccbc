"""What logistics shows on dashboards."""

from bumen_logistics.dashboard import shipments, stock

FIGURES = (*stock.FIGURES,)
CARDS = (*shipments.CARDS, *stock.CARDS)
