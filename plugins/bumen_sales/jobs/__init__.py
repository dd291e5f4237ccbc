"""What sales does in the background, and when that begins by itself."""

from bumen_sales.jobs import credit, orders

JOBS = (orders.LATE, credit.END_EVALUATIONS)
SCHEDULES = (orders.EACH_MORNING, credit.DAILY_EVALUATIONS)

__all__ = ["JOBS", "SCHEDULES"]
