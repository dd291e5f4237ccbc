"""How a receiver knows that a message is ours: Standard Webhooks 1, symmetric signatures.

Source: standard-webhooks, spec/standard-webhooks.md. The secret is kept encrypted by the
deployment's own key.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bumen.signed_calls import WINDOW

_PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """Return a secret as its receiver wants it: `whsec_…`."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def new_message_id() -> str:
    """Return the id of a new message; it stays the same however often the message is sent."""
    return f"msg_{secrets.token_hex(16)}"


def signed(body: str, *, message_id: str, secret: str, at: datetime) -> dict[str, str]:
    """Return the headers that show whose a message is and when it was sent."""
    stamp = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    seal = hmac.new(key, f"{message_id}.{stamp}.{body}".encode(), sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(seal).decode()}",
    }


def is_signed(body: bytes, headers: Mapping[str, str], *, secret: str, at: datetime) -> bool:
    """Whether a message was signed with the secret, within five minutes of the moment `at`."""
    told = {name.lower(): value for name, value in headers.items()}
    ident, stamp = told.get("webhook-id", ""), told.get("webhook-timestamp", "")
    if not ident or not re.fullmatch(r"[0-9]{1,12}", stamp):
        return False
    if abs(at - datetime.fromtimestamp(int(stamp), UTC)) > WINDOW:
        return False
    message = f"{ident}.{stamp}.".encode("utf-8", "surrogateescape") + body
    seal = base64.b64encode(hmac.new(_key_of(secret), message, sha256).digest())
    given = told.get("webhook-signature", "").encode("utf-8", "surrogateescape").split()
    return any(hmac.compare_digest(one, b"v1," + seal) for one in given)


def _key_of(secret: str) -> bytes:
    """Return the key of a secret: as Standard Webhooks writes it, or any other text as it is."""
    if secret.startswith(_PREFIX):
        with suppress(ValueError):
            return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    return secret.encode()


def locked(secret: str, *, key: str) -> str:
    """Return a secret as it is kept."""
    return _lock(key).encrypt(secret.encode()).decode()


def unlocked(kept: str, *, key: str) -> str | None:
    """Return a secret as it was; None when the deployment's key has changed since."""
    try:
        return _lock(key).decrypt(kept.encode()).decode()
    except InvalidToken:
        return None


def _lock(key: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"bumen webhooks")
    return Fernet(base64.urlsafe_b64encode(made.derive(key.encode())))
