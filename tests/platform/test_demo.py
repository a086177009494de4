"""The demo on a real platform: a day of the week gives the same table, whatever is killed in it."""

import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from buurtsein_platform.demo_command import disturbances, fresh, play, told
from buurtsein_platform.demo_result import Result
from buurtsein_platform.demo_screen import playing
from buurtsein_platform.demo_week import Entry, WeekOutcome, load_week
from buurtsein_platform.ports import scattered_ports

PRIVATE = ("Wielinga", "06-12345678", "84-ZPL-2", "Zamenhofdreef 12")
SAID = "De brand aan de Zamenhofdreef is uit om 19.10 uur."


def telling(entry: Entry) -> Entry:
    """Return the entry; an outcome also says what is private."""
    if not isinstance(entry, WeekOutcome):
        return entry
    name, phone, plate, house = PRIVATE
    tells = f"{SAID} Mevrouw {name}, {house}, belt u {phone} over de auto met kenteken {plate}?"
    return entry.model_copy(update={"text": tells})


WEDNESDAY = tuple(telling(entry) for entry in load_week() if entry.at.day == 14)
"""A burglary and a fire, each seen by three, an arrest, vigilantism, a strike and an anonymous tip."""

pytestmark = pytest.mark.timeout(600)


@dataclass(frozen=True)
class Played:
    """A day that was played: its table, the lines that were shown, and what readers got, by the file that it is in."""

    table: Result
    lines: list[str]
    digests: dict[str, str]


def played(home: Path, *killed: str) -> Played:
    """Play the day on an empty platform."""
    output = Console(file=io.StringIO(), width=200)
    with fresh(home, wanted=scattered_ports()) as platform:
        with playing(output, len(WEDNESDAY)) as screen:
            play(platform, WEDNESDAY, screen, disturbances(platform.kill, len(WEDNESDAY), killed))
        assert isinstance(output.file, io.StringIO)
        table = told(platform, WEDNESDAY)
    outbox = home / "outbox"
    digests = {str(file.relative_to(outbox)): file.read_text("utf-8") for file in outbox.rglob("*.txt")}
    return Played(table, output.file.getvalue().splitlines(), digests)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the platform of the demo is."""
    return tmp_path_factory.mktemp("demo") / "demo"


@pytest.fixture(scope="module")
def day(home: Path) -> Played:
    """Play the day without killing anything."""
    return played(home)


def test_every_report_of_a_day_ends_once(day: Played) -> None:
    """The table tells where, and readers got as many digests as it says."""
    table = day.table
    assert (table.reports, table.outcomes, table.unaccounted, table.dead_letters) == (28, 2, 0, {})
    assert sum(table.verdicts.values()) == sum(table.ended.values()) == 28
    assert table.digests["urgent"]["involved"] > 0
    assert len(day.lines) == len(WEDNESDAY)
    assert len(day.digests) == sum(number for row in table.digests.values() for number in row.values())


def test_what_is_private_in_an_outcome_reaches_no_reader(day: Played) -> None:
    """Neither coordinators nor residents, who read all the rest of it."""
    got = "\n".join(day.digests.values())
    assert SAID in got
    assert [private for private in PRIVATE if private in got] == []


def test_a_day_gives_the_same_table_whatever_is_killed(day: Played, home: Path) -> None:
    """Kill -9 of intake and of feedback changes neither a number nor a digest."""
    again = played(home, "intake", "feedback")
    assert (again.table, again.digests) == (day.table, day.digests)
