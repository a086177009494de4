"""What the coordinators' API answers to requests that it can refuse without looking anything up."""

import httpx
import pytest

from buurtsein_moderation.app import application
from buurtsein_moderation.settings import ModerationSettings

from .given import engine, moderation, rule
from .test_access import COORDINATORS

ANNET = {"Authorization": "Bearer key of annet"}


async def _asked(method: str, path: str) -> httpx.Response:
    api = application(ModerationSettings(), moderation(engine(rule())), COORDINATORS, "test")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://service") as client:
        return await client.request(method, path, headers=ANNET)


@pytest.mark.parametrize(
    ("path", "wrong", "taken"),
    [
        ("/v1/queue?communty=woensel", "?communty", "The parameters are community, offset, limit"),
        ("/v1/audit?community=woensel&offset=10", "?offset", "The parameters are community, limit"),
        ("/v1/queue/report-1?community=woensel", "?community", "This path takes none"),
    ],
)
async def test_a_parameter_that_a_path_does_not_take_is_named_with_those_that_it_takes(
    path: str, wrong: str, taken: str
) -> None:
    """What is ignored would answer another question than the one that was asked."""
    answer = await _asked("GET", path)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["errors"] == [{"pointer": wrong, "detail": f"is not a parameter here; leave it out. {taken}"}]


@pytest.mark.parametrize(("limit", "cure"), [("x", "must be a whole number"), ("101", "must be 100 or less")])
async def test_a_parameter_with_a_mistake_is_named_with_its_cure(limit: str, cure: str) -> None:
    """In the words that mistakes in bodies have."""
    answer = await _asked("GET", f"/v1/queue?community=woensel&limit={limit}")
    assert (answer.status_code, answer.json()["errors"]) == (422, [{"pointer": "?limit", "detail": cure}])


async def test_a_parameter_that_is_given_twice_is_named() -> None:
    """Either of them would be ignored."""
    answer = await _asked("GET", "/v1/queue?community=woensel&community=overvecht")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "?community")


@pytest.mark.parametrize("path", ["/v1/queue/report-1/approve?force=1", "/v1/appeals/report-1?urgent=1"])
async def test_decisions_and_appeals_take_no_parameters(path: str) -> None:
    """What they say is in the body."""
    answer = await _asked("POST", path)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"][:2]) == (422, f"?{path.partition('?')[2][0]}")


async def test_a_method_that_a_path_does_not_take_is_answered_with_those_that_it_takes() -> None:
    """As RFC 9110 asks for."""
    answer = await _asked("DELETE", "/v1/queue/report-1")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
