"""Receipt codes: who stays anonymous follows and changes a report with 16 digits."""

import json
from typing import Any

import httpx
import pytest

from buurtsein_events.codec import decode
from buurtsein_events.reports import ReportReceived
from buurtsein_intake.codes import grouped, parsed
from buurtsein_intake.status import Kept
from buurtsein_intake.submissions import Submissions
from tests.unit.intake.fakes import NOW, World, is_problem

STATUS, ANSWER = "/v1/receipts/status", "/v1/receipts/answer"
BODY = {"text": "Er wordt gedeald", "anonymous": True}


async def reported(world: World, **fields: object) -> dict[str, Any]:
    """Return the receipt of a report."""
    receipt: dict[str, Any] = (await world.post(json.dumps({**BODY, **fields}).encode())).json()
    return receipt


async def send(world: World, path: str, **body: object) -> httpx.Response:
    """Post without any key, as a resident does."""
    async with world.call() as client:
        return await client.post(path, json=body)


def reports(world: World) -> list[ReportReceived]:
    """Return the reports that were written."""
    data = [decode(value).data for _, _, value in world.log.records]
    return [each for each in data if isinstance(each, ReportReceived)]


async def test_only_who_is_anonymous_gets_a_code() -> None:
    """Of 16 digits, and in groups of four where people read it."""
    world = World()
    receipt, named = await reported(world), await reported(world, anonymous=False, reporter="wo-07")
    code = receipt["receipt_code"]
    assert (len(code), code.isdecimal()) == (16, True)
    assert all(grouped(code) in receipt["message"][language] for language in ("nl", "en"))
    assert "receipt_code" not in named


async def test_a_retry_gets_the_same_code_and_another_report_another() -> None:
    """Also when Redis forgot the first one."""
    world = World()
    first, again, other = await reported(world), await reported(world), await reported(world, text="Iets anders")
    assert first["receipt_code"] == again["receipt_code"] != other["receipt_code"]


async def test_another_installation_gives_other_codes() -> None:
    """Who knows the reference can't compute the code without the secret."""
    mine, other = World().settings, World(secret="other").settings
    assert Submissions(mine).code("r1") != Submissions(other).code("r1")


async def test_nothing_that_is_kept_holds_the_code() -> None:
    """Neither the event nor the claim nor the name under which the report is found."""
    world = World()
    code = (await reported(world))["receipt_code"]
    assert world.claims.codes
    assert code not in f"{world.log.records} {world.claims.held} {world.claims.codes}"


@pytest.mark.parametrize("written", [str, grouped, lambda code: f" {code[:8]}-{code[8:]} "])
async def test_the_code_tells_the_status_as_the_reference_does(written: Any) -> None:
    """However it is written; the answer is not kept by browsers."""
    world = World()
    receipt = await reported(world)
    world.statuses.kept = {receipt["reference"]: Kept({"received_at": NOW.isoformat(), "verdict": "ask"}, {}, {})}
    answer = await send(world, STATUS, receipt_code=written(receipt["receipt_code"]))
    assert answer.json() == (await world.get(f"/v1/reports/{receipt['reference']}")).json()
    assert (answer.json()["status"], answer.headers["cache-control"]) == ("asked", "no-store")


@pytest.mark.parametrize("path", [STATUS, ANSWER])
async def test_a_wrong_code_is_unknown(path: str) -> None:
    """Whether or not there are reports."""
    fields = {"text": "x"} if path == ANSWER else {}
    assert is_problem(await send(World(), path, receipt_code="0" * 16, **fields), 404)


@pytest.mark.parametrize(
    "code", ["", "123", "0" * 17, "x" * 16, "１２３４１２３４１２３４１２３４", 1234123412341234, None]
)
async def test_what_is_no_code_is_refused_naming_the_field(code: object) -> None:
    """With the cure."""
    answer = await send(World(), STATUS, receipt_code=code)
    assert is_problem(answer, 422)
    assert answer.json()["errors"][0]["pointer"] == "#/receipt_code"


async def test_with_the_code_a_report_is_changed_by_whom_nobody_knows() -> None:
    """The edit comes through the same application, is as anonymous, and has a code of its own."""
    world = World()
    receipt = await reported(world)
    answer = await send(world, ANSWER, receipt_code=receipt["receipt_code"], text="Op het plein", reporter="me")
    first, edit = reports(world)
    assert answer.status_code == 202
    assert (edit.edit_of, edit.anonymous, edit.reporter) == (first.report_id, True, None)
    assert edit.client == first.client
    assert answer.json()["receipt_code"] != receipt["receipt_code"]


async def test_the_answer_to_a_code_follows_the_rules_of_reports() -> None:
    """A retry is the same edit, a mistake is named, and what it edits is not up to the sender."""
    world = World()
    code = (await reported(world))["receipt_code"]
    twice = [await send(world, ANSWER, receipt_code=code, text="Op het plein") for _ in range(2)]
    blank = await send(world, ANSWER, receipt_code=code, text=" ")
    edit = await send(world, ANSWER, receipt_code=code, text="x", edit_of="0c2b3a58-6d6b-5f0e-9d59-0a4c5a9f0f11")
    assert twice[0].json() == twice[1].json()
    assert blank.json()["errors"][0]["pointer"] == "#/text"
    assert edit.json()["errors"][0]["pointer"] == "#/edit_of"
    assert len(reports(world)) == 2


@pytest.mark.parametrize("path", [STATUS, ANSWER])
async def test_a_store_that_is_down_is_for_later(path: str) -> None:
    """A code that can't be looked up is not unknown."""
    world = World()
    code = (await reported(world))["receipt_code"]
    world.claims.down = True
    fields = {"text": "x"} if path == ANSWER else {}
    assert is_problem(await send(world, path, receipt_code=code, **fields), 503)


@pytest.mark.parametrize("text", ["Mijn code is 1234 5678 9012 3456", "1234", "12345678901234567", "1" * 10_000, ""])
def test_only_a_code_by_itself_is_one(text: str) -> None:
    """A text with digits in it is a report."""
    assert parsed(text) is None
