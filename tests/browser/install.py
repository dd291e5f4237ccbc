"""Debian's Chromium, Chinese fonts, Pango and Redis, installed where they are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

PACKAGES = (
    "chromium",
    "fonts-noto-cjk",
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "redis-server",
)
HOW = (
    "The browser tests need Chromium, printing needs Pango and Chinese fonts, and the queue on "
    "Redis is tested with a server of its own: "
    f"apt-get install {' '.join(PACKAGES)}"
)


def chromium() -> str | None:
    """Return where Chromium is; `BUMEN_TEST_CHROMIUM` names one in another place."""
    return os.environ.get("BUMEN_TEST_CHROMIUM") or shutil.which("chromium")


def prints() -> bool:
    """Whether there is what draws text, and a font for Chinese."""
    fonts = Path("/usr/share/fonts").rglob("*CJK*")
    return find_library("pangoft2-1.0") is not None and next(fonts, None) is not None


def redis() -> str | None:
    """Return where a server of Redis is, or of Valkey."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def install() -> bool:
    """Install what is missing, as root on a Debian; say whether all of it is there now."""
    if not _has_all() and shutil.which("apt-get") and os.geteuid() == 0:
        # At run level 1, Debian starts none of the servers that it installs.
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        for words in (("update",), ("install", "--yes", "--no-install-recommends", *PACKAGES)):
            subprocess.run(["apt-get", "--quiet", "--quiet", *words], env=quiet, check=False)
    return _has_all()


def _has_all() -> bool:
    return chromium() is not None and prints() and redis() is not None


if __name__ == "__main__" and not install():
    sys.stderr.write(f"{HOW}\n")
