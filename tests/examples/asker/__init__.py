"""Asker: a plugin that asks questions and publishes a fact."""

from asker import hooks
from asker.events import SomethingHappened
from bumen import Plugin, translator

_ = translator(__file__, "asker")

__all__ = ["SomethingHappened", "plugin"]

plugin = Plugin(name="asker", title=_("Asker"), hooks=hooks)
