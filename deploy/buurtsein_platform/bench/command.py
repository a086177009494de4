"""`buurtsein bench`: the measurements, their ratios and aims."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import uvloop
from rich.console import Console
from rich.table import Table

from buurtsein_platform.bench import channels, flow, stages
from buurtsein_platform.bench.memory import memory, seconds_to_ready
from buurtsein_platform.bench.providers import CHANNELS, SETTINGS, SIZES
from buurtsein_platform.platform import Platform
from buurtsein_platform.ports import choose_ports
from buurtsein_platform.programs import SERVICES

RESULT = Path("build/bench.json")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the result; `met` tells whether the aim is reached."""

    what: str
    value: str
    aim: str
    met: bool


@click.command()
@click.option(
    "--events", default=60_000, show_default=True, help="Events for the stage to copy, in each of three rounds."
)
@click.option("--reports", default=20_000, show_default=True, help="Reports over HTTP.")
@click.option("--messages", default=600, show_default=True, help="Reports over each channel, in each of three rounds.")
@click.option("--seconds", default=30.0, show_default=True, help="Length of the latency measurement.")
def bench(events: int, reports: int, messages: int, seconds: float) -> None:
    """Measure, print ratios and write build/bench.json."""
    with _platform() as platform:
        platform.up()
        figures = {"stages": uvloop.run(stages.measure(platform, events))}
    smtp_port = choose_ports({"smtp": 2525})["smtp"]
    with _platform(**SETTINGS, BUURTSEIN_SMTP_PORT=str(smtp_port)) as platform:
        figures |= {"up": {"seconds": seconds_to_ready(platform)}, **_flow(platform, reports, seconds)}
        figures |= {"channels": uvloop.run(channels.measure(platform, messages, smtp_port))}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    _print(lines(figures))


def lines(figures: dict[str, dict[str, float]]) -> list[Line]:
    """Return the figures as ratios, each with its aim."""
    a, b, c, d = figures["stages"], figures["accepted"], figures["latency"], figures["sustained"]
    passing = a["stage_events_per_s"] / a["copy_events_per_s"]
    moderating = a["moderation_events_per_s"] / a["copy_events_per_s"]
    accepting = b["accepted_reports_per_s"] / b["bare_requests_per_s"]
    p50, p99 = c["way_p50_ms"] / c["trip_p50_ms"], c["way_p99_ms"] / c["trip_p99_ms"]
    most = max(figures["memory_pss_mb"][name] for name in SERVICES)
    return [
        Line("(a) stage that passes records on ÷ bare copy loop", f"{passing:.2f}", "≥ 0.9", passing >= 0.9),
        Line("(a) moderation ÷ bare copy loop", f"{moderating:.2f}", "", True),
        Line("(b) accepted reports ÷ bare server", f"{accepting:.2f}", "≥ 0.7", accepting >= 0.7),
        Line("(c) 202 to routed signal ÷ round trip, p50", f"{p50:.1f}", "≤ 15", p50 <= 15),
        Line("(c) 202 to routed signal ÷ round trip, p99", f"{p99:.1f}", "≤ 15", p99 <= 15),
        Line(
            "(d) reports/s from HTTP to the network's topic",
            f"{d['sustained_reports_per_s']:.0f}",
            "≥ 1000",
            d["sustained_reports_per_s"] >= 1000,
        ),
        Line("(e) memory of the largest service, MB (pss)", f"{most:.0f}", "≤ 100", most <= 100),
        Line(
            "(f) seconds from `up` to ready", f"{figures['up']['seconds']:.1f}", "≤ 10", figures["up"]["seconds"] <= 10
        ),
        *_channels(figures["channels"]),
    ]


def _channels(rates: dict[str, float]) -> Iterator[Line]:
    for names, what in (
        ((*CHANNELS, channels.SMTP), "(g) reports accepted over {} ÷ native endpoint"),
        (SIZES, "(h) native endpoint with bodies of {} ÷ with usual ones"),
    ):
        for name in names:
            yield Line(what.format(name), f"{rates[name] / rates['native']:.2f}", "", True)


@contextmanager
def _platform(**environment: str) -> Iterator[Platform]:
    """A platform of its own, without data."""
    with tempfile.TemporaryDirectory(prefix="buurtsein-bench-") as home:
        platform = Platform(Path(home), environment=environment, partitions=1, bound=True)
        try:
            yield platform
        finally:
            platform.down()


def _flow(platform: Platform, reports: int, seconds: float) -> dict[str, dict[str, float]]:
    # Latency comes after the load, when the broker's JVM has compiled what it uses.
    sustained = uvloop.run(flow.sustained(platform, reports))
    latency = uvloop.run(flow.latency(platform, seconds))
    found = memory(platform)
    return {
        "latency": latency,
        "sustained": sustained,
        "memory_rss_mb": {name: each["rss"] for name, each in found.items()},
        "memory_pss_mb": {name: each["pss"] for name, each in found.items()},
        "accepted": uvloop.run(flow.accepted(platform, reports)),
    }


def _print(found: list[Line]) -> None:
    table = Table("", "measured", "aim", "")
    for line in found:
        table.add_row(line.what, line.value, line.aim, "" if not line.aim else "met" if line.met else "missed")
    Console().print(table)
