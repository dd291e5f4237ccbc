"""The words of the kitchen."""

from bumen import translator

_ = translator(__file__, "kitchen")
