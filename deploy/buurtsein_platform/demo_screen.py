"""What the demo shows while the week goes by: alive on a terminal, a line for each entry elsewhere."""

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from buurtsein_platform.demo_player import Screen
from buurtsein_platform.demo_story import Story
from buurtsein_platform.demo_week import Entry, WeekOutcome
from buurtsein_runtime.terminal import printable

LINES: Final = 8
WORDS: Final = 60
_STYLES: Final = {"publish": "green", "ask": "yellow", "hold": "yellow", "decline": "dim", "outcome": "cyan"}


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one entry, in one line; `what` is the verdict, or that it is an outcome."""

    at: datetime
    community: str
    what: str
    whereto: str
    words: str

    def __str__(self) -> str:
        return f"{clock(self.at)}  {self.community:<15}  {self.what:<7}  {self.whereto:<32}  {self.words}"


def line(entry: Entry, reference: str, story: Story) -> Line:
    """Return what became of an entry; neighbours' words are shown as neighbours may read them."""
    if isinstance(entry, WeekOutcome):
        return Line(entry.at, entry.community, "outcome", f"{entry.network}: {entry.result}", _short(entry.text))
    moderated = story.moderated_by_report().get(reference)
    routed = story.routed_by_report().get(reference)
    networks = ", ".join(each.network for each in routed.assignments) if routed else ""
    linked = " (linked)" if routed and routed.duplicate else ""
    verdict = moderated.verdict if moderated else "dead"
    words = moderated.public_text if moderated and verdict == "publish" else ""
    return Line(entry.at, entry.community, verdict, f"{networks}{linked}", _short(words))


def clock(at: datetime) -> str:
    """Return a time of the week as its clock shows it."""
    return f"{at:%a %H:%M}"


class Plain:
    """Prints a line for each entry."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def sent(self, entry: Entry) -> None:
        """Print nothing yet."""

    def saw(self, story: Story) -> None:
        """Print nothing yet."""

    def settled(self, entry: Entry, reference: str, story: Story) -> None:
        """Print what became of the entry."""
        self._console.print(Text(str(line(entry, reference, story)).rstrip()), soft_wrap=True)


@dataclass(slots=True)
class Alive:
    """Shows the week's clock, how many events are where, and the last entries."""

    live: Live
    total: int
    _story: Story = field(default_factory=Story)
    _at: datetime | None = None
    _done: int = 0
    _lines: deque[Line] = field(default_factory=lambda: deque(maxlen=LINES))

    def sent(self, entry: Entry) -> None:
        """Move the week's clock."""
        self._at = entry.at
        self._draw()

    def saw(self, story: Story) -> None:
        """Show what there is by now."""
        self._story = story
        self._draw()

    def settled(self, entry: Entry, reference: str, story: Story) -> None:
        """Add the entry to the last ones."""
        self._done += 1
        self._lines.append(line(entry, reference, story))
        self._draw()

    def _draw(self) -> None:
        self.live.update(Group(self._clock(), "", flow(self._story), "", self._last()))

    def _clock(self) -> RenderableType:
        found = Table.grid(padding=(0, 2))
        shown = clock(self._at) if self._at else ""
        found.add_row(Text(shown, style="bold"), ProgressBar(self.total, self._done, width=40), f"{self._done}")
        return found

    def _last(self) -> RenderableType:
        lines = [Text(str(each), no_wrap=True, overflow="ellipsis") for each in self._lines]
        for each, text in zip(self._lines, lines, strict=True):
            text.highlight_words([f" {each.what} "], _STYLES.get(each.what, "red"))
        return Group(*lines)


def flow(story: Story) -> Table:
    """Return how many events each step has written."""
    found = Table(box=None, pad_edge=False, header_style="bold")
    columns: dict[str, Counter[str]] = {
        f"accepted {len(story.received)}": Counter(each.channel for each in story.received.values()),
        f"moderated {len(story.moderated)}": Counter(each.verdict for each in story.moderated),
        f"routed {len(story.routed)}": Counter(each.network for each in story.assigned),
        f"digests {len(story.digests)}": Counter(each.kind for each in story.digests),
    }
    for title in columns:
        found.add_column(f"{title:<15}")
    rows = [
        [f"{number:>3} {name.replace('_', ' ')}" for name, number in counts.most_common(6)]
        for counts in columns.values()
    ]
    for place in range(6):
        found.add_row(*(row[place] if place < len(row) else "" for row in rows))
    return found


@contextmanager
def playing(console: Console, total: int) -> Iterator[Screen]:
    """Show the week for the time of the block."""
    if not console.is_terminal:
        yield Plain(console)
        return
    with Live(console=console, refresh_per_second=12, transient=True) as live:
        yield Alive(live, total)


def _short(text: str) -> str:
    words = printable(" ".join(text.split()))
    return words if len(words) <= WORDS else f"{words[: WORDS - 1]}…"
