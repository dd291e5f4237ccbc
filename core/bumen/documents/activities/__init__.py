"""Activities: what people are to do about a record, and until when."""

from bumen.documents.activities.errors import (
    ActivityIsAnothers,
    ActivityIsDone,
    PersonCannotRead,
)
from bumen.documents.activities.models import Activity, activities_of, open_activities
from bumen.documents.activities.service import (
    ACTIVITY,
    DONE,
    activity_called,
    change_activity,
    check_concerns,
    drop_activity,
    finish_activity,
    give_activity,
)

__all__ = [
    "ACTIVITY",
    "DONE",
    "Activity",
    "ActivityIsAnothers",
    "ActivityIsDone",
    "PersonCannotRead",
    "activities_of",
    "activity_called",
    "change_activity",
    "check_concerns",
    "drop_activity",
    "finish_activity",
    "give_activity",
    "open_activities",
]
