"""Intake on a real Kafka and a real store: what is accepted is kept, once, and can be followed."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from click.testing import CliRunner

from buurtsein_events.reports import ReportReceived
from buurtsein_events.topics import REPORTS_MODERATED, REPORTS_RECEIVED, SIGNALS_ROUTED, dead_letter_topic
from buurtsein_intake.client_command import client
from buurtsein_platform.platform import Platform
from tests.platform.intake_process import Process, event, eventually, moderated, received, routed, send

pytestmark = pytest.mark.kafka


@pytest.fixture(scope="session")
def surroundings(kafka_bootstrap: str, redis_url: str) -> dict[str, str]:
    """Return the settings that lead to the tests' Kafka and store."""
    return {"BUURTSEIN_KAFKA_BOOTSTRAP": kafka_bootstrap, "BUURTSEIN_REDIS_URL": redis_url}


@pytest.fixture(scope="session")
async def intake(surroundings: dict[str, str]) -> AsyncIterator[Process]:
    """Start intake once for these tests."""
    process = Process({**surroundings, "BUURTSEIN_UNACCOUNTED_SECONDS": "1"})
    await process.start()
    yield process
    await process.http.aclose()
    await process.stop()


async def accepted(intake: Process, bootstrap: str) -> ReportReceived:
    """Return a report that intake accepted, as it stands in Kafka."""
    reference = (await intake.post()).json()["reference"]
    [found] = await received(bootstrap, [reference])
    assert isinstance(found.data, ReportReceived)
    return found.data


async def test_an_accepted_report_is_kept_and_followed_to_its_outcome(intake: Process, kafka_bootstrap: str) -> None:
    """From 202 to what the network did, and settled on the way; an outcome may come over HTTP."""
    report = await accepted(intake, kafka_bootstrap)
    reference = report.report_id
    assert (await intake.status(reference))["status"] == "received"
    await eventually(lambda: is_open(intake, 1))
    await send(kafka_bootstrap, (REPORTS_MODERATED, event(moderated(report, "publish"))))
    await eventually(lambda: has_status(intake, reference, "under_review"))
    await send(kafka_bootstrap, (SIGNALS_ROUTED, event(routed(report))))
    await eventually(lambda: has_status(intake, reference, "routed"))
    await intake.post(
        path="/v1/outcomes", reference=reference, community="woensel", network="police", result="arrested"
    )
    await eventually(lambda: has_result(intake, reference, "arrested"))


async def is_open(intake: Process, at_least: int) -> bool:
    """Tell whether so many reports are overdue (after a second, here)."""
    return await intake.gauge("buurtsein_unaccounted") >= at_least


async def has_status(intake: Process, reference: str, status: str) -> bool:
    """Tell whether a report stands there."""
    return (await intake.status(reference)).get("status") == status


async def has_result(intake: Process, reference: str, result: str) -> bool:
    """Tell whether the first network reported a result."""
    networks = (await intake.status(reference))["networks"]
    return isinstance(networks, list) and networks[0].get("result") == result


async def test_the_projection_skips_what_is_no_event_and_ends_what_is_dead(
    intake: Process, kafka_bootstrap: str
) -> None:
    """Poison in a topic costs one record; a dead letter of a report ends that report."""
    asked, dead = await accepted(intake, kafka_bootstrap), await accepted(intake, kafka_bootstrap)
    await send(kafka_bootstrap, (REPORTS_MODERATED, b"\xff{"), (dead_letter_topic(REPORTS_RECEIVED), b"{"))
    await send(kafka_bootstrap, (REPORTS_MODERATED, event(moderated(asked, "ask"))))
    await send(kafka_bootstrap, (dead_letter_topic(REPORTS_RECEIVED), event(dead)))
    await eventually(lambda: has_status(intake, asked.report_id, "asked"))
    await eventually(lambda: has_status(intake, dead.report_id, "dead_letter"))
    assert (await intake.status(asked.report_id))["message"] == {"nl": "Zeg het anders", "en": "Say it otherwise"}


async def test_many_retries_of_one_request_are_one_report(intake: Process, kafka_bootstrap: str) -> None:
    """All at once and again later: every 202 has the same reference, and Kafka has one event."""
    key = str(uuid4())
    rounds = [await asyncio.gather(*(intake.post(key, text=key) for _ in range(40))) for _ in range(3)]
    answers = [answer for round_ in rounds for answer in round_]
    references = {a.json()["reference"] for a in answers if a.status_code == 202}
    assert {a.status_code for a in answers} <= {202, 409}
    assert len(references) == 1
    assert len(await received(kafka_bootstrap, list(references))) == 1


async def test_many_reports_at_once_are_all_kept_once(intake: Process, kafka_bootstrap: str) -> None:
    """Each 202 is an event in Kafka, and no event is there twice."""
    answers = await asyncio.gather(*(intake.post(text=f"glas {n} {uuid4()}") for n in range(300)))
    references = [a.json()["reference"] for a in answers]
    found = [event.subject for event in await received(kafka_bootstrap, references)]
    assert sorted(found) == sorted(references)


