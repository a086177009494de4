"""Raw bytes on a connection: what is slow, endless or no HTTP ends with a problem, and the rest goes on."""

import asyncio
import json

import pytest

from buurtsein_runtime.protocol import HEAD_BYTES, HEADERS
from tests.unit.intake.fakes import World
from tests.unit.intake.wire import BODY, HEAD, POST, SOON, wire


def is_problem(answer: tuple[int, dict[str, str], bytes], status: int) -> bool:
    """Tell whether an answer is a problem after which the connection ends, and that names no software."""
    found, headers, body = answer
    content = json.loads(body)
    return (
        found == content["status"] == status
        and headers["content-type"] == "application/problem+json"
        and headers["connection"] == "close"
        and "server" not in headers
        and "Traceback" not in content["detail"]
    )


async def test_a_request_in_pieces_is_taken() -> None:
    """And the connection stays for the next one."""
    async with wire(World()) as connection:
        for part in (POST[:10], POST[10:90], POST[90:-3], POST[-3:]):
            connection.send(part)
            await asyncio.sleep(0)
        assert (await connection.answer())[0] == 202
        connection.send(POST)
        assert (await connection.answer())[0] == 202


async def test_requests_that_do_not_wait_for_answers_get_them_in_order() -> None:
    """Also when the last one stays incomplete."""
    async with wire(World()) as connection:
        connection.send(POST + b"GET /v1/none HTTP/1.1\r\nHost: b\r\n\r\n" + POST[:20])
        assert [(await connection.answer())[0] for _ in range(2)] == [202, 404]
        assert is_problem(await connection.answer(), 408)


@pytest.mark.parametrize("upgrade", [b"h2c", b"websocket", b"TLS/1.0"])
async def test_a_request_that_asks_for_another_protocol_is_taken_in_this_one(upgrade: bytes) -> None:
    """Its body included, in one piece or several, and so is what comes after it; Java's own client asks so always."""
    asking = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: %b\r\nHTTP2-Settings: AAM\r\nHost: b" % upgrade
    post = POST.replace(b"Host: b", asking)
    async with wire(World()) as connection:
        connection.send(post + post)
        assert [(await connection.answer())[0] for _ in range(2)] == [202, 202]
        for part in (post[:30], post[30:-10], post[-10:], POST):
            connection.send(part)
            await asyncio.sleep(0)
        assert [(await connection.answer())[0] for _ in range(2)] == [202, 202]


async def test_many_requests_for_another_protocol_at_once_are_each_answered() -> None:
    """Or a deep chain of them would end the connection without a word."""
    get = b"GET /v1/none HTTP/1.1\r\nHost: b\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n"
    async with wire(World()) as connection:
        connection.send(get * 300)
        assert {(await connection.answer())[0] for _ in range(300)} == {404}


async def test_a_tunnel_is_refused() -> None:
    """CONNECT has a host in the place of a path."""
    async with wire(World()) as connection:
        connection.send(b"CONNECT example.net:443 HTTP/1.1\r\nHost: example.net:443\r\n\r\n")
        assert (await connection.answer())[0] in {400, 404, 405}


@pytest.mark.parametrize("sent", [POST[:40], HEAD])
async def test_a_head_that_does_not_end_is_not_awaited(sent: bytes) -> None:
    """Nor is one of which a byte comes now and then."""
    async with wire(World()) as connection:
        connection.send(sent)

        async def trickle() -> None:
            while True:
                await asyncio.sleep(SOON / 8)
                connection.send(b"a")

        trickling = asyncio.create_task(trickle())
        try:
            assert is_problem(await connection.answer(), 408)
            assert await connection.ends()
        finally:
            trickling.cancel()


async def test_a_caller_who_says_nothing_is_not_awaited() -> None:
    """Line ends are nothing, too."""
    async with wire(World()) as connection:
        assert await connection.ends()
    async with wire(World()) as connection:
        connection.send(POST)
        await connection.answer()
        connection.send(b"\r\n")
        assert await connection.ends()


async def test_a_body_that_does_not_end_is_not_awaited() -> None:
    """Whether it said its length or comes in chunks; nothing is written."""
    for length in (b"Content-Length: 500\r\n\r\n{", b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"):
        world = World()
        async with wire(world) as connection:
            connection.send(HEAD + length)
            assert is_problem(await connection.answer(), 408)
            assert await connection.ends()
        assert not world.log.records


async def test_a_body_that_is_slow_but_comes_has_time() -> None:
    """As over a bad connection: 8 KiB a second are enough."""
    async with wire(World()) as connection:
        body = BODY + b" " * 16 * 1024
        connection.send(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body[:-1])
        await asyncio.sleep(2 * SOON)
        connection.send(body[-1:])
        assert (await connection.answer())[0] == 202


async def test_a_refused_body_that_does_not_end_is_not_awaited() -> None:
    """The answer comes at once, the end of the connection soon."""
    async with wire(World()) as connection:
        connection.send(HEAD.replace(b"local-demo-key", b"wrong") + b"Content-Length: 500\r\n\r\n{")
        assert (await connection.answer())[0] == 401
        connection.send(b"a")
        assert await connection.ends()


async def test_a_body_that_says_it_is_too_large_is_not_awaited() -> None:
    """Whatever it says."""
    async with wire(World()) as connection:
        connection.send(HEAD + b"Content-Length: 99999999999999\r\n\r\n{")
        assert is_problem(await connection.answer(), 413)
        assert await connection.ends()


@pytest.mark.parametrize(
    "head",
    [
        b"X: " + b"a" * HEAD_BYTES + b"\r\n\r\n",
        b"X: " + b"a" * 8 * HEAD_BYTES,
        b"X: a\r\n" * HEADERS + b"\r\n",
        b"".join(b"X%d: %b\r\n" % (n, b"a" * 500) for n in range(90)) + b"\r\n",
    ],
)
async def test_a_head_is_bounded(head: bytes) -> None:
    """In bytes and in headers, and whether it ends or not."""
    async with wire(World()) as connection:
        connection.send(HEAD + head)
        assert is_problem(await connection.answer(), 431)


@pytest.mark.parametrize(
    "noise",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
        b"GET\r\n\r\n",
        b"NONSENSE / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Content-Length: -2\r\n\r\n",
        HEAD + b"X\x00: a\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: b\r\n\r\n",
    ],
)
async def test_what_is_no_http_is_a_problem(noise: bytes) -> None:
    """Also what two servers could read as different requests (RFC 9112, section 6.3)."""
    async with wire(World()) as connection:
        connection.send(noise)
        assert is_problem(await connection.answer(), 400)
        assert await connection.ends()


async def test_a_caller_who_leaves_is_no_fault_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is written, neither to Kafka nor as an error."""
    world = World()
    async with wire(world) as connection:
        connection.send(HEAD + b"Content-Length: 500\r\n\r\n{")
        while not connection.requests:  # noqa: ASYNC110 (the server has no event for it)
            await asyncio.sleep(0)
    assert not world.log.records
    assert not caplog.records
