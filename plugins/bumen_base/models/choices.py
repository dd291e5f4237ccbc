"""The codes master data chooses from."""

from bumen import Choice, Tone
from bumen_base.texts import _


class Grade(Choice):
    """A grade goes from A, the best, to D."""

    A = "A", _("A")
    B = "B", _("B")
    C = "C", _("C")
    D = "D", _("D")


class CustomerKind(Choice):
    """Whom one deals with: an organisation or a single person."""

    COMPANY = "company", _("Company")
    PERSON = "person", _("Person")


class CustomerSource(Choice):
    """How a customer came to know of us."""

    RESEARCH = "research", _("Market research")
    EXHIBITION = "exhibition", _("Exhibition")
    WEB = "web", _("Website")
    REFERRAL = "referral", _("Referral")
    CAMPAIGN = "campaign", _("Campaign")
    OTHER = "other", _("Other")


class CustomerState(Choice):
    """How things stand between a customer and us."""

    PROSPECT = "prospect", _("Prospect"), Tone.PLAIN
    ACTIVE = "active", _("Active customer"), Tone.GOOD
    DORMANT = "dormant", _("Dormant"), Tone.WARNING
    BLOCKED = "blocked", _("Blocked"), Tone.BAD


class PaymentMethod(Choice):
    """When and to whom a customer pays."""

    PREPAID = "prepaid", _("Prepaid")
    ON_ACCOUNT = "on_account", _("On account")
    CASH_ON_DELIVERY = "cash_on_delivery", _("Cash on delivery")


class ContactLanguage(Choice):
    """The language in which a contact is written to."""

    TRADITIONAL_CHINESE = "zh_Hant", _("Traditional Chinese")
    SIMPLIFIED_CHINESE = "zh_Hans", _("Simplified Chinese")
    ENGLISH = "en", _("English")


class AddressKind(Choice):
    """What is sent to an address: the invoice, or the goods."""

    BILLING = "billing", _("Billing address")
    DELIVERY = "delivery", _("Delivery address")


class ProductKind(Choice):
    """Whether a product is kept in stock or done."""

    GOODS = "goods", _("Goods")
    SERVICE = "service", _("Service")
