"""The voice of this plugin: its texts in the reader's language."""

from bumen import translator

_ = translator(__file__, "logistics")
