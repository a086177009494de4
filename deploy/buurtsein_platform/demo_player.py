"""Plays the week: each entry is sent when the pipeline has dealt with the one before, so that time keeps its order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from kafka.errors import KafkaError

from buurtsein_events.accounting import Sighting
from buurtsein_platform.demo_client import IntakeClient
from buurtsein_platform.demo_story import Story
from buurtsein_platform.demo_week import Entry, WeekReport
from buurtsein_platform.errors import PlatformError
from buurtsein_platform.waiting import wait_until

PATIENCE: Final = 180.0
"""Seconds in which the pipeline has to deal with one entry, whatever was killed meanwhile."""

Disturbances = Mapping[int, Callable[[], None]]
"""What is done to the platform, by the number of the entry after whose acceptance it happens."""


class Screen(Protocol):
    """Is told how the week goes."""

    def sent(self, entry: Entry) -> None:
        """Take notice that an entry was accepted; the week's clock shows its time."""
        ...

    def saw(self, story: Story) -> None:
        """Take notice of what the topics tell by now."""
        ...

    def settled(self, entry: Entry, reference: str, story: Story) -> None:
        """Take notice that every stage has dealt with an entry."""
        ...


class Followed(Protocol):
    """The pipeline as the player sees it."""

    def look(self) -> tuple[list[Sighting], bool]:
        """Return the records that are new, and whether everything has been dealt with."""
        ...


@dataclass(slots=True)
class Player:
    """Plays entries in order; `story` is what the topics have told so far."""

    client: IntakeClient
    pipeline: Followed
    screen: Screen
    patience: float = PATIENCE
    story: Story = field(default_factory=Story)
    _reports: dict[str, list[str]] = field(default_factory=dict)

    def play(self, entries: Iterable[Entry], disturbances: Disturbances) -> None:
        """Send every entry and wait until the pipeline has dealt with it."""
        for number, entry in enumerate(entries):
            reference = self._send(entry)
            self.screen.sent(entry)
            if disturb := disturbances.get(number):
                disturb()
            self._settle(entry)
            self.screen.settled(entry, reference, self.story)

    def _send(self, entry: Entry) -> str:
        if isinstance(entry, WeekReport):
            answer = self.client.post(entry.path, entry.body(), key=f"week/{entry.id}")
            reference = str(answer["reference"])
            if entry.expected.incident:
                self._reports.setdefault(entry.expected.incident, []).append(reference)
            return reference
        reference = self._worked_on(entry.incident)
        self.client.post(entry.path, entry.body(reference), key=f"week/{entry.id}")
        return reference

    def _worked_on(self, incident: str) -> str:
        """Return the first report of the incident that was routed to anyone: its signal is what a partner knows."""
        reports = self._reports.get(incident, [])
        routed = self.story.routed_by_report()
        found = next((report for report in reports if report in routed), None)
        if found is None:
            raise PlatformError(f"No report of {incident} was routed, so no partner can report an outcome of it.")
        return found

    def _settle(self, entry: Entry) -> None:
        if not wait_until(self._dealt_with, seconds=self.patience):
            raise PlatformError(f"{entry.id} was not dealt with within {self.patience:.0f} s.")

    def _dealt_with(self) -> bool:
        try:
            found, settled = self.pipeline.look()
        except KafkaError:  # it may be on its way back; the patience is bounded
            return False
        for seen in found:
            self.story.add(seen)
        self.screen.saw(self.story)
        return settled
