"""Honest: a plugin that answers and listens as it should."""

from asker import SomethingHappened
from bumen import Action, Plugin, after, extends, translator, within
from honest import answers
from honest.listening import write_down, write_down_later
from honest.showing import SHOWN
from honest.stamping import stamp

_ = translator(__file__, "honest")

plugin = Plugin(
    name="honest",
    title=_("Honest"),
    requires=("asker", "notes"),
    answers=(answers,),
    extensions=(extends("notes.notes", actions=(Action("stamp", _("Stamp"), stamp),)),),
    subscriptions=(
        within(SomethingHappened, write_down),
        after(SomethingHappened, write_down_later),
    ),
    slots=SHOWN,
)
