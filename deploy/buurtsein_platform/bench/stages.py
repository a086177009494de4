"""(a) Events per second of a stage ÷ those of a bare aiokafka loop that copies records and commits after each batch."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median

from buurtsein_events.topics import REPORTS_MODERATED, REPORTS_RECEIVED
from buurtsein_platform.bench import kafka
from buurtsein_platform.bench.programs import COPIED, PASSED, SOURCE
from buurtsein_platform.bench.reports import events
from buurtsein_platform.platform import Platform

WARM_UP = 2000
"""Records that a process deals with before it is measured."""

ROUNDS = 3


async def measure(platform: Platform, number: int) -> dict[str, float]:
    """Return events/s of the bare loop, the stage that passes records on and the stage that moderates."""
    bootstrap = platform.kafka_bootstrap
    await kafka.create(bootstrap, (SOURCE, COPIED, PASSED))
    await kafka.fill(bootstrap, SOURCE, events(WARM_UP, seed=1))
    async with program(platform, "copy"), program(platform, "stage"):
        await kafka.timestamps(bootstrap, COPIED, WARM_UP)
        await kafka.timestamps(bootstrap, PASSED, WARM_UP)
    copied, passed = [], []
    for turn in range(ROUNDS):
        await kafka.fill(bootstrap, SOURCE, events(number, seed=2 + turn))
        done = WARM_UP + turn * number
        copied.append(await _rate(platform, "copy", COPIED, number, done))
        passed.append(await _rate(platform, "stage", PASSED, number, done))
    return {
        "copy_events_per_s": median(copied),
        "stage_events_per_s": median(passed),
        "moderation_events_per_s": await _moderation(platform, number // 4),
    }


@asynccontextmanager
async def program(platform: Platform, name: str, **settings: str) -> AsyncIterator[Process]:
    """Run one of the bare programs."""
    environment = {
        **os.environ,
        "BUURTSEIN_KAFKA_BOOTSTRAP": platform.kafka_bootstrap,
        "BUURTSEIN_REDIS_URL": platform.redis_url,
        "BUURTSEIN_LOG_LEVEL": "WARNING",
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "buurtsein_platform.bench.programs", name, env=environment
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def _rate(platform: Platform, name: str, topic: str, number: int, done: int) -> float:
    async with program(platform, name):
        return _per_second(await kafka.timestamps(platform.kafka_bootstrap, topic, number, skip=done))


async def _moderation(platform: Platform, number: int) -> float:
    """Return the rate at which moderation works off a backlog, with its real rules, facts, log and metrics."""
    bootstrap = platform.kafka_bootstrap
    for name in ("moderation", "routing", "feedback"):
        platform.stop_program(name)
    await kafka.fill(bootstrap, REPORTS_RECEIVED, events(number, seed=9))
    platform.start_program("moderation")
    written = await kafka.timestamps(bootstrap, REPORTS_MODERATED, number)
    return _per_second(sorted(written))


def _per_second(times: list[float]) -> float:
    return len(times) / max(times[-1] - times[0], 1e-3)
