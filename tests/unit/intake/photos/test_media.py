"""Fetching photos of channels, from servers that speak as the providers do, and from nowhere else."""

import asyncio
import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from buurtsein_events.values import Channel
from buurtsein_intake.photos.media import NotFetchedError, ProviderMedia
from buurtsein_intake.photos.upload import PHOTO_LIMIT
from tests.unit.intake.fakes import settings
from tests.unit.intake.photos.pictures import camera_photo
from tests.unit.intake.photos.providers import ACCOUNT, TOKEN, Provider, running

MEDIA = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1"
ATTACHED: list[tuple[Channel, str]] = [
    ("telegram", "F1"),
    ("whatsapp", "900"),
    ("sms", f"https://api.twilio.com{MEDIA}"),
]


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Return a provider that runs."""
    with running() as provider:
        yield provider


@pytest.fixture
def secret_place() -> Iterator[Provider]:
    """Return a server inside the own network, which nobody outside may have us call."""
    with running() as place:
        yield place


def configured(provider: Provider, **changes: object) -> dict[str, Any]:
    """Return the settings that lead to a provider."""
    return {
        "telegram_url": provider.url,
        "graph_url": f"{provider.url}/v23.0",
        "sms_media_url": provider.url,
        "telegram_token": SecretStr(TOKEN),
        "whatsapp_token": SecretStr(TOKEN),
        "sms_account": ACCOUNT,
        "sms_token": SecretStr(TOKEN),
        **changes,
    }


def media(provider: Provider, **changes: object) -> ProviderMedia:
    """Return what fetches from a provider."""
    return ProviderMedia(settings(**configured(provider, **changes)))


@pytest.mark.parametrize(("channel", "attachment"), [*ATTACHED, ("facebook", "{url}/media/1")])
async def test_a_photo_is_fetched_as_its_provider_wants_it(
    provider: Provider, channel: Channel, attachment: str
) -> None:
    """By its id, in as many steps as that takes."""
    assert await media(provider).fetch(channel, attachment.format(url=provider.url)) == camera_photo()


async def test_keys_go_to_whom_they_belong(provider: Provider) -> None:
    """Meta gets its own on both ways; Twilio's is not shown to where its media are kept."""
    fetching = media(provider)
    await fetching.fetch("whatsapp", "900")
    await fetching.fetch("sms", f"https://api.twilio.com{MEDIA}")
    keys = [key and key.split()[0] for _, key in provider.asked]
    assert keys == ["Bearer", "Bearer", "Basic", None]


@pytest.mark.parametrize(
    ("channel", "attachment"),
    [
        ("sms", "http://169.254.169.254/latest/meta-data/"),
        ("sms", "http://127.0.0.1:6379/"),
        ("sms", "{place}/2010-04-01/Accounts/AC9999/Messages/MM1/Media/ME1"),
        ("sms", "{place}" + MEDIA + "/../../../../../../secrets"),
        ("sms", "file:///etc/passwd"),
        ("telegram", "{place}/x"),
        ("telegram", "../../bot/getMe"),
        ("telegram", "F1&chat_id=1"),
        ("whatsapp", "{place}/x"),
        ("whatsapp", "../v1/me"),
        ("whatsapp", ""),
        ("facebook", "{place}/x"),
        ("facebook", "http://169.254.169.254/latest/meta-data/"),
        ("facebook", "https://169.254.169.254/x"),
        ("facebook", "http://scontent.fbcdn.net/x.jpg"),
        ("facebook", "https://fbcdn.net.example.org/x.jpg"),
        ("facebook", "https://notfbcdn.net/x.jpg"),
        ("facebook", "https://scontent.fbcdn.net:8443/x.jpg"),
        ("facebook", "https://scontent.fbcdn.net@127.0.0.1/x.jpg"),
        ("facebook", "https://user@scontent.fbcdn.net/x.jpg"),
        ("facebook", "https://[::1/x"),
        ("facebook", "https://scontent.fbcdn.net:x/"),
        ("facebook", "//127.0.0.1/x"),
        ("facebook", "gopher://127.0.0.1:6379/_FLUSHALL"),
        ("facebook", "https://scontent.fbcdn.net/\ud800"),
        ("facebook", ""),
        ("email", "{place}/x"),
    ],
)
async def test_nothing_that_a_message_says_leads_elsewhere(
    provider: Provider, secret_place: Provider, channel: Channel, attachment: str
) -> None:
    """No address in a message is called, but the provider's own."""
    with pytest.raises(NotFetchedError):
        await media(provider).fetch(channel, attachment.format(place=secret_place.url))
    assert secret_place.asked == []
    assert provider.asked == []


