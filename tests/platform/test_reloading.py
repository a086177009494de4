"""The moderation service takes over changed packs while it runs."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer

from buurtsein_events.codec import decode, encode
from buurtsein_events.reports import ReportModerated
from buurtsein_events.topics import REPORTS_MODERATED, REPORTS_RECEIVED
from buurtsein_moderation.reloading import fingerprint
from tests.platform.intake_process import Process, eventually, send
from tests.unit.moderation.given import event, report, rule


def _write(packs: Path, verdict: str) -> None:
    content = {"id": "small", "version": 1, "language": "any", "rules": [rule(verdict=verdict)]}
    packs.write_text(json.dumps(content), "utf-8")


@pytest.fixture
async def service(tmp_path: Path, kafka_bootstrap: str, redis_url: str) -> AsyncIterator[Process]:
    """Run the service with a pack of its own."""
    _write(tmp_path / "small.yaml", "ask")
    environment = {
        "BUURTSEIN_KAFKA_BOOTSTRAP": kafka_bootstrap,
        "BUURTSEIN_REDIS_URL": redis_url,
        "BUURTSEIN_PACKS": str(tmp_path),
    }
    process = Process(environment, "moderation")
    await process.start()
    yield process
    await process.stop()


async def _verdict(bootstrap: str) -> str:
    """Send a report and return what moderation says about it."""
    report_id = f"report-{uuid4()}"
    reader = AIOKafkaConsumer(REPORTS_MODERATED, bootstrap_servers=bootstrap, isolation_level="read_committed")
    await reader.start()
    sent = encode(event(report("what a fool", report_id=report_id), cause=report_id))
    await send(bootstrap, (REPORTS_RECEIVED, sent))
    try:
        async for record in reader:
            data = decode(record.value).data
            if isinstance(data, ReportModerated) and data.report.report_id == report_id:
                return data.verdict
    finally:
        await reader.stop()
    raise AssertionError("the topic never ends")


async def test_changed_packs_decide_without_a_restart(service: Process, tmp_path: Path, kafka_bootstrap: str) -> None:
    """The metric tells when they do."""
    assert await _verdict(kafka_bootstrap) == "ask"
    _write(tmp_path / "small.yaml", "hold")
    version = fingerprint(tmp_path)

    async def loaded() -> bool:
        return version in (await service.http.get("/metrics")).text

    await eventually(loaded)
    assert await _verdict(kafka_bootstrap) == "hold"
