"""What sales adds to others: a customer's orders on the customer's page."""

from bumen import Related, extends
from bumen_sales.resources import Orders

ADDED = (extends("base.customers", related=(Related(Orders, by="customer"),)),)
