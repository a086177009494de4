"""The player keeps the pipeline in step with the week's clock."""

from collections import deque

import pytest
from kafka.errors import KafkaConnectionError

from buurtsein_events.accounting import Sighting
from buurtsein_platform.demo_client import IntakeClient
from buurtsein_platform.demo_player import Player
from buurtsein_platform.demo_story import Story
from buurtsein_platform.demo_week import Entry
from buurtsein_platform.errors import PlatformError
from tests.unit.platform.demo_records import BY_ID, Ideal, outcome, reference, report


class System(IntakeClient):
    """An intake and a pipeline in one; what was sent is there at the next look and dealt with at the one after."""

    def __init__(self, *, broken_looks: int = 0) -> None:
        super().__init__("http://intake.test")
        self.posted: list[tuple[str, str]] = []
        self.under_way: deque[list[Sighting]] = deque()
        self.ideal = Ideal()
        self._broken_looks = broken_looks

    def post(self, path: str, body: dict[str, object], *, key: str) -> dict[str, object]:
        """Accept a message."""
        entry = BY_ID[key.removeprefix("week/")]
        assert not self.under_way, "the message before is still under way"
        self.posted.append((path, str(body.get("reference", ""))))
        self.under_way.append(self.ideal.play(entry))
        return {"reference": reference(entry.id)}

    def look(self) -> tuple[list[Sighting], bool]:
        """Return what is new, unless Kafka is down."""
        if self._broken_looks:
            self._broken_looks -= 1
            raise KafkaConnectionError
        found = self.under_way.popleft() if self.under_way else []
        return found, not found


class Notes:
    """A screen that only remembers."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def sent(self, entry: Entry) -> None:
        """Remember it."""
        self.told.append(f"sent {entry.id}")

    def saw(self, story: Story) -> None:
        """Remember nothing."""

    def settled(self, entry: Entry, reference: str, story: Story) -> None:
        """Remember it, with the number of reports that were moderated by then."""
        assert reference
        self.told.append(f"settled {entry.id}, {len(story.moderated)} moderated")


def played(*entries: Entry, system: System | None = None) -> tuple[System, Notes]:
    """Play the entries."""
    system, notes = system or System(), Notes()
    Player(system, system, notes).play(entries, {})
    return system, notes


def test_an_entry_is_sent_when_the_one_before_was_dealt_with() -> None:
    """So strikes, links and digests see the week in its order."""
    _, notes = played(report("wk-051"), report("wk-052"))
    assert notes.told == [
        "sent wk-051",
        "settled wk-051, 1 moderated",
        "sent wk-052",
        "settled wk-052, 2 moderated",
    ]


def test_an_outcome_is_about_the_first_report_that_was_routed() -> None:
    """A partner knows the signal of the burglary's first report."""
    system, _ = played(report("wk-051"), report("wk-052"), outcome("out-01"))
    assert system.posted[-1] == ("/v1/outcomes", reference("wk-051"))


def test_an_outcome_of_nothing_is_a_defect_that_is_said() -> None:
    """Where no report of an incident was routed, no partner can have worked on it."""
    with pytest.raises(PlatformError, match="No report of hb-burglary was routed"):
        played(outcome("out-01"))


def test_a_disturbance_comes_while_its_entry_is_under_way() -> None:
    """What is killed has work to lose."""
    system, under_way = System(), []
    Player(system, system, Notes()).play(
        [report("wk-051"), report("wk-052")], {1: lambda: under_way.append(len(system.under_way))}
    )
    assert under_way == [1]


def test_kafka_may_be_away_for_a_while() -> None:
    """The player asks again."""
    _, notes = played(report("wk-001"), system=System(broken_looks=2))
    assert notes.told[-1] == "settled wk-001, 1 moderated"


def test_what_is_never_dealt_with_is_said() -> None:
    """A pipeline that stands still ends the demo with the entry's name."""
    system = System(broken_looks=1000)
    with pytest.raises(PlatformError, match="wk-001 was not dealt with"):
        Player(system, system, Notes(), patience=0.0).play([report("wk-001")], {})
