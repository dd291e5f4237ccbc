"""Trips: business trips that are asked for, allowed, and come to an end."""

from bumen import Plugin
from trips.resources import Trips
from trips.texts import _

plugin = Plugin(name="trips", title=_("Trips"), resources=(Trips,))
