"""The pages everybody has for themselves: the account, and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g, url_for

from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class OwnPage:
    """An own page is one that shows only what is one's own."""

    label: Text
    icon: str
    endpoint: str
    in_company: bool = False
    """Whether it shows what one has in the company one works for now."""

    @property
    def url(self) -> str:
        """Where it is."""
        return url_for(self.endpoint)


ACCOUNT = OwnPage(label=_("My account"), icon="user-circle", endpoint="UserDBModelView.userinfo")
_PARTS = (
    OwnPage(
        label=_("My substitutes"), icon="calendar", endpoint="absences.listed", in_company=True
    ),
    OwnPage(
        label=_("What I am told by mail"), icon="mail", endpoint="inbox.wishes", in_company=True
    ),
    OwnPage(label=_("Keys for programs"), icon="plug", endpoint="ApiKeyView.own", in_company=True),
    OwnPage(label=_("Second factor"), icon="shield-check", endpoint="SecondFactorView.own"),
    OwnPage(label=_("Change password"), icon="key", endpoint="ResetMyPasswordView.this_form_get"),
)


def account_parts() -> list[OwnPage]:
    """Return what there is besides the account's own page, for somebody who is signed in."""
    return [one for one in _PARTS if g.get("company") or not one.in_company]


def own_pages() -> list[OwnPage]:
    """Return every page of one's own, the account first."""
    return [ACCOUNT, *account_parts()]


def register_own_pages(app: Flask) -> None:
    """Let templates name these pages."""
    app.jinja_env.globals |= {"own_pages": own_pages, "account_parts": account_parts}
