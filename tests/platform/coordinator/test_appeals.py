"""Who knows the reference of a report may appeal, once, and is answered."""

from functools import partial
from uuid import uuid4

import httpx

from buurtsein_events.topics import SIGNALS_ROUTED
from tests.platform.coordinator.given import INSULT, Desk
from tests.platform.intake_process import eventually


async def test_a_second_appeal_in_other_words_is_refused(desk: Desk) -> None:
    """Nobody would read them; the same words are only sent again."""
    report_id = await desk.report(INSULT)
    assert (await appeal(desk, report_id)).status_code == 202
    await eventually(partial(appealed, desk, report_id))
    answer = await desk.http.post(f"/v1/appeals/{report_id}", json={"text": "En nog iets."})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:buurtsein:problem:already-appealed")
    assert (await appeal(desk, report_id)).status_code == 202


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
