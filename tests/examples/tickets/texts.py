"""The words of tickets."""

from bumen import translator

_ = translator(__file__, "tickets")
