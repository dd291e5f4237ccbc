"""Saboteur: a plugin that does everything it must not."""

from asker import SomethingHappened
from bumen import Plugin, translator, within
from saboteur import answers
from saboteur.answers import do_harm

_ = translator(__file__, "saboteur")

plugin = Plugin(
    name="saboteur",
    title=_("Saboteur"),
    requires=("asker", "notes"),
    answers=(answers,),
    subscriptions=(within(SomethingHappened, do_harm),),
)