async def test_kafka_that_does_not_answer_is_a_503_within_five_seconds(
    intake: Process, platform: Platform, kafka_bootstrap: str
) -> None:
    """Nothing is accepted, and intake goes on by itself when Kafka does; the retry is the same report."""
    key = str(uuid4())
    platform.kill("kafka", signal.SIGSTOP)
    try:
        started = time.monotonic()
        answers = await asyncio.gather(*(intake.post(f"{key}-{n}", text=key) for n in range(20)))
        assert time.monotonic() - started < 5
        assert {a.status_code for a in answers} == {503}
        assert {a.headers["content-type"] for a in answers} == {"application/problem+json"}
        assert all(int(a.headers["retry-after"]) > 0 for a in answers)
        await eventually(lambda: intake.answers("/readyz", 503))
    finally:
        platform.kill("kafka", signal.SIGCONT)
    await eventually(lambda: is_accepted(intake, f"{key}-0", key))
    again = (await intake.post(f"{key}-0", text=key)).json()["reference"]
    assert {e.id for e in await received(kafka_bootstrap, [again])} == {again}
    await intake.ready()


async def is_accepted(intake: Process, key: str, text: str) -> bool:
    """Tell whether a report is accepted now."""
    return (await intake.post(key, text=text)).status_code == 202


async def test_the_store_that_is_down_is_a_503_and_comes_back(intake: Process, platform: Platform) -> None:
    """Nothing is accepted without a claim; what was claimed before is still known afterwards."""
    key = str(uuid4())
    before = await intake.post(key, text=key)
    platform.stop_program("store")
    try:
        started = time.monotonic()
        assert (await intake.post(f"{key}-2", text=key)).status_code == 503
        assert time.monotonic() - started < 5
        assert (await intake.http.get(f"/v1/reports/{uuid4()}")).status_code == 503
        await eventually(lambda: intake.answers("/readyz", 503))
    finally:
        platform.start_program("store")
    await eventually(lambda: is_accepted(intake, f"{key}-2", key))
    assert (await intake.post(key, text=key)).content == before.content
    await intake.ready()


async def test_sigterm_answers_what_is_under_way_and_then_ends(surroundings: dict[str, str]) -> None:
    """Requests that were taken are answered, the rest is not taken, and the process ends within its bound."""
    process = Process(surroundings)
    await process.start()
    asked = [asyncio.create_task(process.post(text=f"glas {n} {uuid4()}")) for n in range(50)]
    await asyncio.sleep(0.05)
    started = time.monotonic()
    code = await process.stop(signal.SIGTERM)
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert code in {0, -signal.SIGTERM}
    assert time.monotonic() - started < 15
    assert {a.status_code for a in answers if isinstance(a, httpx.Response)} <= {202}
    assert all(isinstance(a, httpx.TransportError) for a in answers if not isinstance(a, httpx.Response))
    await process.http.aclose()


async def test_intake_lives_without_kafka_and_says_so(surroundings: dict[str, str]) -> None:
    """It starts, answers 503 at once, and is alive but not ready."""
    process = Process({**surroundings, "BUURTSEIN_KAFKA_BOOTSTRAP": "127.0.0.1:9"})
    await process.launch()
    await eventually(lambda: process.answers("/healthz", 200))
    started = time.monotonic()
    answer = await process.post()
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:buurtsein:problem:unavailable")
    assert time.monotonic() - started < 5
    problems = (await process.http.get("/readyz")).json()["problems"]
    assert set(problems) == {"kafka", "projection"}
    await process.stop()
    await process.http.aclose()


async def test_a_client_is_known_and_unknown_within_seconds(
    intake: Process, surroundings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a restart: five seconds after its key was shown or revoked at the latest."""
    monkeypatch.setenv("BUURTSEIN_REDIS_URL", surroundings["BUURTSEIN_REDIS_URL"])
    name = f"app-{uuid4().hex[:8]}"
    added = await asyncio.to_thread(CliRunner().invoke, client, ["add", name, "--rate", "1/h", "--burst", "1"])
    headers = {"Authorization": f"Bearer {added.stdout.strip()}"}

    async def answers(status: int) -> bool:
        sent = await intake.http.post("/v1/reports", json={"text": f"Glas {uuid4()}"}, headers=headers)
        return sent.status_code == status

    await eventually(lambda: answers(202), 5)
    assert await answers(429)
    await asyncio.to_thread(CliRunner().invoke, client, ["revoke", name])
    await eventually(lambda: answers(401), 5)


async def test_who_says_the_same_again_has_one_report(intake: Process, kafka_bootstrap: str) -> None:
    """Under another key, too; another resident has another one."""
    words = {"text": f"Glas op straat {uuid4()}"}
    answers = [
        await intake.post(key, **words, reporter=who) for key, who in (("1", "a"), ("2", "a"), (None, "a"), ("3", "b"))
    ]
    references = [each.json()["reference"] for each in answers]
    assert len(set(references[:3])) == 1
    assert references[3] != references[0]
    assert len(await received(kafka_bootstrap, references)) == 2


async def test_a_refused_configuration_is_said_in_full(surroundings: dict[str, str], tmp_path: Path) -> None:
    """The process ends and names each mistake."""
    (tmp_path / "clients.yaml").write_text("clients:\n  - name: a\n    keys: [{sha256: secret}]\n    colour: red\n")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "buurtsein_intake",
        env={**os.environ, **surroundings, "BUURTSEIN_CLIENTS": str(tmp_path / "clients.yaml")},
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    assert process.returncode == 1
    assert b"keys.0.sha256" in said
    assert b"colour" in said
