"""The one way in: forms, API and imports make, change and delete records here and nowhere else."""

from bumen.records.write import (
    change_record,
    create_record,
    create_records,
    delete_record,
    run_action,
)

__all__ = ["change_record", "create_record", "create_records", "delete_record", "run_action"]
