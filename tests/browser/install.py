"""Debian's Chromium and Chinese fonts, installed where they are missing and it may be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = ("chromium", "fonts-noto-cjk")
HOW = f"The browser tests need Chromium: apt-get install {' '.join(PACKAGES)}"


def chromium() -> str | None:
    """Return where Chromium is; `BUMEN_TEST_CHROMIUM` names one in another place."""
    return os.environ.get("BUMEN_TEST_CHROMIUM") or shutil.which("chromium")


def install() -> bool:
    """Install what is missing, as root on a Debian; say whether there is a browser now."""
    if chromium() is None and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (("update",), ("install", "--yes", "--no-install-recommends", *PACKAGES)):
            subprocess.run(["apt-get", "--quiet", "--quiet", *words], env=quiet, check=False)
    return chromium() is not None


if __name__ == "__main__" and not install():
    sys.stderr.write(f"{HOW}\n")
