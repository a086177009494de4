"""Small HTTP servers: one that speaks as the providers of channels do, and one that nobody may call."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from tests.unit.intake.photos.pictures import camera_photo

TOKEN, ACCOUNT = "test-media-token", "AC0001"


@dataclass
class Provider:
    """What the server was asked, with which key, and what it answers instead of what it should: status and body.

    `packed` tells that it packs what it answers, whoever asks.
    """

    url: str = ""
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    instead: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    elsewhere: str | None = None
    packed: bool = False

    def answer(self, path: str) -> tuple[int, bytes]:
        """Return the status and the body for a path; of a redirect the body is the address."""
        picture = (200, camera_photo())
        media = (self.elsewhere or f"{self.url}/media/1").encode()
        shapes = {
            f"/bot{TOKEN}/getFile?file_id=F1": (200, b'{"ok":true,"result":{"file_path":"photos/file_1.jpg"}}'),
            f"/file/bot{TOKEN}/photos/file_1.jpg": picture,
            "/v23.0/900": (200, json.dumps({"url": media.decode(), "mime_type": "image/jpeg"}).encode()),
            f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1": (307, media),
            "/media/1": picture,
        }
        return self.instead.get(path) or shapes.get(path) or (404, b"{}")


class _Handler(BaseHTTPRequestHandler):
    provider: ClassVar[Provider]

    def do_GET(self) -> None:
        """Answer as the provider does."""
        self.provider.asked.append((self.path, self.headers["Authorization"]))
        status, body = self.provider.answer(self.path)
        self.send_response(status)
        if status == 307:
            self.send_header("Location", body.decode())
            body = b""
        if self.provider.packed:
            self.send_header("Content-Encoding", "gzip")
            body = gzip.compress(body)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def running() -> Iterator[Provider]:
    """Run a server and yield what it is asked."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": provider}))
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
