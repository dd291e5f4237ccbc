"""How an amount is spread over a tree: pure arithmetic, to the cent."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

_CENT = Decimal("0.01")
_EXACT = Context(prec=60)
MONTHS = range(1, 13)

Path = tuple[int, ...]
Weights = Mapping[Path, Decimal]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A difference is a part of a tree whose own parts do not come to what it is."""

    path: Path
    amount: Decimal
    parts: Decimal


def shares(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split an amount by weights, to cents that add up to it; evenly where none weighs anything."""
    with localcontext(_EXACT):
        kept = list(weights) if any(weights) else [Decimal(1)] * len(weights)
        whole, upto, given, parts = sum(kept, Decimal(0)), Decimal(0), Decimal(0), []
        for weight in kept:
            upto += weight
            next_given = (amount * upto / whole).quantize(_CENT, ROUND_HALF_UP)
            parts.append(next_given - given)
            given = next_given
    return parts


def spread(
    amount: Decimal, paths: Iterable[Path], weigh: Callable[[Path], Decimal]
) -> dict[Path, Decimal]:
    """Return what each part of a tree comes to when every whole is split over its parts."""
    children, amounts = children_of(paths), dict[Path, Decimal]({(): amount})
    waiting: list[Path] = [()]
    while waiting:
        parts = children.get(whole := waiting.pop(), [])
        split = shares(amounts[whole], [weigh(one) for one in parts])
        amounts |= dict(zip(parts, split, strict=True))
        waiting += parts
    del amounts[()]
    return amounts


def children_of(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """Return the parts of each whole, in their order; () is the whole of all."""
    found: dict[Path, list[Path]] = {}
    for path in sorted(set(paths)):
        found.setdefault(path[:-1], []).append(path)
    return found


def differences(amount: Decimal, amounts: Mapping[Path, Decimal]) -> Iterator[Difference]:
    """Yield the parts whose own parts do not add up to them, the highest first."""
    children, whole = children_of(amounts), dict[Path, Decimal]({(): amount, **amounts})
    for path in sorted(children, key=lambda one: (len(one), one)):
        parts = sum((amounts[one] for one in children[path]), Decimal(0))
        if parts != whole[path]:
            yield Difference(path=path, amount=whole[path], parts=parts)


def weights_of(sold: Mapping[Path, Decimal]) -> dict[Path, Decimal]:
    """Return what each whole weighs when its months weigh so much; nothing weighs less than 0."""
    found: dict[Path, Decimal] = {}
    for path, amount in sold.items():
        for depth in range(1, len(path) + 1):
            found[path[:depth]] = found.get(path[:depth], Decimal(0)) + max(amount, Decimal(0))
    return found


def with_months(paths: Iterable[Path]) -> list[Path]:
    """Return the paths with twelve months for each person among them, in their order."""
    kept = set(paths)
    people = {path[:2] for path in kept if len(path) > 1}
    kept |= {person[:1] for person in people} | people
    kept |= {(*person, month) for person in people for month in MONTHS}
    return sorted(kept)
