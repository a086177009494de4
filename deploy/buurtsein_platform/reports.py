"""What the command line tells a person about the platform: addresses and states."""

from dataclasses import dataclass

from buurtsein_platform.platform import Platform
from buurtsein_platform.programs import KAFKA, STORE
from buurtsein_platform.supervision import ProgramStatus


@dataclass(frozen=True, slots=True)
class State:
    """One program: whether it is as it should be, and the line that says so."""

    name: str
    well: bool
    line: str


def welcome(platform: Platform, services: tuple[str, ...]) -> str:
    """Return where everything is, and what to do next."""
    lines = [address_lines(platform), *(f"{name:<12} {platform.service_url(name)}" for name in services)]
    if services:
        lines.append(f"try          curl -s {platform.service_url(services[0])}/docs")
    lines.append("stop with    buurtsein down")
    return "\n".join(lines)


def address_lines(platform: Platform) -> str:
    """Return the addresses of the broker and the store."""
    return f"{'kafka':<12} {platform.kafka_bootstrap}\n{'store':<12} {platform.redis_url}"


def states(platform: Platform) -> list[State]:
    """Return the state of every program, in the order in which they start."""
    programs = platform.programs()
    first = [name for name in (KAFKA, STORE) if name in programs]
    names = [*first, *(name for name in platform.running.ports if name in programs and name not in first)]
    return [_state(platform, programs[name]) for name in names]


def _state(platform: Platform, program: ProgramStatus) -> State:
    ready = program.active and platform.ready(program.name)
    said = "ready" if ready else program.statename.lower()
    detail = f"pid {program.pid}, {program.now - program.start} s" if program.pid else ""
    return State(program.name, ready, f"{program.name:<14} {said:<10} {detail}".rstrip())
