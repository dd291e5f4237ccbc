"""Petitions: documents that others must agree to, with an organisation of their own."""

from bumen import Plugin
from petitions import answers
from petitions.resources import Petitions, Posts
from petitions.texts import _

plugin = Plugin(
    name="petitions", title=_("Petitions"), resources=(Petitions, Posts), answers=(answers,)
)
