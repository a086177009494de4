"""One call of one channel from its bytes to its answer; the only place where an adapter's messages are kept."""

from buurtsein_intake.channels.adapter import Adapter, Answer, Call
from buurtsein_intake.channels.desk import Desk


async def receive(adapter: Adapter, call: Call, desk: Desk) -> Answer:
    """Return the answer to a call; every message of it is kept by then.

    Raises `Refused` where the call is not what it should be, and `Later` when its messages can't be kept now. Providers
    send a whole call again, so what was kept of it before is recognised by each message's own key.
    """
    if call.method == adapter.handshake_method and (greeting := adapter.handshake(call)):
        return greeting
    adapter.verify(call)
    return adapter.answer([await desk.take(message) for message in adapter.parse(call)])
