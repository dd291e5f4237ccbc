"""Links by which somebody proves to be who gets mail at an address: signed, for a time, once."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from bumen.errors import BusinessError
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.unit_of_work import session
from bumen.values import is_account_id

_ = translator(__file__, "bumen")


class Purpose(StrEnum):
    """What a link is for; none opens what another was made for."""

    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105  # no password, but what a link is for


LIVES = {Purpose.INVITATION: timedelta(days=7), Purpose.PASSWORD: timedelta(hours=1)}
"""How long a link of each kind is valid."""


class LinkIsOver(BusinessError):
    """The refusal of a link that has been used, was replaced, or is too old."""

    status, code = 410, "link_is_over"

    def __init__(self) -> None:
        super().__init__(
            _("This link is not valid any more: it was used, replaced by a newer one, or is old.")
        )


class Links:
    """What links are made and opened with: the secret of the deployment.

    A link holds for the password and the address the account has when it is made: whoever sets a
    password by it makes it worthless.
    """

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeTimedSerializer(
            secret, salt="bumen password links", signer_kwargs={"digest_method": sha256}
        )

    def token(self, person: User, purpose: Purpose) -> str:
        """Return what a link to somebody ends with."""
        made: str | bytes = self._signer.dumps([purpose.value, person.id, _mark(person)])
        return str(made, "ascii") if isinstance(made, bytes) else made

    def person(self, token: str, purpose: Purpose) -> User:
        """Return whose link it is; `LinkIsOver` for every one that does not count."""
        try:
            told: Any = self._signer.loads(token, max_age=round(LIVES[purpose].total_seconds()))
            said, ident, mark = told
        except (BadData, ValueError, TypeError):
            raise LinkIsOver from None
        person = session().get(User, ident) if is_account_id(ident) else None
        if person is None or said != purpose.value or mark != _mark(person):
            raise LinkIsOver
        return person


def _mark(person: User) -> str:
    return sha256(f"{person.password} {person.email}".encode()).hexdigest()[:32]
