"""The one way in: forms, API and imports make, change and delete records here and nowhere else."""

from bumen.records.bulk import MOST_AT_ONCE, Done, Picked, Refused, act_on_many, delete_many
from bumen.records.copying import begun_from, copied_values
from bumen.records.write import (
    NoLongerOpen,
    change_record,
    create_record,
    create_records,
    delete_record,
    draw_up,
    run_action,
)

__all__ = [
    "MOST_AT_ONCE",
    "Done",
    "NoLongerOpen",
    "Picked",
    "Refused",
    "act_on_many",
    "begun_from",
    "change_record",
    "copied_values",
    "create_record",
    "create_records",
    "delete_many",
    "delete_record",
    "draw_up",
    "run_action",
]
