"""Fonts for tests: a server on which nobody has installed fonts for Chinese."""

from __future__ import annotations

from pathlib import Path

_LATIN = Path("/usr/share/fonts/truetype")


def without_chinese(folder: Path) -> str:
    """Keep settings in a folder by which there are none; return them for `FONTCONFIG_FILE`."""
    kept = folder / "fonts.conf"
    kept.write_text(f"<fontconfig><dir>{_LATIN}</dir><cachedir>{folder}</cachedir></fontconfig>")
    return str(kept)
