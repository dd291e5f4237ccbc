"""Where the host keeps what is not Python: its migrations and its catalogues."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def host_folder(name: str) -> Path:
    """Return a folder of the host's: from the wheel when installed, else from the source tree."""
    packed = _PACKAGE / "_host" / name
    return packed if packed.is_dir() else _PACKAGE.parents[1] / name
