"""What becomes more: the C1 and C2 methods of the Early Aberration Reporting System over counts of whole days.

Hutwagner, Thompson, Seeman and Treadwell, "The bioterrorism preparedness and response Early Aberration Reporting System
(EARS)", Journal of Urban Health 80 (2003), supplement 1, i89-i96. A day stands out when its count is more than three
standard deviations above the mean of seven earlier days: for C1 the seven days before it, for C2 those after leaving
out two days, so that a rise that builds up over days doesn't hide itself. Counts of a neighbourhood are small, so the
standard deviation is at least 1, as `earsC` of the R package surveillance advises for sparse data (`minSigma`).

C2 is used once its seven days are known, C1 before that, and with less than three known days nothing stands out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, stdev
from typing import Final

BASELINE: Final = 7
LAG: Final = 2
THRESHOLD: Final = 3.0
LEAST_DEVIATION: Final = 1.0
"""With this and the threshold no count below four stands out: smaller ones could point to one resident."""

LEAST_DAYS: Final = 3


@dataclass(frozen=True, slots=True)
class Rise:
    """A day that stands out: its count, the usual one, and by how many standard deviations it is above."""

    count: int
    usual: float
    score: float


def rise(count: int, before: Sequence[int]) -> Rise | None:
    """Tell whether a day's count stands out against the known days before it, the nearest first."""
    baseline = before[LAG : LAG + BASELINE] if len(before) >= LAG + BASELINE else before[:BASELINE]
    if len(baseline) < LEAST_DAYS:
        return None
    usual = mean(baseline)
    score = (count - usual) / max(stdev(baseline), LEAST_DEVIATION)
    return Rise(count, usual, score) if score > THRESHOLD else None


def daily(counted: Mapping[int, int], day: int, first: int) -> tuple[int, list[int]]:
    """Return the count of `day` and those of the days before it that a baseline takes, the nearest first.

    Days are ordinals; those before `first` are not known, and later ones without a count had none.
    """
    earliest = max(first, day - BASELINE - LAG)
    return counted.get(day, 0), [counted.get(each, 0) for each in range(day - 1, earliest - 1, -1)]
