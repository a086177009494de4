"""What a coordinator decides counts once, is written down and reaches the networks."""

import asyncio
from uuid import uuid4

from buurtsein_events.actions import ModerationAction
from buurtsein_events.signals import SignalRouted
from buurtsein_events.topics import MODERATION_ACTIONS, SIGNALS_ROUTED
from tests.platform.coordinator.given import AUDITOR, COORDINATOR, HUNT, INSULT, LAMP, Desk
from tests.platform.intake_process import eventually


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


async def test_an_edit_is_published_with_thanks(desk: Desk) -> None:
    """Within the time, by the same member."""
    report_id = await desk.report(INSULT)
    edit = await desk.report(LAMP, reporter=f"m-{report_id}", edit_of=report_id)
    assert (await desk.latest(edit, 0)).verdict == "publish"
    [notice] = await desk.notices(edit, 1)
    assert notice.message.nl.startswith("Dank je wel voor het aanpassen!")
    assert [act["what"] for act in (await desk.case(report_id))["acts"]] == ["edit"]
