"""What every plugin promises."""

from bumen.testing.conformance import PluginConformance


class TestConformance(PluginConformance):
    plugin = "sales"
