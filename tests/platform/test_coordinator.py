"""Coordinators and authors on a real Kafka and a real store: what they decide counts once and reaches the networks."""

import asyncio
import json
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from buurtsein_events.actions import ModerationAction
from buurtsein_events.reports import MemberNotice, ReportModerated, ReportReceived
from buurtsein_events.signals import SignalRouted
from buurtsein_events.topics import (
    MEMBER_NOTICES,
    MODERATION_ACTIONS,
    REPORTS_MODERATED,
    REPORTS_RECEIVED,
    SIGNALS_ROUTED,
)
from buurtsein_events.values import Value
from buurtsein_moderation.loading import LADDER
from buurtsein_platform.platform import Platform
from tests.platform.intake_process import Process, event, eventually, received, send

pytestmark = pytest.mark.kafka

SHIPPED = (LADDER.parent / "coordinators.yaml").read_text("utf-8")
HUNT = "Zaterdag gaan we met z'n allen die dief opwachten en hem een lesje leren, bel 06-12345678"
INSULT = "Jij bent echt een sukkel"
LAMP = "De lantaarnpaal bij de brug is uit"


def key(name: str) -> dict[str, str]:
    """Return the header that proves a key."""
    return {"Authorization": f"Bearer {name}"}


COORDINATOR, AUDITOR, NEIGHBOUR = key("local-coordinator-key"), key("local-auditor-key"), key("neighbour")


@dataclass
class Desk:
    """Moderation as coordinators and authors reach it, and the topics around it."""

    moderation: Process
    bootstrap: str

    @property
    def http(self) -> httpx.AsyncClient:
        """Return the client."""
        return self.moderation.http

    async def report(self, text: str, **fields: object) -> str:
        """Write a report as intake would and return its reference once it was decided on."""
        report_id = str(uuid4())
        content = {"channel": "app", "client": "test", "community": "woensel", "reporter": f"m-{report_id}"}
        data = ReportReceived.model_validate(
            {**content, "report_id": report_id, "text": text, "received_at": datetime.now(UTC), **fields}
        )
        reporter = data.reporter or report_id
        await send(self.bootstrap, (REPORTS_RECEIVED, event(data)), key=reporter.encode())
        await eventually(lambda: self.wrote(REPORTS_MODERATED, report_id))
        return report_id

    async def held(self, **fields: object) -> str:
        """Return the reference of a report that is held."""
        report_id = await self.report(HUNT, **fields)
        await eventually(lambda: self.has_open(report_id, "report"))
        return report_id

    async def written(self, topic: str, report_id: str) -> list[Value]:
        """Return what a topic has about a report."""
        return [each.data for each in await received(self.bootstrap, [report_id], topic) if each.subject]

    async def wrote(self, topic: str, report_id: str, number: int = 1) -> bool:
        """Tell whether a topic has so much about a report."""
        return len(await self.written(topic, report_id)) >= number

    async def case(self, report_id: str) -> dict[str, Any]:
        """Return a case as a coordinator reads it."""
        content: dict[str, Any] = (await self.http.get(f"/v1/queue/{report_id}", headers=COORDINATOR)).json()
        return content

    async def has_open(self, report_id: str, *matters: str) -> bool:
        """Tell whether just these matters wait for a decision."""
        return (await self.case(report_id)).get("open") == list(matters)

    async def post(self, report_id: str, path: str, who: dict[str, str] | None = None, **body: Any) -> httpx.Response:
        """Decide about a report."""
        return await self.http.post(f"/v1/queue/{report_id}/{path}", json=body, headers=who or COORDINATOR)

    async def decided(self, report_id: str, path: str, **body: Any) -> None:
        """Decide twice about a report and wait until nothing of it is open."""
        first, second = [await self.post(report_id, path, **body) for _ in range(2)]
        assert (first.status_code, second.status_code) == (202, 202), first.text
        assert first.json() == second.json()
        await eventually(lambda: self.has_open(report_id))

    async def latest(self, report_id: str, revision: int = 1) -> ReportModerated:
        """Return the latest decision on a report once it is there, of which there are no two with one number."""
        await eventually(lambda: self.wrote(REPORTS_MODERATED, report_id, revision + 1))
        found = [each for each in await self.written(REPORTS_MODERATED, report_id) if isinstance(each, ReportModerated)]
        assert sorted(each.revision for each in found) == list(range(len(found)))
        return max(found, key=lambda each: each.revision)

    async def notices(self, report_id: str, number: int) -> list[MemberNotice]:
        """Return what the member was told about a report, once it is so much."""
        await eventually(lambda: self.wrote(MEMBER_NOTICES, report_id, number))
        found = await self.written(MEMBER_NOTICES, report_id)
        return [each for each in found if isinstance(each, MemberNotice)]


