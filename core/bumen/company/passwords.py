"""Which passwords are good enough, and how they are kept."""

from __future__ import annotations

import secrets

from werkzeug.security import generate_password_hash

from bumen.company.errors import PasswordIsWeak

LEAST_LENGTH = 10
GREATEST_LENGTH = 256
LEAST_LETTERS = 5

_COMMON = (
    "password", "passw0rd", "p@ssword", "p@ssw0rd", "qwerty", "qwertz", "azerty", "asdfgh",
    "zxcvbn", "1q2w3e", "1qaz2wsx", "zaq12wsx", "letmein", "welcome", "iloveyou", "woaini",
    "changeme", "administrator", "123456", "654321", "abcdef", "abc123", "5201314", "a1b2c3",
)  # fmt: skip
"""What people take when they are told to take something longer (ASVS 6.2.4)."""
_READ_ALOUD = "abcdefghjkmnpqrstuvwxyz23456789"


def check_password(password: str, *, name: str) -> None:
    """Refuse a password that is short, repeats a few characters, is common, or names its user."""
    plain = password.casefold()
    if (
        not LEAST_LENGTH <= len(password) <= GREATEST_LENGTH
        or len(set(password)) < LEAST_LETTERS
        or name.casefold() in plain
        or any(common in plain and len(plain) - len(common) < LEAST_LENGTH for common in _COMMON)
    ):
        raise PasswordIsWeak(least=LEAST_LENGTH)


def hashed(password: str) -> str:
    """Return what is kept of a password: salted, by a slow function."""
    return generate_password_hash(password)


def new_password(*, name: str) -> str:
    """Make a password nobody can guess, of letters that are read aloud and typed without doubt.

    It goes without the first letter of its user's name: by chance the name could stand in it, and
    then it would be refused.
    """
    letters = _READ_ALOUD.replace(name.casefold()[:1], "")
    return "-".join("".join(secrets.choice(letters) for _place in range(5)) for _group in range(4))
