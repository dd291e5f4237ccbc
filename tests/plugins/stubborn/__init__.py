"""Stubborn: a plugin for tests that fails whenever it should set up a company."""

from bumen import Plugin, translator
from tests.plugins.stubborn import answers

_ = translator(__file__, "stubborn")

plugin = Plugin(name="stubborn", title=_("Stubborn"), requires=("shelves",), answers=(answers,))
