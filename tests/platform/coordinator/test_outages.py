"""Kafka, the store or the stage fails: nothing is accepted that is not kept, and what was accepted counts once."""

import asyncio
import signal
import time

from buurtsein_platform.platform import Platform
from tests.platform.coordinator.given import COORDINATOR, Desk
from tests.platform.intake_process import eventually


async def test_kafka_that_does_not_answer_is_a_503(desk: Desk, platform: Platform) -> None:
    """Nothing is accepted, and the same request is accepted when Kafka answers again."""
    report_id = await desk.held()
    platform.kill("kafka", signal.SIGSTOP)
    try:
        started = time.monotonic()
        answer = await desk.post(report_id, "approve")
        assert time.monotonic() - started < 5
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:buurtsein:problem:unavailable")
        assert int(answer.headers["retry-after"]) > 0
    finally:
        platform.kill("kafka", signal.SIGCONT)
    await eventually(lambda: accepts(desk, report_id))
    await eventually(lambda: desk.has_open(report_id))
    assert (await desk.latest(report_id)).verdict == "publish"


async def accepts(desk: Desk, report_id: str) -> bool:
    """Tell whether a report can be approved now."""
    return (await desk.post(report_id, "approve")).status_code == 202


async def test_what_was_decided_counts_once_although_the_stage_is_killed(desk: Desk) -> None:
    """Every decision that had a 202 is made, and none twice."""
    held = await asyncio.gather(*(desk.held() for _ in range(10)))
    answers = await asyncio.gather(*(desk.post(report_id, "approve") for report_id in held))
    assert {answer.status_code for answer in answers} == {202}
    await desk.moderation.stop()
    await desk.moderation.start()
    latest = await asyncio.gather(*(desk.latest(report_id) for report_id in held))
    assert {(each.verdict, each.revision) for each in latest} == {("publish", 1)}


async def test_a_store_that_is_down_is_a_503(desk: Desk, platform: Platform) -> None:
    """Nothing can be looked at or decided without it."""
    report_id = await desk.held()
    platform.stop_program("store")
    try:
        assert (await desk.post(report_id, "approve")).status_code == 503
        assert (await desk.http.get("/v1/queue?community=woensel", headers=COORDINATOR)).status_code == 503
        assert (await desk.http.post(f"/v1/appeals/{report_id}", json={"text": "x"})).status_code == 503
    finally:
        platform.start_program("store")
    await eventually(lambda: accepts(desk, report_id))
    await eventually(lambda: desk.has_open(report_id))
