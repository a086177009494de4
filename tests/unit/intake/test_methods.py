"""Methods and paths: what HEAD and OPTIONS answer, and how others are refused."""

from unittest.mock import ANY

import pytest

from tests.unit.intake.fakes import World
from tests.unit.intake.wire import wire


async def test_head_is_get_without_its_body() -> None:
    """On a path without GET it is refused."""
    async with wire(World()) as connection:
        connection.send(b"HEAD /openapi.json HTTP/1.1\r\nHost: b\r\n\r\n")
        connection.send(b"HEAD /v1/reports HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n")
        statuses = [line for line in (await connection.rest()).split(b"\r\n") if line.startswith(b"HTTP")]
        assert statuses == [b"HTTP/1.1 200 OK", b"HTTP/1.1 405 Method Not Allowed"]


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        ("/v1/reports", "POST, OPTIONS"),
        ("/v1/reports/x", "GET, HEAD, OPTIONS"),
        ("/v1/outcomes", "POST, OPTIONS"),
        ("/open311/v2/services.json", "GET, HEAD, OPTIONS"),
        ("/signals/v1/public/signals/", "POST, OPTIONS"),
    ],
)
async def test_options_are_what_a_path_takes(path: str, allow: str) -> None:
    """No key is needed to ask."""
    async with World().call() as client:
        answer = await client.options(path)
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, allow, b"")


async def test_an_unknown_path_has_no_options() -> None:
    """It is not there for any method."""
    async with World().call() as client:
        assert [(await client.request(m, "/none")).status_code for m in ("OPTIONS", "HEAD", "GET")] == [404] * 3


@pytest.mark.parametrize(
    ("path", "allow", "shape"),
    [
        ("/open311/v2/services.json", "GET", [{"code": 405, "description": ANY}]),
        ("/signals/v1/public/signals/", "POST", {"detail": 'Method "PUT" not allowed.'}),
    ],
)
async def test_another_method_is_refused_in_the_shape_of_the_standard(path: str, allow: str, shape: object) -> None:
    """Its clients know no other errors."""
    async with World().call() as client:
        answer = await client.put(path)
    assert (answer.status_code, answer.headers["allow"], answer.json()) == (405, allow, shape)


async def test_an_unknown_path_of_signalen_is_refused_in_its_shape() -> None:
    """Such as that of a signal with a slash at its end."""
    async with World().call() as client:
        answer = await client.get("/signals/v1/public/signals/x/")
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})
