"""Webhooks: signed requests to permitted addresses, and what each answer means; against a real HTTP server."""

import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from buurtsein_feedback.addresses import ForbiddenAddressError, is_public, permitted
from buurtsein_feedback.settings import FeedbackSettings
from buurtsein_feedback.sinks import Sink, Sinks, key_of, signed
from buurtsein_feedback.webhooks import RefusedError, UnavailableError, WebhookSender, client
from buurtsein_runtime.clock import EventClock
from buurtsein_runtime.config import ConfigError, load_yaml
from tests.unit.feedback.making import MONDAY
from tests.unit.feedback.receiver import SECRET, receiving


def sink(url: str, name: str = "app", readers: str = "*") -> Sink:
    """Return a sink with the receiver's secret."""
    return Sink.model_validate({"name": name, "readers": readers, "url": url, "secret": SECRET})


def names_itself(*addresses: str) -> "Names":
    """Return a resolver that gives every host these addresses."""
    return Names(addresses)


class Names:
    """A resolver that knows one answer."""

    def __init__(self, addresses: tuple[str, ...]) -> None:
        self.addresses = addresses
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        """Return the addresses."""
        self.asked.append((host, port))
        return self.addresses


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """The client that the service uses."""
    async with client() as opened:
        yield opened


def sender(http: httpx.AsyncClient, *, allow: bool = True, names: Names | None = None) -> WebhookSender:
    """Return a sender whose clock stands still."""
    clock = EventClock()
    clock.observe(MONDAY)
    if names:
        return WebhookSender(http, clock, timeout=0.5, allow_private=allow, resolver=names)
    return WebhookSender(http, clock, timeout=0.5, allow_private=allow)


async def test_a_request_is_signed(http: httpx.AsyncClient) -> None:
    """The receiver finds the digest's id, the time and a signature that it can check."""
    async with receiving() as receiver:
        await sender(http).send(sink(receiver.url()), "digest-1", b'{"a":1}')
    (request,) = receiver.requests
    assert request.is_genuine
    assert request.headers["webhook-id"] == "digest-1"
    assert request.headers["webhook-timestamp"] == str(int(MONDAY.timestamp()))
    assert request.headers["content-type"] == "application/cloudevents+json; charset=UTF-8"
    assert (request.path, request.body) == ("/hook", b'{"a":1}')


