"""The report page's server side: who may send, what is kept of it, and what a browser without scripts gets."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from buurtsein_events.codec import decode
from buurtsein_events.reports import ReportReceived
from buurtsein_intake.page import Page
from buurtsein_runtime.config import ConfigError
from tests.unit.intake.fakes import World

OWN = {"Sec-Fetch-Site": "same-origin", "Idempotency-Key": '"k"', "Content-Type": "application/json"}
FORM = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
BODY = b'{"text":"Glas op straat","channel":"sms","reporter":"me"}'
FILES = Path(__file__).parents[3] / "services" / "intake" / "page"


async def post(world: World, headers: Mapping[str, str], body: bytes = BODY) -> httpx.Response:
    """Post to the page's route as a browser would, without a key of an application."""
    async with world.call() as client:
        return await client.post("/v1/web/reports", content=body, headers=dict(headers))


def written(world: World) -> list[ReportReceived]:
    """Return the reports that were written."""
    data = [decode(value).data for _, _, value in world.log.records]
    return [each for each in data if isinstance(each, ReportReceived)]


async def test_the_page_sends_reports_of_the_channel_web_and_of_nobody() -> None:
    """Whatever the body says; without a key of an application."""
    world = World()
    assert (await post(world, OWN)).status_code == 202
    [report] = written(world)
    assert (report.channel, report.client, report.reporter) == ("web", "web", None)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://intake"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
    ],
)
async def test_a_request_from_elsewhere_is_refused(headers: dict[str, str]) -> None:
    """Another site can't have its visitors send reports, and what is no browser needs a key."""
    world = World()
    answer = await post(world, {"Idempotency-Key": "k", "Content-Type": "application/json", **headers})
    assert (answer.status_code, answer.json()["status"], world.log.records) == (403, 403, [])


@pytest.mark.parametrize("origin", ["http://intake", "https://intake", "https://b.example"])
async def test_a_browser_without_fetch_metadata_is_known_by_its_origin(origin: str) -> None:
    """The host that was asked for, or the public address where a proxy changes the host."""
    headers = {"Origin": origin, "Idempotency-Key": "k", "Content-Type": "application/json"}
    assert (await post(World(), headers)).status_code == 202


async def test_the_page_must_name_its_request() -> None:
    """So that a retry of the page is never a second report."""
    headers = {name: value for name, value in OWN.items() if name != "Idempotency-Key"}
    answer = await post(World(), headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:buurtsein:problem:bad-idempotency-key")


@pytest.mark.parametrize("path", ["/", "/melden", "/page/page.js", "/page/worker.js"])
async def test_the_page_and_its_files_are_guarded(path: str) -> None:
    """Nothing but the page's own files runs in it, and nothing of it leaks."""
    answer = await World().get(path)
    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers


async def test_the_page_has_no_script_or_style_of_its_own_in_line_and_nothing_of_others() -> None:
    """What the policy would block is not there in the first place."""
    text = (await World().get("/")).text
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=\"/page/)|(src|href)=\"(https?:)?//", text)


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [("", "en-GB,en;q=0.9", "en"), ("", "fr", "nl"), ("?lang=nl", "en", "nl"), ("?lang=xx", "en", "en")],
)
async def test_the_page_comes_in_the_language_of_its_reader(query: str, accept: str, language: str) -> None:
    """What is asked for comes before what the browser prefers, and Dutch before none of both."""
    async with World().call() as client:
        answer = await client.get(f"/{query}", headers={"Accept-Language": accept})
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["content-language"] == language


async def test_what_has_not_changed_is_not_sent_again() -> None:
    """A phone in the street fetches the page once."""
    world = World()
    etag = (await world.get("/page/page.js")).headers["etag"]
    async with world.call() as client:
        answer = await client.get("/page/page.js", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("path", ["/page/", "/page/page.html", "/page/..%2fform.yaml", "/page/../form.yaml"])
async def test_only_the_files_of_the_page_are_served(path: str) -> None:
    """Names are not looked up on the disk."""
    assert (await World().get(path)).status_code == 404


async def test_a_browser_without_scripts_sends_a_form_and_gets_a_page() -> None:
    """With the reference in it; the same form again is the same report."""
    world = World()
    body = urlencode({"text": "Glas\r\nop straat", "address": "Kerkstraat", "anonymous": "yes", "lang": "en"}).encode()
    first, second = await post(world, FORM, body), await post(world, FORM, body)
    [report] = written(world)
    assert (report.text, report.location.address if report.location else None) == ("Glas\nop straat", "Kerkstraat")
    assert (report.channel, report.anonymous) == ("web", True)
    assert first.status_code == 202
    assert report.report_id in first.text
    assert first.content == second.content
    assert '<html lang="en">' in first.text


@pytest.mark.parametrize("body", [b"", b"text=", b"text=%00<script>", b"text=%ff", b"&" * 50, b"a=b&" * 50])
async def test_a_form_with_a_mistake_gets_a_page_that_says_so(body: bytes) -> None:
    """And nothing that was sent comes back as markup."""
    world = World()
    answer = await post(world, FORM, body)
    assert (answer.status_code, world.log.records) == (422, [])
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script" not in answer.text


async def test_a_form_that_can_not_be_kept_gets_a_page_that_says_when_to_try_again() -> None:
    """It is not accepted, and says so."""
    world = World()
    world.log.down = True
    answer = await post(world, FORM, b"text=Glas")
    assert (answer.status_code, answer.headers["content-type"][:9]) == (503, "text/html")
    assert int(answer.headers["retry-after"]) > 0


def test_a_word_that_is_missing_in_a_language_is_named(tmp_path: Path) -> None:
    """A page that is half in one language does not start."""
    for path in FILES.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    words = json.loads((FILES / "words.json").read_text())
    del words["en"]["send"]
    (tmp_path / "words.json").write_text(json.dumps(words))
    with pytest.raises(ConfigError, match=r"en\.send"):
        Page(tmp_path)


def test_every_word_that_the_page_says_is_there() -> None:
    """In its scripts, `say("…")`; in its markup, the template refuses to be filled in otherwise."""
    known = json.loads((FILES / "words.json").read_text())["nl"]
    said = {name for path in FILES.glob("*.js") for name in re.findall(r'say\("(\w+)"', path.read_text())}
    assert said <= known.keys()
