"""The words of the petitions."""

from bumen import translator

_ = translator(__file__, "petitions")
