"""One call of one channel from its bytes to its answer; the only place where an adapter's messages are kept."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from buurtsein_intake.channels.adapter import Adapter, Answer, Call, Taken
from buurtsein_intake.channels.desk import Desk
from buurtsein_intake.clients import Client

_LARGE: Final = 64 * 1024
"""Bytes of a body that take so long to read that it is done beside the event loop, so that others don't wait."""

_READER: Final = ThreadPoolExecutor(1, "reader")
"""One at a time: more would take the interpreter from the event loop for as long as they read."""


async def receive(adapter: Adapter, call: Call, desk: Desk) -> Answer:
    """Return the answer to a call; every message of it is kept by then.

    Raises `Refused` where the call is not what it should be, and `Later` when its messages can't be kept now. Providers
    send a whole call again, so what was kept of it before is recognised by each message's own key.
    """
    if call.method == adapter.handshake_method and (greeting := adapter.handshake(call)):
        return greeting
    client = adapter.verify(call)
    return adapter.answer(await keep(adapter, call, desk, client))


async def keep(adapter: Adapter, call: Call, desk: Desk, client: Client | None = None) -> Sequence[Taken]:
    """Return what became of the messages of a verified call, sent by `client` if by any; raises as `receive` does."""
    large = len(call.body) > _LARGE
    loop = asyncio.get_running_loop()
    messages = await loop.run_in_executor(_READER, adapter.parse, call) if large else adapter.parse(call)
    if client:
        messages = [replace(message, client=client.name, quota=client.quota) for message in messages]
    await desk.check(messages)
    return [await desk.take(message) for message in messages]
