"""Honest: a plugin that answers and listens as it should."""

from asker import SomethingHappened
from bumen import Plugin, after, translator, within
from honest import answers
from honest.listening import write_down, write_down_later

_ = translator(__file__, "honest")

plugin = Plugin(
    name="honest",
    title=_("Honest"),
    requires=("asker", "notes"),
    answers=(answers,),
    subscriptions=(
        within(SomethingHappened, write_down),
        after(SomethingHappened, write_down_later),
    ),
)
