"""How clients reach intake: an answer is passed on, and none is no error."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from buurtsein_platform.fault.http import Answer, connected
from buurtsein_platform.fault.reports import Submission

REPORT = Submission("/v1/reports", "key-1", b'{"text": "fiets weg"}')


async def answer(request: web.Request) -> web.Response:
    """Answer with what was asked; a slow client is kept waiting."""
    if b"slow" in await request.read():
        await asyncio.sleep(5)
    told = [request.headers[name] for name in ("Idempotency-Key", "Authorization", "Content-Type")]
    return web.Response(status=202, text=f"{request.path} {told} {await request.text()}")


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """Return the address of a server that answers."""
    app = web.Application()
    app.router.add_post("/v1/reports", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


async def test_a_request_says_who_it_is_from_and_its_answer_is_passed_on(url: str) -> None:
    """It has the key, the application's own key and its type."""
    async with connected(url) as post:
        told = await post(REPORT, 5.0)
    text = f"""/v1/reports ['"key-1"', 'Bearer local-demo-key', 'application/json'] {REPORT.body.decode()}"""
    assert told == Answer(202, text.encode())


async def test_no_answer_in_time_is_none(url: str) -> None:
    """An impatient client goes away."""
    async with connected(url) as post:
        assert await post(Submission("/v1/reports", "key-2", b"slow"), 0.05) is None


async def test_nobody_there_is_no_answer() -> None:
    """A service that is being restarted refuses connections."""
    async with connected("http://127.0.0.1:9") as post:
        assert await post(REPORT, 1.0) is None
