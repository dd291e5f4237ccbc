"""What `bumen check` asks of printing: whether this machine could print at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bumen.errors import BusinessError
from bumen.printing.pressing import THIS, PressJob, pressed
from bumen.resource import Resource

_BOTH_SCRIPTS = "訂單確認書，總計「壹萬」。订单确认书，合计“壹万”。 ABC 123"


def what_hinders_printing(resources: Iterable[type[Resource]]) -> Iterator[str]:
    """Print a line in both scripts, where anything is printed at all; yield why it cannot be."""
    if not any(one.printouts for one in resources):
        return
    page = f"<p lang='zh-Hant'>{_BOTH_SCRIPTS}</p>"
    try:
        pressed(PressJob(templates={THIS: page}, values=[{"words": {}}]))
    except BusinessError as why:
        yield f"Printing: {why}"
