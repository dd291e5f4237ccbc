"""The words of the trips."""

from bumen import translator

_ = translator(__file__, "trips")
