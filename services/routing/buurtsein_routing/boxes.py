"""Which reports a rule can match at all, worked out from its matchers without any report.

A box says for each matcher which values are left. It is exact for matchers that compare one value. A text can speak of
several things at once, and findings be of several categories, so there a box only knows what must be among them. Where
it cannot be sure it answers no: a mistake may stay unseen, a sound file is never refused for one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time

from buurtsein_routing.config import Match

_SEVERAL = ("category", "text")
_MINUTES = 24 * 60


@dataclass(frozen=True)
class Box:
    """The reports that match: `single` for each matcher the values left, `several` the choices that must be met.

    `without` are boxes of which none may match.
    """

    single: Mapping[str, frozenset[object]] = field(default_factory=dict)
    several: frozenset[tuple[str, frozenset[str]]] = frozenset()
    without: tuple["Box", ...] = ()

    def narrowed(self, match: Match, unless: Match | None = None) -> "Box":
        """Return the reports of this box that a rule matches as well."""
        single = dict(self.single)
        several = set(self.several)
        for name in match.given():
            if name in _SEVERAL:
                several.add((name, frozenset(getattr(match, name))))
            else:
                values = _values(match, name)
                single[name] = single[name] & values if name in single else values
        without = (*self.without, box(unless)) if unless else self.without
        return replace(self, single=single, several=frozenset(several), without=without)

    @property
    def impossible(self) -> bool:
        """Return whether no report can be in the box."""
        return any(not values for values in self.single.values()) or any(self.inside(each) for each in self.without)

    def inside(self, other: "Box") -> bool:
        """Return whether surely every report of this box is in the other."""
        return (
            all(name in self.single and self.single[name] <= values for name, values in other.single.items())
            and all(self._meets(name, choice) for name, choice in other.several)
            and all(self.apart(each) for each in other.without)
        )

    def apart(self, other: "Box") -> bool:
        """Return whether surely no report of this box is in the other."""
        differs = (not self.single[name] & values for name, values in other.single.items() if name in self.single)
        return any(differs) or any(other.inside(each) for each in self.without)

    def _meets(self, name: str, choice: frozenset[str]) -> bool:
        return any(name == mine and left <= choice for mine, left in self.several)


EVERYTHING = Box()
"""Every report there is."""


def box(match: Match, unless: Match | None = None) -> Box:
    """Return the reports that a rule matches by its own matchers."""
    return EVERYTHING.narrowed(match, unless)


def _values(match: Match, name: str) -> frozenset[object]:
    if name == "hours" and match.hours:
        return _minutes(*match.hours)
    wanted = getattr(match, name)
    return frozenset({wanted} if isinstance(wanted, bool) else wanted)


def _minutes(since: time, until: time) -> frozenset[object]:
    first, end = since.hour * 60 + since.minute, until.hour * 60 + until.minute
    return frozenset(minute % _MINUTES for minute in range(first, end if end > first else end + _MINUTES))
