"""What sales does in the background, and when that begins by itself."""

from bumen_sales.jobs import credit, orders

JOBS = (orders.LATE, credit.END_EVALUATIONS, credit.ANNOUNCE_ENDS)
SCHEDULES = (orders.EACH_MORNING, credit.DAILY_EVALUATIONS, credit.ANNOUNCED_DAILY)

__all__ = ["JOBS", "SCHEDULES"]
