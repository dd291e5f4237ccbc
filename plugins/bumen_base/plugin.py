"""What master data gives and needs."""

from bumen import Plugin
from bumen_base import answers, dashboard, demo, first_steps, hooks, jobs, reports, resources
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
    reports=(
        reports.CUSTOMERS,
        reports.DUPLICATES,
        reports.COMPLETENESS,
        reports.LEAST_COMPLETE,
    ),
    figures=dashboard.FIGURES,
    cards=dashboard.CARDS,
    jobs=jobs.JOBS,
    schedules=jobs.SCHEDULES,
    numbers=NUMBERS,
    hooks=hooks,
    answers=(answers, demo),
    first_steps=first_steps.STEPS,
)
