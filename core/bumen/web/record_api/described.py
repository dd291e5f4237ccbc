"""What programs are answered about a record beside its own values, described."""

from __future__ import annotations

from bumen.approvals import Standing
from bumen.web.described import (
    DAY,
    FLAG,
    MOMENT,
    NAMED,
    NUMBER,
    TEXT,
    WORTH,
    Schema,
    listed,
    many,
    mapping,
    maybe,
    one_of,
    single,
    thing,
)

DELETED = thing({"id": NUMBER, "message": TEXT})
"""What is answered once something is gone."""
_LABELLED = thing({"name": TEXT, "label": TEXT})
INFO = thing(
    {
        "key": TEXT,
        "title": TEXT,
        "fields": mapping({"type": "object"}),
        "lines": mapping({"type": "object"}),
        "filters": mapping(many(TEXT)),
        "orders": many(TEXT),
        "actions": many(_LABELLED),
        "permissions": many(TEXT),
    }
)
"""What a list offers: its fields and lines as JSON schemas, its filters with their operators."""
_OFFER = thing(
    {
        "name": TEXT,
        "label": TEXT,
        "possible": FLAG,
        "is_answer": FLAG,
        "why_not": maybe(TEXT),
        "code": maybe(TEXT),
        "arguments": many(TEXT),
    }
)
OFFERS = thing({"result": many(_OFFER), "only_asked": FLAG})
"""What may be done with a record, and why the rest may not."""
_MOVEMENT = thing(
    {
        "step": maybe(TEXT),
        "from": maybe(TEXT),
        "to": TEXT,
        "at": MOMENT,
        "by": maybe(NAMED),
        "instead_of": maybe(NAMED),
        "opinion": maybe(TEXT),
        "was_due_at": maybe(MOMENT),
        "was_late": FLAG,
    }
)
MOVEMENTS = thing(
    {"state": TEXT, "due_at": maybe(MOMENT), "overdue": FLAG, "result": many(_MOVEMENT)}
)
"""How a record moved through its flow."""
_FILE = thing(
    {
        "id": NUMBER,
        "name": TEXT,
        "type": TEXT,
        "size": NUMBER,
        "sha256": TEXT,
        "created_at": MOMENT,
        "created_by": maybe(NAMED),
        "content": maybe(TEXT),
    }
)
_IDS = many(NUMBER)
FILE, FILES = single(_FILE), listed(_FILE, ids=_IDS)
ATTACHED = thing({"ids": _IDS, "result": many(_FILE)})
TAGS = listed(thing({"id": NUMBER, "name": TEXT, "colour": TEXT}))
_COMMENT = thing(
    {
        "id": NUMBER,
        "text": TEXT,
        "author": maybe(NAMED),
        "created_at": MOMENT,
        "edited_at": maybe(MOMENT),
        "deleted_at": maybe(MOMENT),
        "mentions": many(NAMED),
        "read_by": many(thing({"id": NUMBER, "label": TEXT, "at": MOMENT})),
        "may_change": FLAG,
    }
)
COMMENT = single(_COMMENT, warnings=many(TEXT))
COMMENTS = listed(_COMMENT, ids=_IDS, next=maybe(NUMBER))
READ = thing({"ids": _IDS})
FOLLOWERS = thing({"result": many(NAMED), "follows": FLAG})
_ACTIVITY = thing(
    {
        "id": NUMBER,
        "what": TEXT,
        "user": maybe(NAMED),
        "due_on": maybe(DAY),
        "given_by": maybe(NAMED),
        "created_at": MOMENT,
        "done_at": maybe(MOMENT),
        "done_by": maybe(NAMED),
        "remark": maybe(TEXT),
    }
)
ACTIVITY, ACTIVITIES = single(_ACTIVITY), thing({"ids": _IDS, "result": many(_ACTIVITY)})
_PRINTOUT = thing(
    {
        "name": TEXT,
        "title": TEXT,
        "possible": FLAG,
        "language": TEXT,
        "to": TEXT,
        "content": TEXT,
    }
)
PRINTOUTS = thing({"result": many(_PRINTOUT)})
MAILED = thing({"to": TEXT})
_WAS = {**WORTH, "oneOf": [*WORTH["oneOf"], NAMED, many(TEXT)]}
_FIELD = thing({"field": TEXT, "from": _WAS, "to": _WAS})
_LINE = thing(
    {"lines": TEXT, "id": NUMBER, "kind": TEXT, "label": maybe(TEXT), "fields": many(_FIELD)}
)
HAPPENED: Schema = {
    "number": NUMBER,
    "kind": TEXT,
    "action": maybe(TEXT),
    "opinion": maybe(TEXT),
    "instead_of": maybe(NAMED),
    "at": MOMENT,
    "by": maybe(NAMED),
    "way": TEXT,
    "label": TEXT,
    "fields": many(_FIELD),
}
"""What an entry of a history tells."""
_ORDER = thing({"lines": TEXT, "from": many(maybe(TEXT)), "to": many(maybe(TEXT))})
_HUNG = thing({"on": TEXT, "kind": TEXT, "label": maybe(TEXT)})
_ENTRY = {**HAPPENED, "lines": many(_LINE), "orders": many(_ORDER), "hung": many(_HUNG)}
_ENTRY |= {"receiver": maybe(TEXT)}
HISTORY = thing({"result": many(thing(_ENTRY)), "next": maybe(NUMBER)})
_SEAT = thing(
    {
        "id": NUMBER,
        "person": NAMED,
        "instead": maybe(TEXT),
        "group": NUMBER,
        "standing": one_of(one.value for one in Standing),
        "why": maybe(TEXT),
        "opinion": maybe(TEXT),
        "decided_at": maybe(MOMENT),
        "due_at": maybe(MOMENT),
    }
)
_STAGE = thing({"stage": NUMBER, "needed": maybe(TEXT), "seats": many(_SEAT)})
_SAID = thing(
    {
        "happened": TEXT,
        "label": TEXT,
        "at": MOMENT,
        "opinion": maybe(TEXT),
        "by": maybe(NAMED),
        "instead_of": maybe(NAMED),
        "to": maybe(NAMED),
    }
)
_REQUEST = thing(
    {
        "id": NUMBER,
        "title": TEXT,
        "waiting_in": TEXT,
        "requester": maybe(NAMED),
        "rule": maybe(TEXT),
        "started_at": MOMENT,
        "due_at": maybe(MOMENT),
        "ended_at": maybe(MOMENT),
        "outcome": maybe(TEXT),
        "stage": maybe(NUMBER),
        "may_decide": FLAG,
        "stages": many(_STAGE),
        "entries": many(_SAID),
    }
)
APPROVALS = thing({"result": many(_REQUEST)})
_REASON = thing({"field": TEXT, "label": TEXT, "value": TEXT})
_ASKED = thing({"people": TEXT, "why": maybe(TEXT), "one_is_enough": FLAG})
_FORESEEN = thing(
    {
        "title": TEXT,
        "waiting_in": TEXT,
        "needed": maybe(FLAG),
        "reasons": many(_REASON),
        "rule": maybe(TEXT),
        "stages": many(many(_ASKED)),
    }
)
FORESEEN = thing({"result": many(_FORESEEN)})
