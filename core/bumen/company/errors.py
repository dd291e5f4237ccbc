"""What setting up companies and people refuses."""

from __future__ import annotations

from collections.abc import Iterable

from bumen.errors import BusinessError, Conflict, NotFound
from bumen.i18n import LANGUAGES, translator

_ = translator(__file__, "bumen")


class CompanyCodeIsMalformed(BusinessError):
    """The refusal of a code that is not 2 to 20 capital letters and digits."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("The code “%(code)s” is not 2 to 20 capital letters and digits.", code=code),
            field="code",
        )


class CompanyCodeIsTaken(Conflict):
    """The refusal of a code that another company has."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("There is a company with the code “%(code)s” already.", code=code), field="code"
        )


class CompanyIsUnknown(NotFound):
    """The refusal to do something for a company that is not there."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("There is no company with the code “%(code)s”.", code=code), field="company"
        )


class NameIsMissing(BusinessError):
    """The refusal of an empty or overlong name."""

    def __init__(self, *, longest: int) -> None:
        super().__init__(
            _("Please give a name of at most %(longest)s characters.", longest=longest),
            field="name",
        )


class CountryIsUnknown(BusinessError):
    """The refusal of what is not a country's code of ISO 3166."""

    def __init__(self, country: str) -> None:
        super().__init__(
            _("“%(country)s” is not a country code such as TW or CN.", country=country),
            field="country",
        )


class CurrencyIsUnknown(BusinessError):
    """The refusal of what is not a currency's code of ISO 4217."""

    def __init__(self, currency: str) -> None:
        super().__init__(
            _("“%(currency)s” is not a currency code such as TWD or CNY.", currency=currency),
            field="currency",
        )


class LocaleIsUnknown(BusinessError):
    """The refusal of a language that Bumen does not speak."""

    def __init__(self, locale: str) -> None:
        super().__init__(
            _(
                "“%(locale)s” is not one of the languages %(languages)s.",
                locale=locale,
                languages=", ".join(LANGUAGES),
            ),
            field="locale",
        )


class TimeZoneIsUnknown(BusinessError):
    """The refusal of what the IANA time zone database does not know."""

    def __init__(self, timezone: str) -> None:
        super().__init__(
            _("“%(timezone)s” is not a time zone such as Asia/Taipei.", timezone=timezone),
            field="timezone",
        )


class TimeZoneIsMissing(BusinessError):
    """The refusal to guess the time zone of a country that has none of its own."""

    def __init__(self, country: str) -> None:
        super().__init__(
            _("Please name a time zone: “%(country)s” has none of its own.", country=country),
            field="timezone",
        )


class UserNameIsMalformed(BusinessError):
    """The refusal of a user name with blanks or signs in it, or an overlong one."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "The user name “%(name)s” must be up to 64 letters, digits and the signs ._-@+ "
                "and begin with a letter or digit.",
                name=name,
            ),
            field="name",
        )


class UserNameIsTaken(Conflict):
    """The refusal of a user name that another person has, capitals or not."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("There is a user with the name “%(name)s” already.", name=name), field="name"
        )


class UserIsUnknown(NotFound):
    """The refusal to do something for a person who is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(_("There is no user with the name “%(name)s”.", name=name), field="name")


class EmailIsMalformed(BusinessError):
    """The refusal of what is not an e-mail address."""

    def __init__(self, email: str) -> None:
        super().__init__(_("“%(email)s” is not an e-mail address.", email=email), field="email")


class EmailIsTaken(Conflict):
    """The refusal of an e-mail address that another person has."""

    def __init__(self, email: str) -> None:
        super().__init__(
            _("There is a user with the e-mail address “%(email)s” already.", email=email),
            field="email",
        )


class PasswordIsWeak(BusinessError):
    """The refusal of a password that others could guess."""

    def __init__(self, *, least: int) -> None:
        super().__init__(
            _(
                "The password is too easy to guess: take at least %(least)s characters, "
                "not one that many people use, and without the user name in it.",
                least=least,
            ),
            field="password",
        )


class MembershipIsTaken(Conflict):
    """The refusal to make somebody a member of a company twice."""

    def __init__(self, *, name: str, company: str) -> None:
        super().__init__(
            _("“%(name)s” is a member of %(company)s already.", name=name, company=company),
            field="company",
        )


class RoleIsUnknown(BusinessError):
    """The refusal of a role that no installed plugin brings."""

    def __init__(self, role: str, *, known: Iterable[str]) -> None:
        super().__init__(
            _(
                "There is no role “%(role)s”; there are %(known)s.",
                role=role,
                known=", ".join(sorted(known)),
            ),
            field="roles",
        )


class OwnAccountStays(BusinessError):
    """The refusal to let people lock or delete themselves."""

    def __init__(self) -> None:
        super().__init__(
            _("You cannot lock or delete your own account; another administrator can."),
            field="active",
        )


class NobodyWouldAdminister(BusinessError):
    """The refusal to leave a deployment without anybody who administers it."""

    def __init__(self) -> None:
        super().__init__(
            _("At least one person who can sign in must administer the whole deployment."),
            field="everywhere",
        )


class PersonIsNamedInRecords(Conflict):
    """The refusal to delete somebody whose name stands on records."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "“%(name)s” has written records, which keep that name. Lock the account instead.",
                name=name,
            )
        )
