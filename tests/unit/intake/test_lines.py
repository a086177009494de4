"""Log lines are written together, and none is forgotten."""

import asyncio
import io

from buurtsein_intake.lines import Lines


async def test_lines_of_the_moment_are_written_together() -> None:
    """Within an event loop they wait a little, in order."""
    file = io.StringIO()
    lines = Lines(file)
    lines.info("a")
    lines.warning("b")
    assert file.getvalue() == ""
    await asyncio.sleep(0.05)
    assert file.getvalue() == "a\nb\n"
    lines.info("c")
    lines.flush()
    assert file.getvalue() == "a\nb\nc\n"


def test_outside_an_event_loop_lines_are_written_at_once() -> None:
    """At the start of the process there is nothing to wait for."""
    file = io.StringIO()
    Lines(file).msg("a")
    assert file.getvalue() == "a\n"
