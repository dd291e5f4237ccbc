"""The forms that codes and ways to reach somebody must have, as regular expressions."""

CODE = r"\w[\w./-]*"
"""Letters of any script and digits, joined by dots, slashes and dashes; no spaces."""

PHONE = r"[+(]?[0-9][0-9 ()./-]{2,29}((#|x|ext\.?|轉|转|分機|分机) ?[0-9]{1,6})?"
"""A number as people write it, with an extension if need be: +886 2 2345-6789 #12."""

EMAIL = r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+"
"""Somebody at a domain of at least two parts."""

WEBSITE = r"(https?://)?[\w-]+(\.[\w-]+)+(:[0-9]{1,5})?([/?#]\S*)?"
"""An address on the web; the scheme may be left out, and is never anything but http."""

COUNTRY = r"[A-Z]{2}"
"""A country's code of ISO 3166-1."""