def test_the_signature_of_the_specification() -> None:
    """The example of the Standard Webhooks libraries gives the signature that they give."""
    secret = SecretStr("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("status", [400, 401, 404, 413, 301, 307])
async def test_refusals(http: httpx.AsyncClient, status: int) -> None:
    """What the receiver will never take is refused; redirects are not followed."""
    async with receiving((status, "location: http://127.0.0.1:1/\r\n")) as receiver:
        with pytest.raises(RefusedError, match=str(status)) as error:
            await sender(http).send(sink(receiver.url()), "d", b"{}")
    assert not error.value.gone
    assert len(receiver.requests) == 1


async def test_gone(http: httpx.AsyncClient) -> None:
    """A receiver that is gone wants no more."""
    async with receiving((410, "")) as receiver:
        with pytest.raises(RefusedError) as error:
            await sender(http).send(sink(receiver.url()), "d", b"{}")
    assert error.value.gone


@pytest.mark.parametrize(
    ("status", "header", "pause"),
    [
        (500, "", 0),
        (503, "retry-after: 120\r\n", 120),
        (429, "retry-after: Mon, 12 Oct 2026 08:06:00 GMT\r\n", 60),
        (429, "retry-after: Mon, 12 Oct 2020 08:06:00 GMT\r\n", 0),
        (503, "retry-after: soon\r\n", 0),
        (408, "", 0),
    ],
)
async def test_later(http: httpx.AsyncClient, status: int, header: str, pause: float) -> None:
    """What may work later says after which pause, in seconds or as a date."""
    async with receiving((status, header)) as receiver:
        with pytest.raises(UnavailableError) as error:
            await sender(http).send(sink(receiver.url()), "d", b"{}")
    assert error.value.retry_after == pause


async def test_no_answer(http: httpx.AsyncClient) -> None:
    """A receiver that does not answer in time, or is not there, is tried later."""
    async with receiving(None) as receiver:
        with pytest.raises(UnavailableError, match="TimeoutError"):
            await sender(http).send(sink(receiver.url()), "d", b"{}")
    with pytest.raises(UnavailableError):
        await sender(http).send(sink(receiver.url()), "d", b"{}")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
async def test_addresses_inside_are_refused(http: httpx.AsyncClient, host: str) -> None:
    """However the machine itself is spelled, no request reaches it."""
    async with receiving() as receiver:
        with pytest.raises(RefusedError, match="not public"):
            await sender(http, allow=False).send(sink(receiver.url(host)), "d", b"{}")
    assert not receiver.requests


async def test_one_address_inside_is_enough(http: httpx.AsyncClient) -> None:
    """A name with a public and a private address is refused."""
    names = names_itself("93.184.216.34", "10.0.0.1")
    with pytest.raises(RefusedError, match=r"10\.0\.0\.1"):
        await sender(http, allow=False, names=names).send(sink("https://app.example/hook"), "d", b"{}")
    assert names.asked == [("app.example", 443)]


async def test_the_checked_address_is_the_one_used(http: httpx.AsyncClient) -> None:
    """The request goes to the address that was looked up, once, under the name of the host."""
    async with receiving() as receiver:
        names = names_itself("127.0.0.1")
        await sender(http, names=names).send(sink(receiver.url("app.example")), "d", b"{}")
    assert receiver.requests[0].headers["host"] == f"app.example:{receiver.port}"
    assert len(names.asked) == 1


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses(address: str, *, public: bool) -> None:
    """Private, loopback, link-local, shared and multicast addresses are not public, also inside another."""
    assert is_public(address) is public


def test_permitted_by_the_settings() -> None:
    """A local demo may send to its own machine."""
    assert permitted("localhost", ("127.0.0.1",), allow_private=True) == "127.0.0.1"
    with pytest.raises(ForbiddenAddressError):
        permitted("localhost", ("127.0.0.1",), allow_private=False)


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "geheim", "whsec_AAAA", "whsec_!!!!", base64.b64encode(b"a" * 32).decode()]
)
def test_no_secrets(secret: str) -> None:
    """A secret that is none is refused, and never shown."""
    with pytest.raises(ValueError, match="24 to 64 bytes"):
        key_of(SecretStr(secret))


def test_the_secret_is_hidden() -> None:
    """A sink does not show its secret."""
    assert SECRET not in repr(sink("https://app.example/"))


@pytest.mark.parametrize("url", ["ftp://app.example/", "file:///etc/passwd", "app.example", "https://"])
def test_only_http(url: str) -> None:
    """A webhook is an http or https address."""
    with pytest.raises(ValidationError):
        sink(url)


def test_patterns() -> None:
    """A pattern fits readers as in a shell; a digest may go to several sinks."""
    first = sink("https://a.example/", "a", "overvecht/*")
    second = sink("https://b.example/", "b", "*/coordinator")
    both = Sinks(sinks=(first, second))
    assert both.of("overvecht/coordinator") == (first, second)
    assert both.of("overvecht/member") == (first,)
    assert both.of("ov-07") == ()


def test_the_file_names_every_mistake(tmp_path: Path) -> None:
    """The shipped file loads; one with mistakes is refused with all of them and without its secrets."""
    assert load_yaml(FeedbackSettings().sinks, Sinks).sinks == ()
    path = tmp_path / "sinks.yaml"
    path.write_text("sinks: [{name: 'a b', readers: '*', url: 'ftp://x', secret: whsec_topsecret}]", "utf-8")
    with pytest.raises(ConfigError) as error:
        load_yaml(path, Sinks)
    assert len(error.value.problems) == 3
    assert "topsecret" not in str(error.value)


def test_names_are_unique() -> None:
    """Two sinks of one name could not be told apart."""
    with pytest.raises(ValidationError, match="more than once"):
        Sinks(sinks=(sink("https://a.example/"), sink("https://b.example/")))
