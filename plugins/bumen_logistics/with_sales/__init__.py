"""What logistics does where sales is there: it carries out what customers have ordered."""

from bumen import Beside
from bumen_logistics.with_sales import answers, cash, reactions, slots

beside = Beside(
    answers=(answers, cash), subscriptions=(*reactions.HEARD, *cash.HEARD), slots=slots.SHOWN
)
