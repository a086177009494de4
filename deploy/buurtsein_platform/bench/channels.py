"""(g) Reports accepted over each channel, and (h) with larger bodies, per second ÷ those of the native endpoint."""

import asyncio
import random
import smtplib
import time
from collections.abc import Iterator, Sequence

from buurtsein_events.topics import REPORTS_RECEIVED
from buurtsein_platform.bench import kafka
from buurtsein_platform.bench.load import post, send_all
from buurtsein_platform.bench.providers import CHANNELS, DOMAIN, SIZES, Way, mail, native
from buurtsein_platform.bench.reports import report
from buurtsein_platform.errors import PlatformError
from buurtsein_platform.platform import Platform
from buurtsein_platform.ports import HOST

ROUNDS = 3
SMTP = "SMTP"
WAYS = {"native": native, **CHANNELS, **SIZES}

_CONNECTIONS = 8
"""As many as intake takes at once over SMTP."""

_MAILS = 50
"""As many as it takes over one connection."""


async def measure(platform: Platform, number: int, smtp_port: int) -> dict[str, float]:
    """Return reports/s by channel and size, each the best of some rounds; of intake alone, every report checked."""
    rates: dict[str, list[float]] = {name: [] for name in (*WAYS, SMTP)}
    for turn in range(ROUNDS):
        first = (turn + 1) * 10_000_000
        for place, (name, way) in enumerate(WAYS.items()):
            rates[name].append(await _over_http(platform, way, number, first + place * 100_000))
        rates[SMTP].append(await _over_smtp(platform, number, first + len(WAYS) * 100_000, smtp_port))
    return {name: max(found) for name, found in rates.items()}


async def _over_http(platform: Platform, way: Way, number: int, first: int) -> float:
    url = platform.service_url("intake")
    sent = [way(first + n, each) for n, each in enumerate(_reports(number, first))]
    requests = [post(url + each.path, each.body, dict(each.headers)) for each in sent]
    kept = await kafka.written(platform.kafka_bootstrap, REPORTS_RECEIVED)
    answers = await send_all(url, requests)
    rate = answers.accepted_per_second(sent[0].status)
    await _check(platform, kept + number)
    return rate


async def _over_smtp(platform: Platform, number: int, first: int, port: int) -> float:
    mails = [mail(first + n, each) for n, each in enumerate(_reports(number, first))]
    sessions = iter([mails[start : start + _MAILS] for start in range(0, number, _MAILS)])
    kept = await kafka.written(platform.kafka_bootstrap, REPORTS_RECEIVED)
    begun = time.perf_counter()
    await asyncio.gather(*(asyncio.to_thread(_deliver, sessions, port) for _ in range(_CONNECTIONS)))
    rate = number / (time.perf_counter() - begun)
    await _check(platform, kept + number)
    return rate


def _deliver(sessions: Iterator[Sequence[bytes]], port: int) -> None:
    """Send mails as a mail server does, some over each connection; raises `SMTPException` when one is refused."""
    for mails in sessions:
        with smtplib.SMTP(HOST, port, local_hostname="mail.example.net") as server:
            for each in mails:
                server.sendmail("joke@example.net", f"melden@{DOMAIN}", each)


def _reports(number: int, seed: int) -> Iterator[dict[str, object]]:
    chance = random.Random(seed)  # noqa: S311
    return (report(chance) for _ in range(number))


async def _check(platform: Platform, wanted: int) -> None:
    kept = await kafka.written(platform.kafka_bootstrap, REPORTS_RECEIVED)
    if kept != wanted:
        raise PlatformError(f"Kafka keeps {kept} reports, and {wanted} were accepted")
