"""The parser of requests: who asks to go on in another protocol is answered in this one (RFC 9110, section 7.8)."""

from collections.abc import Callable
from typing import cast

from httptools import HttpParserUpgrade, HttpRequestParser


class SteadyParser(HttpRequestParser):
    """Reads a request that asks for an upgrade as one that doesn't, where the library would drop its body.

    Java's own client asks for HTTP/2 in this way with every request over plain HTTP. `protocol` gets the callbacks, and
    `head` returns the head of the request that was read last, without what asks for the upgrade.
    """

    def __init__(self, protocol: object, head: Callable[[], bytes]) -> None:
        super().__init__(protocol)
        self._head = head

    @property
    def asks_for_upgrade(self) -> bool:
        """Tell whether the request whose head was just read would be left to another protocol; CONNECT always is."""
        return self.should_upgrade() and self.get_method() != b"CONNECT"

    def feed_data(self, data: bytes) -> None:  # type: ignore[override]
        """Read on; raises what the library does."""
        rest = memoryview(data)
        while rest:
            try:
                super().feed_data(rest)
                return
            except HttpParserUpgrade as upgrade:
                if not self.asks_for_upgrade:
                    raise
                rest = rest[cast(int, upgrade.args[0]) :]
            super().feed_data(self._head())