@pytest.fixture(scope="module")
async def desk(kafka_bootstrap: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """Start moderation and routing once for these tests."""
    home: Path = tmp_path_factory.mktemp("coordinator")
    other = {
        "name": "neighbour",
        "key_sha256": sha256(b"neighbour").hexdigest(),
        "communities": {"overvecht": "coordinator"},
    }
    (home / "coordinators.yaml").write_text(f"{SHIPPED}  - {json.dumps(other)}\n", "utf-8")
    surroundings = {
        "BUURTSEIN_KAFKA_BOOTSTRAP": kafka_bootstrap,
        "BUURTSEIN_REDIS_URL": redis_url,
        "BUURTSEIN_COORDINATORS": str(home / "coordinators.yaml"),
        "BUURTSEIN_MODERATION_URL": "https://b.example",
    }
    services = [Process(surroundings, name) for name in ("moderation", "routing")]
    for service in services:
        await service.start()
    yield Desk(services[0], kafka_bootstrap)
    for service in services:
        await service.http.aclose()
        await service.stop()


async def test_a_held_report_is_shown_approved_and_routed(desk: Desk) -> None:
    """The queue tells why it was held; approved, it reaches the neighbours, and no network twice."""
    report_id = await desk.held()
    queue = (await desk.http.get("/v1/queue?community=woensel&limit=100", headers=AUDITOR)).json()
    [item] = [each for each in queue["items"] if each["case"]["report_id"] == report_id]
    [finding] = [each for each in item["case"]["findings"] if each["rule"] == item["case"]["findings"][0]["rule"]]
    assert (item["matter"], item["overdue"], item["case"]["verdict"]) == ("report", False, "hold")
    assert finding["matched"] in HUNT
    assert finding["version"] >= 1
    assert "[telefoonnummer]" in item["case"]["public_text"]
    assert item["case"]["author"] == {"member": f"m-{report_id}", "strikes": 1, "removed": False}
    await desk.decided(report_id, "approve")
    await eventually(lambda: desk.wrote(SIGNALS_ROUTED, report_id, 2))
    signals = [each for each in await desk.written(SIGNALS_ROUTED, report_id) if isinstance(each, SignalRouted)]
    assert sorted((each.revision, each.verdict) for each in signals) == [(0, "hold"), (1, "publish")]
    assert (await desk.latest(report_id)).decided_by == "local-coordinator"
    assert (await desk.case(report_id))["author"]["strikes"] == 0
    assert [each.step for each in await desk.notices(report_id, 2)][-1] == "none"


async def test_every_action_is_once_on_the_audit_trail(desk: Desk) -> None:
    """Repeating it changes nothing, and the topic has who decided what about which case."""
    report_id = await desk.held()
    await desk.decided(report_id, "decline", message="Dit hoort bij de wijkagent.")
    trail = (await desk.http.get("/v1/audit?community=woensel", headers=AUDITOR)).json()
    [line] = [each for each in trail["lines"] if each["report_id"] == report_id]
    assert (line["action"], line["by"], line["done"]) == ("decline", "local-coordinator", True)
    action, *again = await desk.written(MODERATION_ACTIONS, report_id)
    assert again in ([], [action])
    assert isinstance(action, ModerationAction)
    assert (action.by, action.message) == ("local-coordinator", "Dit hoort bij de wijkagent.")
    assert (await desk.latest(report_id)).verdict == "decline"
    assert len(await desk.notices(report_id, 2)) == 2


async def test_what_a_coordinator_hides_neighbours_do_not_see(desk: Desk) -> None:
    """The networks still receive all of it."""
    report_id = await desk.held()
    await desk.decided(report_id, "redact", redactions=[{"kind": "email", "start": 0, "end": 8}])
    latest = await desk.latest(report_id)
    assert (latest.verdict, latest.public_text[:16]) == ("publish", "[e-mailadres] ga")
    assert latest.report.text == HUNT


async def test_of_two_coordinators_the_first_counts(desk: Desk) -> None:
    """Both had a 202, as neither could know of the other; the report ends once."""
    report_id = await desk.held()
    answers = await asyncio.gather(desk.post(report_id, "approve"), desk.post(report_id, "decline", message="Nee."))
    assert {answer.status_code for answer in answers} <= {202, 409}
    await eventually(lambda: desk.has_open(report_id))
    assert (await desk.latest(report_id)).revision == 1
    [act] = (await desk.case(report_id))["acts"]
    assert {act["verdict"]} <= {"publish", "decline"}
    trail = (await desk.http.get("/v1/audit?community=woensel", headers=COORDINATOR)).json()["lines"]
    assert sum(line["done"] for line in trail if line["report_id"] == report_id) == 1


async def test_what_is_hidden_too_late_is_not_taken_for_what_was_hidden_before(desk: Desk) -> None:
    """Who sends the same again is told so again; who hides another part learns that it was decided without it."""
    report_id = await desk.held()
    await desk.decided(report_id, "redact", redactions=[{"start": 0, "end": 8}])
    answer = await desk.post(report_id, "redact", redactions=[{"start": 9, "end": 12}])
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:buurtsein:problem:already-decided")


async def test_a_second_appeal_in_other_words_is_refused(desk: Desk) -> None:
    """Nobody would read them; the same words are only sent again."""
    report_id = await desk.report(INSULT)
    assert (await appeal(desk, report_id)).status_code == 202
    await eventually(partial(appealed, desk, report_id))
    answer = await desk.http.post(f"/v1/appeals/{report_id}", json={"text": "En nog iets."})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:buurtsein:problem:already-appealed")
    assert (await appeal(desk, report_id)).status_code == 202


async def test_a_member_is_removed_by_the_coordinator_and_told_why(desk: Desk) -> None:
    """After three strikes; what they send then is held."""
    member = f"m-{uuid4()}"
    *_, last = [await desk.report(INSULT, reporter=member) for _ in range(3)]
    await eventually(lambda: desk.has_open(last, "removal"))
    await desk.decided(last, "removal", confirmed=True, message="Bel me gerust.")
    notice = max(await desk.notices(last, 2), key=lambda each: each.step == "removed")
    assert (notice.step, notice.strikes, notice.appeal) == ("removed", 3, f"https://b.example/v1/appeals/{last}")
    assert notice.message.nl.endswith("Bel me gerust.")
    lamp = await desk.report(LAMP, reporter=member)
    assert (await desk.latest(lamp, 0)).verdict == "hold"


async def test_an_appeal_is_heard_and_undoes_the_strike(desk: Desk) -> None:
    """Who knows the reference may appeal, once; granted, the report is published."""
    report_id = await desk.report(INSULT)
    for _ in range(2):
        answer = await desk.http.post(f"/v1/appeals/{report_id}", json={"text": "Ik bedoelde de hond."}, headers={})
        assert (answer.status_code, answer.json()["status"]) == (202, "received")
    await eventually(lambda: desk.has_open(report_id, "appeal"))
    [act] = (await desk.case(report_id))["acts"]
    assert (act["what"], act["message"]) == ("appeal", "Ik bedoelde de hond.")
    await desk.decided(report_id, "appeal", granted=True, message="Je hebt gelijk.")
    assert ((await desk.latest(report_id)).verdict, (await desk.case(report_id))["author"]["strikes"]) == ("publish", 0)
    await eventually(lambda: desk.wrote(SIGNALS_ROUTED, report_id))
    answer = await desk.http.post(f"/v1/appeals/{report_id}", json={"text": "Nog eens."})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:buurtsein:problem:already-decided")


async def test_a_member_waits_for_answers_before_another_appeal(desk: Desk) -> None:
    """Three may wait; when one is answered there is room for the next, and others are not kept from theirs."""
    member = f"m-{uuid4()}"
    *first, last = [await desk.report(INSULT, reporter=member) for _ in range(4)]
    for report_id in first:
        assert (await appeal(desk, report_id)).status_code == 202
        await eventually(partial(appealed, desk, report_id))
    answer = await appeal(desk, last)
    assert (answer.status_code, answer.json()["type"]) == (429, "urn:buurtsein:problem:too-many-appeals")
    assert (await appeal(desk, first[0])).status_code == 202
    assert (await appeal(desk, await desk.report(INSULT))).status_code == 202
    assert (await desk.post(first[0], "appeal", granted=False, message="Nee.")).status_code == 202
    await eventually(lambda: accepts_appeal(desk, last))


async def appeal(desk: Desk, report_id: str) -> httpx.Response:
    """Appeal against what was decided about a report."""
    return await desk.http.post(f"/v1/appeals/{report_id}", json={"text": "Ik bedoelde de hond."})


async def appealed(desk: Desk, report_id: str) -> bool:
    """Tell whether the appeal is in its case."""
    return "appeal" in (await desk.case(report_id))["open"]


async def accepts_appeal(desk: Desk, report_id: str) -> bool:
    """Tell whether an appeal is taken now."""
    return (await appeal(desk, report_id)).status_code == 202


async def test_an_edit_is_published_with_thanks(desk: Desk) -> None:
    """Within the time, by the same member."""
    report_id = await desk.report(INSULT)
    edit = await desk.report(LAMP, reporter=f"m-{report_id}", edit_of=report_id)
    assert (await desk.latest(edit, 0)).verdict == "publish"
    [notice] = await desk.notices(edit, 1)
    assert notice.message.nl.startswith("Dank je wel voor het aanpassen!")
    assert [act["what"] for act in (await desk.case(report_id))["acts"]] == ["edit"]


async def test_who_may_not_decide_is_refused(desk: Desk) -> None:
    """No key, an auditor's, another community's; and what is not there is not there for anybody."""
    report_id = await desk.held()
    for headers, status in (({"Authorization": ""}, 401), (key("x"), 401), (AUDITOR, 403), (NEIGHBOUR, 403)):
        answer = await desk.post(report_id, "approve", headers)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (await desk.http.get("/v1/queue?community=woensel", headers=NEIGHBOUR)).status_code == 403
    assert (await desk.http.get(f"/v1/queue/{report_id}", headers=NEIGHBOUR)).status_code == 403
    assert (await desk.http.get("/v1/queue", headers=NEIGHBOUR)).json()["community"] == "overvecht"
    assert (await desk.post(str(uuid4()), "approve")).status_code == 404
    assert (await desk.http.post(f"/v1/appeals/{uuid4()}", json={"text": "x"})).status_code == 404
    assert (await desk.case(report_id))["open"] == ["report"]


async def _in_chunks() -> AsyncIterator[bytes]:
    yield b'{"message": "Dank je wel."}'


async def test_mistakes_are_named_with_their_cure(desk: Desk) -> None:
    """Fields, parameters and decisions that there are none of."""
    report_id = await desk.held()
    wrong = await desk.post(report_id, "redact", redactions=[{"start": 0, "end": 5000, "why": 1}])
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "#/redactions/0/why")
    far = await desk.post(report_id, "redact", redactions=[{"start": 0, "end": 5000}])
    assert far.json()["errors"][0]["pointer"] == "#/redactions/0/end"
    async with httpx.AsyncClient(base_url=desk.http.base_url) as bare:
        unnamed = await bare.post(f"/v1/queue/{report_id}/approve", headers=COORDINATOR, content=_in_chunks())
    assert unnamed.status_code == 415
    assert (await desk.post(report_id, "decline")).json()["errors"][0]["pointer"] == "#/message"
    assert (await desk.post(report_id, "decline", message="a\x00b")).status_code == 422
    assert (await desk.post(report_id, "appeal", granted=True, message="Ja.")).status_code == 409
    missing = await desk.http.get("/v1/queue", headers=COORDINATOR)
    assert (missing.status_code, missing.json()["errors"][0]["pointer"]) == (422, "?community")
    unknown = await desk.http.get("/v1/queue?community=woensel&sort=age", headers=COORDINATOR)
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "?sort")
    beyond = await desk.http.get("/v1/queue?community=woensel&limit=1000", headers=COORDINATOR)
    assert (beyond.status_code, beyond.json()["errors"][0]["pointer"]) == (422, "?limit")


