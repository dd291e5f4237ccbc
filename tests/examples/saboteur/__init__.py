"""Saboteur: a plugin that does everything it must not."""

from asker import SomethingHappened
from bumen import Plugin, Slot, translator, within
from saboteur import answers
from saboteur.answers import do_harm, show_harm

_ = translator(__file__, "saboteur")

plugin = Plugin(
    name="saboteur",
    title=_("Saboteur"),
    requires=("asker", "notes"),
    answers=(answers,),
    subscriptions=(within(SomethingHappened, do_harm),),
    slots=(
        Slot(
            "home.card",
            title=_("Saboteur"),
            template="saboteur/card.html",
            values=show_harm,
            permission="notes.Notes",
        ),
        Slot(
            "home.card",
            title=_("Saboteur"),
            template="saboteur/nowhere.html",
            values=dict,
            permission="notes.Notes",
        ),
    ),
)
