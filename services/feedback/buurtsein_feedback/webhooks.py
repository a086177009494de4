"""One digest to one webhook: signed, to an address that is permitted, and without following anything."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from buurtsein_feedback.addresses import ForbiddenAddressError, Resolve, permitted, resolve
from buurtsein_feedback.sinks import Sink, signed
from buurtsein_runtime.clock import Clock


class RefusedError(Exception):
    """The receiver will never take this digest; `gone` when it wants no more at all."""

    def __init__(self, detail: str, *, gone: bool = False) -> None:
        super().__init__(detail)
        self.gone = gone


class UnavailableError(Exception):
    """The receiver does not take digests now; it asks for a pause of `retry_after` seconds, 0 when it says nothing."""

    def __init__(self, detail: str, retry_after: float = 0.0) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class WebhookSender:
    """Posts digests; a request takes at most `timeout` seconds in all."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        clock: Clock,
        *,
        timeout: float,
        allow_private: bool = False,
        resolver: Resolve = resolve,
    ) -> None:
        self._client = client
        self._clock = clock
        self._timeout = timeout
        self._allow_private = allow_private
        self._resolve = resolver

    async def send(self, sink: Sink, message_id: str, body: bytes) -> None:
        """Post a body to a webhook; raises `RefusedError` or `UnavailableError` when it was not taken."""
        try:
            async with asyncio.timeout(self._timeout):
                status, headers = await self._post(sink, message_id, body)
        except ForbiddenAddressError as error:
            raise RefusedError(str(error)) from error
        except (httpx.TransportError, OSError) as error:
            raise UnavailableError(f"{type(error).__name__}: {error}") from error
        _judge(status, headers, self._clock.now())

    async def _post(self, sink: Sink, message_id: str, body: bytes) -> tuple[int, Mapping[str, str]]:
        url = httpx.URL(str(sink.url))
        addresses = await self._resolve(url.host, url.port or (443 if url.scheme == "https" else 80))
        address = permitted(url.host, addresses, allow_private=self._allow_private)
        headers = {
            "host": url.netloc.decode("ascii"),
            "content-type": "application/cloudevents+json; charset=UTF-8",
            **signed(sink.secret, message_id, self._clock.now(), body),
        }
        request = self._client.stream(
            "POST",
            url.copy_with(host=address),
            content=body,
            headers=headers,
            follow_redirects=False,
            extensions={"sni_hostname": url.host},
        )
        # What the receiver says is not read: its status is the answer.
        async with request as response:
            return response.status_code, response.headers


def client() -> httpx.AsyncClient:
    """Return a client that takes nothing from the environment, proxies neither."""
    return httpx.AsyncClient(trust_env=False, headers={"user-agent": "buurtsein-feedback"})


def _judge(status: int, headers: Mapping[str, str], now: datetime) -> None:
    """Raise what the status means, unless the digest was taken."""
    if 200 <= status < 300:
        return
    if status in (408, 425, 429) or status >= 500:
        raise UnavailableError(f"HTTP {status}", _retry_after(headers.get("retry-after", ""), now))
    raise RefusedError(f"HTTP {status}", gone=status == 410)


def _retry_after(text: str, now: datetime) -> float:
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds(), 0.0)