async def test_pages_follow_each_other(desk: Desk) -> None:
    """Oldest first, each matter once."""
    for _ in range(3):
        await desk.held(community="overvecht")
    path, found = "/v1/queue?community=overvecht&limit=2", []
    while path:
        page = (await desk.http.get(path, headers=COORDINATOR)).json()
        found += [(item["since"], item["case"]["report_id"]) for item in page["items"]]
        path = page.get("next")
    assert len(found) == len(set(found)) >= 3
    assert found == sorted(found)


async def test_the_queue_is_measured(desk: Desk) -> None:
    """How much waits, how long already, and how much of it for too long."""
    await desk.held(community="haarlemmerbuurt")
    await eventually(lambda: measures(desk, "buurtsein_waiting_cases", 1))
    assert await measures(desk, "buurtsein_overdue_cases", 0)


async def measures(desk: Desk, name: str, at_least: float) -> bool:
    """Tell whether a metric of the Haarlemmerbuurt is as high."""
    lines = (await desk.http.get("/metrics")).text.splitlines()
    found = [line for line in lines if line.startswith(f'{name}{{community="haarlemmerbuurt"}}')]
    return bool(found) and float(found[0].split()[1]) >= at_least


async def test_every_endpoint_is_documented(desk: Desk) -> None:
    """With the body that it takes and the problems that it answers."""
    paths = (await desk.http.get("/openapi.json")).json()["paths"]
    deciding = ("approve", "redact", "decline", "removal", "appeal")
    assert {f"/v1/queue/{{report_id}}/{each}" for each in deciding} < set(paths)
    for path, methods in paths.items():
        for method, document in methods.items():
            if path.startswith("/v1"):
                assert {"401", "422", "503"} <= set(document["responses"])
                assert ("requestBody" in document) is (method == "post")


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
