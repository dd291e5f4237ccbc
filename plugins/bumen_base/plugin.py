"""What master data gives and needs."""

from bumen import Plugin
from bumen_base import answers, demo, first_steps, hooks, reports, resources
from bumen_base.services.codes import NUMBERS
from bumen_base.texts import _

plugin = Plugin(
    name="base",
    title=_("Master data"),
    description=_(
        "Customers, products, regions and the company's own people, for every department."
    ),
    icon="database",
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
    reports=(reports.DUPLICATES, reports.COMPLETENESS, reports.LEAST_COMPLETE),
    numbers=NUMBERS,
    hooks=hooks,
    answers=(answers, demo),
    first_steps=first_steps.STEPS,
)
