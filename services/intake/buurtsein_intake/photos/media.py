"""Photos that came over channels, fetched from the channels' own providers and from nowhere else.

A webhook names a photo by an id or an address. Ids are put into addresses of ours; an address is only followed to the
configured provider or, encrypted, to the hosts where it keeps media. Nothing that a sender writes leads anywhere else.

Source: Telegram Bot API (getFile), WhatsApp Cloud API (media), Messenger Platform (attachments), Twilio (Media).
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, ConfigDict

from buurtsein_events.values import Channel
from buurtsein_intake.photos.upload import PHOTO_LIMIT
from buurtsein_intake.settings import IntakeSettings

_ANSWER_LIMIT: Final = 64 * 1024
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,300}")
_PATH: Final = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*(?:\.[A-Za-z0-9]+)?")
_TWILIO: Final = re.compile(r"/2010-04-01/Accounts/(\w{1,64})/Messages/(\w{1,64})/Media/(\w{1,64})")


class NotFetchedError(Exception):
    """Raised when a photo can't be had; `again` tells that it may be a moment later."""

    def __init__(self, why: str, *, again: bool = False) -> None:
        super().__init__(why)
        self.again = again


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Media(_Answer):
    url: str


class _File(_Answer):
    file_path: str


class _GotFile(_Answer):
    result: _File


class _Got(NamedTuple):
    """What a provider answered: bytes, or where to look instead."""

    content: bytes
    location: str | None = None


class ProviderMedia:
    """Fetches photos from the providers that the settings have keys for; each within a time and 10 MB.

    `channels` are those whose photos can be fetched.
    """

    def __init__(self, settings: IntakeSettings) -> None:
        self._settings = settings
        # Nothing is unpacked: a few bytes could become very many.
        headers = {"Accept-Encoding": "identity"}
        self._client = httpx.AsyncClient(timeout=settings.media_seconds, follow_redirects=False, headers=headers)
        self._ways: Mapping[Channel, Callable[[str], Awaitable[bytes]]] = {
            "telegram": self._telegram,
            "whatsapp": self._whatsapp,
            "facebook": self._facebook,
            "sms": self._sms,
        }
        self.channels = frozenset(self._ways)

    async def fetch(self, channel: Channel, attachment: str) -> bytes:
        """Return the bytes of what a channel's message has attached; raises `NotFetchedError`."""
        way = self._ways.get(channel)
        if way is None:
            raise NotFetchedError(f"{channel} has no attachments")
        try:
            async with asyncio.timeout(self._settings.media_seconds):
                return await way(attachment)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise NotFetchedError(type(error).__name__, again=True) from error
        except ValueError as error:
            raise NotFetchedError("an address or an answer of another shape") from error

    async def close(self) -> None:
        """Disconnect."""
        await self._client.aclose()

    async def _telegram(self, file_id: str) -> bytes:
        token = _known(self._settings.telegram_token.get_secret_value())
        base = self._settings.telegram_url.rstrip("/")
        asked = await self._get(f"{base}/bot{token}/getFile?file_id={_matched(_ID, file_id)}", limit=_ANSWER_LIMIT)
        path = _matched(_PATH, _GotFile.model_validate_json(asked.content).result.file_path)
        return (await self._get(f"{base}/file/bot{token}/{path}")).content

    async def _whatsapp(self, media_id: str) -> bytes:
        key = {"Authorization": f"Bearer {_known(self._settings.whatsapp_token.get_secret_value())}"}
        base = self._settings.graph_url.rstrip("/")
        asked = await self._get(f"{base}/{_matched(_ID, media_id)}", key, limit=_ANSWER_LIMIT)
        url = self._allowed(_Media.model_validate_json(asked.content).url, base)
        return (await self._get(url, key)).content

    async def _facebook(self, url: str) -> bytes:
        return (await self._get(self._allowed(url, self._settings.graph_url))).content

    async def _sms(self, url: str) -> bytes:
        account, base = _known(self._settings.sms_account), self._settings.sms_media_url.rstrip("/")
        found = _TWILIO.fullmatch(urlsplit(url).path)
        if found is None or found[1] != account:
            raise NotFetchedError("not a photo of our account")
        auth = httpx.BasicAuth(account, self._settings.sms_token.get_secret_value())
        got = await self._get(f"{base}{found[0]}", auth=auth)
        # Our key goes to Twilio only, not to where it keeps media.
        return (await self._get(self._allowed(got.location, base))).content if got.location else got.content

    def _allowed(self, url: str, base: str) -> str:
        """Return an address that leads to the provider; raises `NotFetchedError` for any other."""
        try:
            there, ours = urlsplit(url), urlsplit(base)
            port = there.port
        except ValueError as error:
            raise NotFetchedError("no address") from error
        if (there.scheme, there.netloc) == (ours.scheme, ours.netloc):
            return url
        host = there.hostname or ""
        hosts = any(host == each or host.endswith(f".{each}") for each in self._settings.media_hosts)
        if there.scheme != "https" or port not in {None, 443} or "@" in there.netloc or not hosts:
            raise NotFetchedError("an address that is not the provider's")
        return url

    async def _get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        auth: httpx.BasicAuth | None = None,
        limit: int = PHOTO_LIMIT,
    ) -> _Got:
        async with self._client.stream("GET", url, headers=headers, auth=auth) as answer:
            if answer.has_redirect_location:
                return _Got(b"", answer.headers["location"])
            if not answer.is_success:
                raise NotFetchedError(f"status {answer.status_code}", again=answer.is_server_error)
            content = bytearray()
            async for part in answer.aiter_raw(64 * 1024):
                content += part
                if len(content) > limit:
                    raise NotFetchedError("too large")
            return _Got(bytes(content))


def _known(key: str) -> str:
    if not key:
        raise NotFetchedError("no key for this channel")
    return key


def _matched(pattern: re.Pattern[str], text: str) -> str:
    if pattern.fullmatch(text) is None:
        raise NotFetchedError("an odd name")
    return text
