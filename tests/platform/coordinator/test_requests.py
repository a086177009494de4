"""Who may decide, which requests are refused, and how all of them are described."""

from collections.abc import AsyncIterator
from uuid import uuid4

import httpx

from tests.platform.coordinator.given import AUDITOR, COORDINATOR, NEIGHBOUR, Desk, key


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
