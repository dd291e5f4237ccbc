"""Work in the background of every kind there is, told by the notes that it writes."""

from bumen import Job, Plugin, Schedule, translator
from chores import work
from notes import Notes

_ = translator(__file__, "chores")

WRITE = Job("chores.write", title=_("Write notes"), run=work.write)
ALLOWED = Job("chores.allowed", title=_("Write"), run=work.write, needs=("write", Notes))
PIECES = Job(
    "chores.pieces",
    title=_("Write piece by piece"),
    run=work.pieces,
    resumable=True,
    clauses=("T5.2",),
)
READ = Job("chores.read", title=_("Count notes"), run=work.read, writes=False)
LIE = Job("chores.lie", title=_("Say one only reads"), run=work.write, writes=False)
SLY = Job("chores.sly", title=_("Write at once"), run=work.wait, writes=False)
FILES = Job("chores.files", title=_("Make files"), run=work.files)
REFUSE = Job("chores.refuse", title=_("Refuse"), run=work.refuse)
BREAK = Job("chores.break", title=_("Break"), run=work.break_down, tries=2)
CALL = Job("chores.call", title=_("Call somebody"), run=work.wait, repeatable=False)
WAIT = Job("chores.wait", title=_("Wait"), run=work.wait)
TELL = Job("chores.tell", title=_("Tell who works"), run=work.tell)

MONTHLY = Schedule(
    "chores.monthly",
    WRITE,
    cron="0 9 25 * *",
    title=_("Notes of the month"),
    arguments={"count": 1, "title": "monthly"},
    clauses=("T5.1",),
)

plugin = Plugin(
    name="chores",
    title=_("Chores"),
    requires=("notes",),
    jobs=(WRITE, ALLOWED, PIECES, READ, LIE, SLY, FILES, REFUSE, BREAK, CALL, WAIT, TELL),
    schedules=(MONTHLY,),
)
