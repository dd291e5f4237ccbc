"""What logistics gives and needs."""

from bumen import Plugin
from bumen_logistics import answers, hooks, numbers, resources
from bumen_logistics.texts import _

plugin = Plugin(
    name="logistics",
    title=_("Logistics"),
    description=_("Stock, deliveries prepared and on their way, and what carriers are paid."),
    icon="truck-delivery",
    requires=("base",),
    optional=("sales",),
    resources=resources.ALL,
    hooks=hooks,
    answers=(answers,),
    numbers=numbers.ALL,
)
