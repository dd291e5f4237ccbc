"""The one way in: forms, API and imports make, change and delete records here and nowhere else."""

from bumen.records.bulk import MOST_AT_ONCE, Done, Picked, Refused, act_on_many, delete_many
from bumen.records.copying import begun_from, copied_values
from bumen.records.dependants import referred_to
from bumen.records.references import asked_values
from bumen.records.trying import refusal_of
from bumen.records.write import (
    NoLongerOpen,
    change_record,
    change_records,
    checked_values,
    create_record,
    create_records,
    delete_record,
    delete_records,
    draw_up,
    let_delete,
    make_records,
    run_action,
    seen_when_new,
)

__all__ = [
    "MOST_AT_ONCE",
    "Done",
    "NoLongerOpen",
    "Picked",
    "Refused",
    "act_on_many",
    "asked_values",
    "begun_from",
    "change_record",
    "change_records",
    "checked_values",
    "copied_values",
    "create_record",
    "create_records",
    "delete_many",
    "delete_record",
    "delete_records",
    "draw_up",
    "let_delete",
    "make_records",
    "referred_to",
    "refusal_of",
    "run_action",
    "seen_when_new",
]
