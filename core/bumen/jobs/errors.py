"""What background work refuses."""

from __future__ import annotations

from bumen.errors import BusinessError
from bumen.i18n import Text, translator
from bumen.jobs.models import LONGEST_CRON

_ = translator(__file__, "bumen")


class RunIsOver(BusinessError):
    """The refusal to cancel what has come to an end."""

    def __init__(self) -> None:
        super().__init__(_("This work has already ended."))


class RunIsNotOver(BusinessError):
    """The refusal to begin again with what has not ended, or has ended well."""

    def __init__(self) -> None:
        super().__init__(_("Only work that failed, was cancelled or was interrupted is retried."))


class StarterIsGone(BusinessError):
    """The refusal to work for somebody who has no place in the company any more."""

    def __init__(self) -> None:
        super().__init__(_("Whoever started this does not work in this company any more."))


class StarterMayNot(BusinessError):
    """The refusal to do for somebody what that person is not allowed."""

    def __init__(self) -> None:
        super().__init__(_("Whoever started this is not allowed to do it any more."))


class TimesAreUnreadable(BusinessError):
    """The refusal of times that cron would not understand."""

    def __init__(self, cron: str) -> None:
        super().__init__(_("“%(times)s” are no times.", times=cron), field="cron")


class TimesAreTooLong(BusinessError):
    """The refusal of times that nobody could read any more."""

    def __init__(self) -> None:
        said = _("Times are written in at most %(limit)s characters.", limit=LONGEST_CRON)
        super().__init__(said, field="cron")


class WorkStopped(BaseException):
    """The end of a run before its own: not an Exception, so that no job catches it by mistake."""

    def __init__(self, why: Text | None = None) -> None:
        self.why = why
        super().__init__(why)


class RunWasCancelled(WorkStopped):
    """The end of a run that somebody cancelled."""


class WorkerStops(WorkStopped):
    """The end of a run whose worker is told to stop: another one goes on with it."""


class DepartmentWentOff(WorkStopped):
    """The end of a run whose department was switched off: it goes on when it is on again."""

    def __init__(self) -> None:
        super().__init__(_("Its department was switched off. It goes on once that is on again."))


class LeaseWasLost(WorkStopped):
    """The end of a run that another worker has taken over: nothing of it is kept here."""
