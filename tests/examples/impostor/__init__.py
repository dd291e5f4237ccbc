"""Impostor: a plugin that calls itself by another's name."""

from bumen import Plugin, translator

_ = translator(__file__, "impostor")

plugin = Plugin(name="notes", title=_("Impostor"))
