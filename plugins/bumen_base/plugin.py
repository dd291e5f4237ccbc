"""What master data gives and needs."""

from bumen import Plugin
from bumen_base import answers, demo, hooks, resources
from bumen_base.texts import _

plugin = Plugin(
    name="base",
    title=_("Master data"),
    resources=(
        resources.Customers,
        resources.Contacts,
        resources.Addresses,
        resources.Products,
        resources.Categories,
        resources.Regions,
        resources.Departments,
        resources.Posts,
        resources.Employees,
    ),
    hooks=hooks,
    answers=(answers, demo),
)
