"""A second proof beside the password: a code from an app (TOTP, RFC 6238), or one kept for need.

The secret is kept encrypted by the deployment's own key, the codes for need as digests. A code
counts once. Source: OWASP ASVS 5, 6.5.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import JSON, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from bumen.errors import BusinessError
from bumen.i18n import translator
from bumen.model import Model
from bumen.model.accounts import User

_ = translator(__file__, "bumen")

STEP = 30
"""Seconds for which an app shows the same code."""
LATE = 1
"""So many steps a clock may be behind or ahead."""
CODES = 10
"""So many codes are given for need."""


class CodeIsWrong(BusinessError):
    """The refusal of a code that is not the present one, or was used before."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not the present code. Each code can be used once; wait for the next one."),
            field="code",
        )


class SecondFactor(Model):
    """A second factor is what somebody proves to have, beside the password that is known.

    `secret` is encrypted; `last_step` is that of the last code that counted.
    """

    __tablename__ = "core_second_factor"

    user_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    secret: Mapped[str] = mapped_column(String(255))
    since: Mapped[datetime]
    last_step: Mapped[int]
    spare: Mapped[list[str]] = mapped_column(JSON)

    def take(self, code: str, *, key: str, at: datetime) -> None:
        """Count a code as used: the app's, or one for need. `CodeIsWrong` for every other."""
        said = re.sub(r"[\s-]", "", code).casefold()
        step = step_of(said, unlocked(self.secret, key=key), at=at)
        if step is not None and step > self.last_step:
            self.last_step = step
        elif _digest(said) in self.spare:
            self.spare = [one for one in self.spare if one != _digest(said)]
        else:
            raise CodeIsWrong


def new_secret() -> str:
    """Return a secret for an app, 160 random bits in base 32."""
    return pyotp.random_base32()


def address_of(secret: str, *, name: str, house: str) -> str:
    """Return what an app reads from the picture: `otpauth://totp/…`."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=house)


def begun(
    user: User, secret: str, *, code: str, key: str, at: datetime
) -> tuple[SecondFactor, Sequence[str]]:
    """Return the second factor of somebody whose app shows the right code, and codes for need.

    The codes are shown once. `CodeIsWrong` when the app does not show what it should.
    """
    step = step_of(re.sub(r"[\s-]", "", code), secret, at=at)
    if step is None:
        raise CodeIsWrong
    spare = [secrets.token_hex(5) for _one in range(CODES)]
    kept = SecondFactor(
        user_id=user.id,
        secret=locked(secret, key=key),
        since=at,
        last_step=step,
        spare=[_digest(one) for one in spare],
    )
    return kept, [f"{one[:5]}-{one[5:]}" for one in spare]


def step_of(code: str, secret: str, *, at: datetime) -> int | None:
    """Return the step a code belongs to, of those that still count; None for none of them."""
    now = int(at.astimezone(UTC).timestamp()) // STEP
    generator = pyotp.TOTP(secret)
    for step in range(now - LATE, now + LATE + 1):
        if hmac.compare_digest(generator.generate_otp(step).encode(), code.encode()):
            return step
    return None


def locked(secret: str, *, key: str) -> str:
    """Return a secret as it is kept."""
    return _lock(key).encrypt(secret.encode()).decode()


def unlocked(kept: str, *, key: str) -> str:
    """Return a secret as it was; one that fits no code when the deployment's key has changed."""
    try:
        return _lock(key).decrypt(kept.encode()).decode()
    except InvalidToken:
        return new_secret()


def _lock(key: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"bumen second factor")
    return Fernet(base64.urlsafe_b64encode(made.derive(key.encode())))


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()
