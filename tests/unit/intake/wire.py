"""One connection to intake, for raw bytes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from uvicorn.server import ServerState

from buurtsein_runtime.protocol import BoundedProtocol
from tests.unit.intake.fakes import World

BODY = b'{"text":"Glas op straat"}'
HEAD = (
    b"POST /v1/reports HTTP/1.1\r\nHost: b\r\n"
    b"Authorization: Bearer local-demo-key\r\nContent-Type: application/json\r\n"
)
POST = HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
SOON = 0.2


class Wire:
    """One connection to intake."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, state: ServerState) -> None:
        self.requests = state.tasks
        self._reader = reader
        self._writer = writer

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self._writer.write(data)

    async def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Return the status, headers and body of the next answer."""
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        return int(head[0].split()[1]), headers, await self._reader.readexactly(int(headers.get("content-length", 0)))

    async def rest(self) -> bytes:
        """Return what comes until the end of the connection."""
        return await self._reader.read()

    async def ends(self) -> bool:
        """Wait for the end of the connection; tells whether nothing came before it."""
        return not await self.rest()


@asynccontextmanager
async def wire(world: World) -> AsyncIterator[Wire]:
    """Connect to an intake that waits for heads and bodies for a moment only."""

    class Hasty(BoundedProtocol):
        seconds = SOON

    config = uvicorn.Config(world.app, ws="none", log_config=None, access_log=False, server_header=False)
    config.load()
    state = ServerState()
    server = await asyncio.get_running_loop().create_server(lambda: Hasty(config, state, {}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    try:
        async with asyncio.timeout(10):
            yield Wire(reader, writer, state)
    finally:
        writer.close()
        server.close()
        await asyncio.gather(*state.tasks)
