"""(b) accepted reports, (c) time to the routed signal, (d) reports from HTTP to the network's topic."""

import asyncio
import json
import time
from collections.abc import Sequence

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from buurtsein_events.ids import derive
from buurtsein_events.topics import NETWORKS, SIGNALS_ROUTED, network_topic
from buurtsein_platform.bench import kafka
from buurtsein_platform.bench.load import Answers, post, send_all
from buurtsein_platform.bench.programs import BODIES
from buurtsein_platform.bench.reports import requests
from buurtsein_platform.bench.stages import program
from buurtsein_platform.errors import PlatformError
from buurtsein_platform.platform import Platform
from buurtsein_platform.ports import scattered_ports

RATE = 200.0
TRIPS = "bench.trips"


async def accepted(platform: Platform, number: int) -> dict[str, float]:
    """Return accepted reports/s of intake, alone, and of a server that only keeps the body with acks=all."""
    for name in ("moderation", "routing", "feedback"):
        platform.stop_program(name)
    port = scattered_ports()["intake"]
    bare = f"http://127.0.0.1:{port}"
    await kafka.create(platform.kafka_bootstrap, (BODIES,))
    async with program(platform, "http", BUURTSEIN_HTTP_PORT=str(port)):
        await _listening(port)
        await send_all(bare, _bare(bare, 500, seed=20))
        plain = [await send_all(bare, _bare(bare, number, seed=21))]
        own = platform.service_url("intake")
        await send_all(own, requests(own, 500, seed=22))
        full = [await send_all(own, requests(own, number, seed=23))]
        plain.append(await send_all(bare, _bare(bare, number, seed=24)))
        full.append(await send_all(own, requests(own, number, seed=25)))
    return {"bare_requests_per_s": _best(plain), "accepted_reports_per_s": _best(full)}


async def latency(platform: Platform, seconds: float) -> dict[str, float]:
    """Return p50 and p99, in ms, from 202 to the signal and of one round trip through the same broker."""
    number = int(RATE * seconds)
    trips = await _trips(platform.kafka_bootstrap, number)
    url = platform.service_url("intake")
    async with kafka.reader(platform.kafka_bootstrap, SIGNALS_ROUTED, beginning=False) as consumer:
        seen: dict[str, float] = {}
        reading = asyncio.create_task(_collect(consumer, number, seen))
        answers = await send_all(url, requests(url, number, seed=30), connections=16, per_second=RATE)
        await asyncio.wait_for(reading, kafka.PATIENCE)
    ways = [seen[signal] - answers.answered[n] for n, signal in _signals(answers).items()]
    return {
        "way_p50_ms": _percentile(ways, 50),
        "way_p99_ms": _percentile(ways, 99),
        "trip_p50_ms": _percentile(trips, 50),
        "trip_p99_ms": _percentile(trips, 99),
    }


async def sustained(platform: Platform, number: int) -> dict[str, float]:
    """Return reports/s from the first request until the last signal can be read on its network's topic."""
    url = platform.service_url("intake")
    topics = [network_topic(network) for network in NETWORKS]
    answers = await send_all(url, requests(url, number, seed=40))
    rate = answers.accepted_per_second()
    wanted = set(_signals(answers).values())
    last, deadline = 0.0, time.monotonic() + kafka.PATIENCE
    async with kafka.reader(platform.kafka_bootstrap, *topics) as consumer:
        while wanted:
            if time.monotonic() > deadline:
                raise PlatformError(f"{len(wanted)} signals did not arrive")
            for record in await kafka.read(consumer):
                if (signal := json.loads(record.value)["subject"]) in wanted:
                    wanted.remove(signal)
                    last = max(last, record.timestamp / 1000)
    begun = min(answers.sent.values())
    return {"offered_reports_per_s": rate, "sustained_reports_per_s": number / (last - begun)}


async def _trips(bootstrap: str, number: int) -> list[float]:
    await kafka.create(bootstrap, (TRIPS,))
    found: list[float] = []
    async with (
        kafka.reader(bootstrap, TRIPS, beginning=False) as consumer,
        AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all") as writer,
    ):
        while len(found) < number:
            begun = time.perf_counter()
            await writer.send(TRIPS, b"x" * 500)
            await kafka.read(consumer, 5000)
            found.append(time.perf_counter() - begun)
            await asyncio.sleep(max(0.0, 1 / RATE - found[-1]))
    return found


async def _collect(consumer: AIOKafkaConsumer, number: int, seen: dict[str, float]) -> None:
    while len(seen) < number:
        for record in await kafka.read(consumer):
            seen[json.loads(record.value)["subject"]] = time.time()


async def _listening(port: int) -> None:
    while True:
        try:
            (await asyncio.open_connection("127.0.0.1", port))[1].close()
            return
        except OSError:
            await asyncio.sleep(0.1)


def _bare(url: str, number: int, *, seed: int) -> list[bytes]:
    bodies = (request.partition(b"\r\n\r\n")[2] for request in requests(url, number, seed=seed))
    return [post(f"{url}/v1/reports", body, {}) for body in bodies]


def _best(runs: Sequence[Answers]) -> float:
    return max(answers.accepted_per_second() for answers in runs)


def _signals(answers: Answers) -> dict[int, str]:
    return {n: derive(json.loads(body)["reference"], "signal") for n, body in answers.bodies.items()}


def _percentile(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