async def test_the_host_in_an_address_of_twilio_is_not_looked_at(provider: Provider, secret_place: Provider) -> None:
    """Only which photo it is; where that is asked for is set here."""
    await media(provider).fetch("sms", secret_place.url + MEDIA + "?x=1#y")
    assert secret_place.asked == []
    assert [path for path, _ in provider.asked] == [MEDIA, "/media/1"]


@pytest.mark.parametrize(("channel", "attachment"), ATTACHED[1:])
async def test_a_provider_that_names_another_host_is_not_followed(
    provider: Provider, secret_place: Provider, channel: Channel, attachment: str
) -> None:
    """Also its own answers lead to its own hosts only."""
    provider.elsewhere = f"{secret_place.url}/media/1"
    with pytest.raises(NotFetchedError):
        await media(provider).fetch(channel, attachment)
    assert secret_place.asked == []


@pytest.mark.parametrize(
    ("path", "answer", "again"),
    [
        ("/v23.0/900", (500, b""), True),
        ("/v23.0/900", (404, b"{}"), False),
        ("/v23.0/900", (200, b"no json"), False),
        ("/v23.0/900", (200, b'{"url": 7}'), False),
        ("/v23.0/900", (200, b" " * 70_000), False),
        ("/media/1", (200, b"x" * (PHOTO_LIMIT + 1)), False),
        ("/media/1", (503, b""), True),
    ],
)
async def test_what_goes_wrong_says_whether_to_try_again(
    provider: Provider, path: str, answer: tuple[int, bytes], again: bool
) -> None:
    """And what is too large is not read to its end."""
    provider.instead[path] = answer
    with pytest.raises(NotFetchedError) as failed:
        await media(provider).fetch("whatsapp", "900")
    assert failed.value.again == again


async def test_what_is_packed_stays_packed(provider: Provider) -> None:
    """Nobody asked for that, and a few bytes could become very many."""
    provider.packed = True
    photo = await media(provider).fetch("facebook", f"{provider.url}/media/1")
    assert gzip.decompress(photo) == camera_photo()


@pytest.mark.parametrize("path", ["../../x", "/etc/passwd", "photos/../../x", "a//b", "photos/file.jpg?x", ""])
async def test_a_path_that_telegram_names_stays_below_its_files(provider: Provider, path: str) -> None:
    """An odd one is not asked for."""
    provider.instead[f"/bot{TOKEN}/getFile?file_id=F1"] = (200, f'{{"result":{{"file_path":"{path}"}}}}'.encode())
    with pytest.raises(NotFetchedError):
        await media(provider).fetch("telegram", "F1")
    assert len(provider.asked) == 1


@pytest.mark.parametrize(("channel", "attachment"), ATTACHED)
async def test_without_a_key_nothing_is_fetched(provider: Provider, channel: Channel, attachment: str) -> None:
    """Who has not set one up gets no photos of that channel."""
    none = {"telegram_token": SecretStr(""), "whatsapp_token": SecretStr(""), "sms_account": ""}
    with pytest.raises(NotFetchedError):
        await media(provider, **none).fetch(channel, attachment)
    assert provider.asked == []


async def test_a_provider_that_does_not_answer_is_given_up() -> None:
    """In time, to be tried again."""

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    fetching = media(Provider(url=url), media_seconds=0.2)
    with pytest.raises(NotFetchedError) as failed:
        await fetching.fetch("telegram", "F1")
    assert failed.value.again
    await fetching.close()
    server.close()
