"""What the demo shows while the week goes by."""

import io

import pytest
from rich.console import Console

from buurtsein_platform.demo_screen import Line, flow, line, playing
from buurtsein_platform.demo_week import Entry
from tests.unit.platform.demo_records import Ideal, outcome, reference, report


def screen(*, terminal: bool) -> tuple[Console, io.StringIO]:
    """Return a console, and what it writes."""
    written = io.StringIO()
    return Console(file=written, width=160, force_terminal=terminal, highlight=False), written


def shown(entry: Entry, ideal: Ideal | None = None) -> Line:
    """Return the line of an entry that went as its labels expect."""
    ideal = ideal or Ideal()
    ideal.play(entry)
    return line(entry, reference(entry.id), ideal.story())


def test_a_published_report_shows_where_it_went() -> None:
    """Its verdict, its networks and its first words."""
    assert str(shown(report("wk-051"))).startswith("Wed 03:12  haarlemmerbuurt  publish  community, police")


def test_a_duplicate_shows_that_it_was_linked() -> None:
    """The police hear of one event."""
    assert shown(report("wk-052")).whereto.endswith("(linked)")


def test_neighbours_words_are_shown_as_neighbours_read_them() -> None:
    """A plate is hidden on the screen too, and what was not published is not shown at all."""
    assert "K-518-BZ" not in str(shown(report("wk-082")))
    assert shown(report("wk-010")).words == ""


def test_an_outcome_shows_who_did_what() -> None:
    """The network, the result and what residents are told."""
    found = shown(outcome("out-01"))
    assert (found.what, found.whereto) == ("outcome", "police: arrested")


def test_a_report_without_a_verdict_is_a_dead_letter() -> None:
    """It went no further than the topic that it was read from."""
    assert line(report("wk-001"), reference("wk-001"), Ideal().story()).what == "dead"


def test_words_cannot_act_on_the_terminal() -> None:
    """A resident's escape sequence is shown, not obeyed."""
    ideal, entry = Ideal(), report("wk-001")
    ideal.moderate(entry, public="rood \x1b[31m alarm")
    assert "\x1b" not in line(entry, reference(entry.id), ideal.story()).words


def test_elsewhere_each_entry_is_a_line() -> None:
    """A log of the demo reads as the week went."""
    console, written = screen(terminal=False)
    ideal = Ideal()
    with playing(console, 2) as week:
        for entry in (report("wk-001"), report("wk-002")):
            ideal.play(entry)
            week.sent(entry)
            week.saw(ideal.story())
            week.settled(entry, reference(entry.id), ideal.story())
    assert [text.split()[:2] for text in written.getvalue().splitlines()] == [["Mon", "06:52"], ["Mon", "07:10"]]


def test_a_terminal_shows_the_flow_and_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The display is there while the week goes by; the table comes instead of it."""
    monkeypatch.setenv("TERM", "xterm")
    console, written = screen(terminal=True)
    ideal, entry = Ideal(), report("wk-051")
    ideal.play(entry)
    with playing(console, 1) as week:
        week.sent(entry)
        week.saw(ideal.story())
        week.settled(entry, reference(entry.id), ideal.story())
    text = written.getvalue()
    assert "Wed 03:12" in text
    assert "accepted 1" in text


def test_the_flow_counts_each_step() -> None:
    """Accepted by channel, moderated by verdict, routed by network, digests by kind."""
    ideal = Ideal()
    ideal.play(report("wk-051"))
    console, written = screen(terminal=False)
    console.print(flow(ideal.story()))
    words = " ".join(written.getvalue().split())
    assert words.startswith("accepted 1 moderated 1 routed 1 digests 0")
    assert "1 publish" in words
