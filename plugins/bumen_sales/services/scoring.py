"""How far a customer can be trusted: pure arithmetic on what is known of payments, years, size."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bumen import round_money
from bumen_base.models import Grade
from bumen_sales.models import CreditPolicy

FULL, NOTHING = Decimal(100), Decimal(0)
UNKNOWN = Decimal(50)
"""What payment counts of a customer who has not had to pay anything yet."""
OF_A_DISPUTE = Decimal(25)
"""What each dispute takes off."""
GRADES = ((Decimal(80), Grade.A), (Decimal(60), Grade.B), (Decimal(40), Grade.C))
"""From which score on a grade is given; below all of them it is D."""
SHARES = {Grade.A: Decimal(1), Grade.B: Decimal("0.6"), Grade.C: Decimal("0.3"), Grade.D: NOTHING}
"""How much of the limit of grade A each grade is proposed."""
_KEPT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Payment:
    """A payment is when money was due, and when it had come in full; None while it has not."""

    due_on: date
    paid_on: date | None

    def counts(self, on: date) -> bool:
        """Whether it says anything by a day: it was paid, or is overdue."""
        return self.paid_on is not None or self.due_on < on

    def days_late(self, on: date) -> int:
        """How many days late it came, or is by a day."""
        return max((min(self.paid_on or on, on) - self.due_on).days, 0)


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """How a customer pays: how many payments say it, how many in time, how late on average."""

    counted: int
    in_time: Decimal | None
    days_late: Decimal | None

    @property
    def score(self) -> Decimal:
        """Percent paid in time, less one for each day late on average; not below nothing."""
        if self.in_time is None or self.days_late is None:
            return UNKNOWN
        return max(self.in_time - self.days_late, NOTHING)


def behaviour(payments: Iterable[Payment], *, on: date) -> Behaviour:
    """Sum up how a customer pays by a day."""
    late = [one.days_late(on) for one in payments if one.counts(on)]
    if not late:
        return Behaviour(counted=0, in_time=None, days_late=None)
    number = Decimal(len(late))
    in_time = _kept(FULL * late.count(0) / number)
    return Behaviour(counted=len(late), in_time=in_time, days_late=_kept(sum(late) / number))


def score(
    policy: CreditPolicy, paid: Behaviour, *, years: int, turnover: Decimal, disputes: int
) -> Decimal:
    """Return what a customer scores from 0 to 100, by the weights of a policy."""
    parts: Sequence[tuple[int, Decimal]] = (
        (policy.payment_weight, paid.score),
        (policy.years_weight, _of(Decimal(years), Decimal(policy.full_years))),
        (policy.size_weight, _of(turnover, policy.full_turnover)),
        (policy.disputes_weight, max(FULL - OF_A_DISPUTE * disputes, NOTHING)),
    )
    return _kept(sum((weight * part for weight, part in parts), NOTHING) / FULL)


def grade_of(points: Decimal) -> Grade:
    """Return the grade of a score: A from 80, B from 60, C from 40."""
    return next((grade for least, grade in GRADES if points >= least), Grade.D)


def proposed_limit(policy: CreditPolicy, grade: Grade, *, turnover: Decimal) -> Decimal:
    """Return the limit that a grade and a year's turnover come to."""
    return round_money(turnover * policy.limit_percent / FULL * SHARES[grade])


def _of(value: Decimal, full: Decimal) -> Decimal:
    return min(FULL * value / full, FULL)


def _kept(value: Decimal) -> Decimal:
    return value.quantize(_KEPT, ROUND_HALF_UP)
