"""What logistics does where sales is there: it carries out what customers have ordered."""

from bumen import Beside
from bumen_logistics.with_sales import answers, cash, reactions, shipping, slots

beside = Beside(
    answers=(answers, cash, shipping),
    subscriptions=(*reactions.HEARD, *cash.HEARD, *shipping.SUBSCRIPTIONS),
    slots=slots.SHOWN,
)
