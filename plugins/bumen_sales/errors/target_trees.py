"""What sales refuses of the targets of years."""

from collections.abc import Sequence

from bumen import BusinessError, Conflict, Text
from bumen_sales.errors.said import said_together
from bumen_sales.texts import _


class YearHasTarget(Conflict):
    """The refusal of a second target of the same year."""

    def __init__(self, year: int) -> None:
        super().__init__(
            _("There is a target of %(year)s already. Revise that one.", year=year), field="year"
        )


class RevisionStaysInYear(BusinessError):
    """The refusal to make a revision of a year's target a target of another year."""

    def __init__(self) -> None:
        super().__init__(_("A revised target stays in its year."), field="year")


class MonthIsNobodys(BusinessError):
    """The refusal of a month's target that is no person's."""

    def __init__(self, *, place: int) -> None:
        super().__init__(
            _("A month's target is a person's. Choose the salesperson."),
            field=f"lines.{place}.employee_id",
        )


class PartIsThere(BusinessError):
    """The refusal of a second target of the same region, person and month."""

    def __init__(self, *, place: int, name: Text) -> None:
        super().__init__(
            _("%(part)s is there already.", part=name), field=f"lines.{place}.region_id"
        )


class PartHasNoWhole(BusinessError):
    """The refusal of a part of what is not in the tree itself."""

    def __init__(self, *, place: int, name: Text) -> None:
        super().__init__(
            _("First add %(whole)s, which this is a part of.", whole=name),
            field=f"lines.{place}.region_id",
        )


class TargetIsNotSplit(BusinessError):
    """The refusal to issue a target that nobody is to reach, or to spread one over nobody."""

    def __init__(self) -> None:
        super().__init__(
            _("The target is not split yet. Add the regions, and who is to sell there."),
            field="lines",
        )


class TargetDoesNotAddUp(BusinessError):
    """The refusal to issue a target whose parts do not add up; names the first that do not."""

    def __init__(self, sentences: Sequence[Text], *, more: int) -> None:
        named = list(sentences)
        if more:
            named.append(
                _.plural("%(num)s more does not add up.", "%(num)s more do not add up.", more)
            )
        super().__init__(said_together(named), field="lines")


class NothingWasSold(BusinessError):
    """The refusal to spread a target like a year in which nothing was sold."""

    def __init__(self, year: int) -> None:
        super().__init__(
            _(
                "Nothing of %(year)s tells how to spread it: no orders with a region and a "
                "salesperson.",
                year=year,
            )
        )


class YearHasNoTarget(BusinessError):
    """The refusal to copy the target of a year that has none."""

    def __init__(self, year: int) -> None:
        super().__init__(_("No target of %(year)s was ever issued.", year=year), field="year")


class RevisionNeedsReason(BusinessError):
    """The refusal to revise an issued target without saying why."""

    def __init__(self) -> None:
        super().__init__(_("Please say why the target is revised."), field="reason")
