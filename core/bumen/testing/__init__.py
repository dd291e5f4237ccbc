"""What plugin authors test with: databases, fixtures, makers and the conformance suite."""

from bumen.worker import work_off

__all__ = ["work_off"]
