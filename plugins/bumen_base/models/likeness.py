"""When two names or phone numbers are the same for people, however they are written."""

import re
import unicodedata

SHORTEST_ALIKE = 4
"""A name that only begins like another must have this many letters in common."""

_LONGEST = 200
_FEWEST_DIGITS = 6
_EXTENSION = re.compile(r"(#|x|ext|轉|转|分機|分机).*$", re.IGNORECASE)
_HOME = re.compile(r"^(\+|00)(886|86)")
_LEGAL_FORMS = re.compile(
    r"股份有限公司|有限責任公司|有限责任公司|有限公司|公司$"
    r"|\b(co|corp|corporation|company|inc|limited|llc|ltd|gmbh)\b"
)


def comparable_name(name: str) -> str:
    """Fold a name to what counts: width, case, signs and the legal form do not.

    "臺灣茶葉股份有限公司" and "台灣茶葉" are alike, and so are "Acme Co., Ltd." and "ACME".
    """
    folded = unicodedata.normalize("NFKC", name).casefold().replace("臺", "台")
    bare = "".join(filter(str.isalnum, _LEGAL_FORMS.sub(" ", folded)))
    return (bare or "".join(filter(str.isalnum, folded)))[:_LONGEST]


def comparable_phone(phone: str | None) -> str:
    """Fold a phone number to its digits, without extension, leading zeros and our country codes.

    "+886 2 2345-6789 #12" and "(02) 23456789" are alike. Too short a number is like no other: "".
    """
    plain = _EXTENSION.sub("", unicodedata.normalize("NFKC", phone or "")).strip()
    digits = re.sub(r"[^0-9]", "", _HOME.sub("", plain)).lstrip("0")
    return digits if len(digits) >= _FEWEST_DIGITS else ""


def beginnings(comparable: str) -> list[str]:
    """Return every beginning of a folded name that is long enough to be like it."""
    return [comparable[:end] for end in range(SHORTEST_ALIKE, len(comparable) + 1)]
