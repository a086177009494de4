"""Whatever a provider sends that is signed well, however broken, is answered without a fault of ours."""

import asyncio
import base64
import copy
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtsein_events.codec import decode
from tests.unit.intake.channels.fixtures import CHANNELS, Fixture, Served, fixtures
from tests.unit.intake.fakes import SECRETS, World

FORM = "application/x-www-form-urlencoded"
SHARP: list[Any] = [
    None, True, False, 0, -1, 2**63, 1e308, float("nan"), float("inf"), "", " ", "\x00", "\u202e", "\ud800",
    "9" * 400, "-0", "1e999", "x" * 5000, [], {}, [[]], {"": None}, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00",
]  # fmt: skip
Mutant = tuple[Served, Fixture, bytes]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of everything in JSON."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, each in inner for found in places(each, (*path, key)))]


def altered(value: Any, path: tuple[Any, ...], to: Any) -> Any:
    """Return JSON with another value in one of its places."""
    if not path:
        return to
    found = copy.copy(value)
    found[path[0]] = altered(value[path[0]], path[1:], to)
    return found


def anything() -> st.SearchStrategy[Any]:
    """Return values that have no business where they are."""
    return st.sampled_from(SHARP) | st.integers() | st.floats() | st.text(max_size=50) | st.lists(st.none(), max_size=3)


def in_json(body: bytes) -> st.SearchStrategy[bytes]:
    """Return the body with one or two of its values replaced."""
    whole = json.loads(body)

    def twice(given: list[tuple[tuple[Any, ...], Any]]) -> bytes:
        found = whole
        for path, value in given:
            if path in places(found):
                found = altered(found, path, value)
        return json.dumps(found).encode()

    return st.lists(st.tuples(st.sampled_from(places(whole)), anything()), min_size=1, max_size=2).map(twice)


def in_form(body: bytes) -> st.SearchStrategy[bytes]:
    """Return the form with one or two of its fields replaced."""
    fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
    text = anything().filter(lambda value: not isinstance(value, str) or value.isprintable()).map(str)
    return st.dictionaries(st.sampled_from(sorted(fields)), text, min_size=1, max_size=2).map(
        lambda changed: urlencode({**fields, **changed}).encode()
    )


def in_bytes(body: bytes) -> st.SearchStrategy[bytes]:
    """Return the body cut off, or with bytes in it that were not."""
    at = st.integers(0, len(body))

    def cut(begin: int, put: bytes, end: int) -> bytes:
        return body[: min(begin, end)] + put + body[max(begin, end) :]

    return st.builds(cut, at, st.binary(max_size=8), at)


def mutants(body: bytes, media_type: str) -> st.SearchStrategy[bytes]:
    """Return what a body may become on its way."""
    if "json" in media_type:
        return in_json(body) | in_bytes(body)
    return in_form(body) | in_bytes(body) if FORM in media_type else in_bytes(body)


def signed(headers: dict[str, str], body: bytes) -> dict[str, str]:
    """Return the headers with signatures of this body."""
    found = dict(headers)
    for name in headers:
        if name.lower() == "x-hub-signature-256":
            found[name] = "sha256=" + hmac.new(b"test-secret", body, hashlib.sha256).hexdigest()
        if name.lower() == "x-twilio-signature":
            found[name] = twilio(body)
    return found


def twilio(body: bytes) -> str:
    """Return Twilio's signature of the form (https://www.twilio.com/docs/usage/security)."""
    fields = sorted(set(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))
    said = str(SECRETS["sms_url"]) + "".join(name + value for name, value in fields)
    return base64.b64encode(hmac.new(b"test-token", said.encode(), hashlib.sha1).digest()).decode()


def mutated(served: Served) -> st.SearchStrategy[Mutant]:
    """Return requests of a channel that are accepted as they are, so and mutated."""
    sound = [each for each in fixtures(served.folder) if each.expect == "accept"]

    def of(fixture: Fixture) -> st.SearchStrategy[Mutant]:
        types = {name.lower(): value for name, value in {**served.headers, **fixture.headers}.items()}
        bodies = st.just(fixture.body) | mutants(fixture.body, types.get("content-type", ""))
        return bodies.map(lambda body: (served, fixture, body))

    return st.sampled_from(sound).flatmap(of)


def call(world: World, served: Served, fixture: Fixture, body: bytes) -> int:
    """Return the status that a body gets, signed as the provider would."""
    headers = signed({**served.headers, **fixture.headers}, body)

    async def send() -> int:
        async with world.call() as client:
            return (await client.request(fixture.method, served.path, content=body, headers=headers)).status_code

    return asyncio.run(send())


@pytest.mark.parametrize("served", CHANNELS, ids=[each.folder for each in CHANNELS])
def test_whatever_is_signed_well_is_answered_without_a_fault(served: Served) -> None:
    """A body, mutated or not, is accepted, ignored or refused: never a 5xx, and every record it leaves can be read."""
    world = World(**SECRETS)

    @settings(max_examples=40, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(mutated(served))
    def holds(mutant: Mutant) -> None:
        _, fixture, body = mutant
        status = call(world, served, fixture, body)
        assert status < 500, body

    holds()
    assert {decode(value).type for _, _, value in world.log.records} == {"nl.buurtsein.report.received.v1"}
