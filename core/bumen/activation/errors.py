"""What activation refuses."""

from __future__ import annotations

from collections.abc import Sequence

from bumen.errors import BusinessError, Conflict
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")


class PluginIsUnknown(BusinessError):
    """The refusal to switch a plugin that is not installed."""

    status = 404

    def __init__(self, name: str) -> None:
        super().__init__(_("No plugin “%(name)s” is installed.", name=name))


class PluginIsQuarantined(BusinessError):
    """The refusal to switch on a plugin that is broken."""

    def __init__(self, name: str, *, reason: Text | str) -> None:
        super().__init__(
            _(
                "“%(name)s” cannot be switched on because it is broken: %(reason)s",
                name=name,
                reason=reason,
            )
        )


class RequirementIsMissing(BusinessError):
    """The refusal to switch on a plugin that needs another that is not installed."""

    def __init__(self, name: str, *, requirement: str) -> None:
        super().__init__(
            _(
                "“%(name)s” cannot be switched on because it needs “%(requirement)s”, "
                "which is not installed.",
                name=name,
                requirement=requirement,
            )
        )


class PluginIsNotMigrated(BusinessError):
    """The refusal to touch a plugin whose tables are not there or are behind."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "The tables of “%(name)s” are not up to date: run “bumen upgrade” first.",
                name=name,
            )
        )


class PlanHasChanged(Conflict):
    """The refusal to carry out a plan that no longer is what people were shown."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "Somebody else has switched departments in the meantime. "
                "Please look at the plan for “%(name)s” again.",
                name=name,
            )
        )


class SetUpHasFailed(BusinessError):
    """The refusal to switch on a plugin that fails when it sets up the company."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "“%(name)s” was not switched on because it failed when it set up the company. "
                "The reason stands in the log.",
                name=name,
            )
        )


class PluginIsOn(BusinessError):
    """The refusal to purge a plugin that is in use."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” is on. Please switch it off before its records are purged.", name=name)
        )


class ConfirmationDiffers(BusinessError):
    """The refusal to purge when the name was not typed to confirm."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Please type “%(name)s” to confirm that its records are purged.", name=name),
            field="confirm",
        )


class ExportExists(Conflict):
    """The refusal to export over a file that is there."""

    def __init__(self, file: object) -> None:
        super().__init__(
            _("The file %(file)s is there already; please name another.", file=file), field="export"
        )


class RecordsAreInUse(Conflict):
    """The refusal to purge records of a plugin that other plugins' records may refer to."""

    def __init__(self, name: str, *, users: Sequence[str]) -> None:
        super().__init__(
            _(
                "The records of “%(name)s” cannot be purged before those of %(users)s.",
                name=name,
                users=", ".join(users),
            )
        )


class RecordsAreReferredTo(Conflict):
    """The refusal to purge records that others refer to, though no installed plugin says so."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Other records still refer to records of “%(name)s”; nothing was purged.", name=name)
        )


class PurgeWasDisturbed(Conflict):
    """The refusal to purge records that were written while they were exported."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "The records of “%(name)s” changed while they were exported; nothing was purged. "
                "Please try again.",
                name=name,
            )
        )
