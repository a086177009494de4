"""`buurtsein client` and the register that it changes, in a real store."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from pydantic import SecretStr

from buurtsein_intake.client_command import client
from buurtsein_intake.clients import Client, Clients, Keyring
from buurtsein_intake.register import CLIENTS, Register
from buurtsein_platform.cli import main
from buurtsein_runtime.redis import connect
from buurtsein_runtime.settings import Settings

pytestmark = pytest.mark.kafka


@pytest.fixture(autouse=True)
def register_url(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Have the command use the tests' store, and leave it without clients."""
    monkeypatch.setenv("BUURTSEIN_REDIS_URL", redis_url)
    yield redis_url
    asyncio.run(in_store(redis_url, delete=CLIENTS))


async def in_store(url: str, *, delete: str | None = None, corrupt: str | None = None) -> list[Client]:
    """Return what the register holds, after a change that no command makes."""
    store = connect(Settings(redis_url=SecretStr(url)))
    if delete:
        await store.delete(delete)
    if corrupt:
        await store.hset(CLIENTS, corrupt, "{")
    found = await Register(store).all()
    await store.aclose()
    return found


def run(*arguments: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(client, arguments)


def new_name() -> str:
    """Return a name that no client has."""
    return f"app-{uuid4().hex[:8]}"


def known_as(url: str, key: str) -> Client | None:
    """Return the client that intake knows by a key."""
    keyring = Keyring(Clients(clients=()))
    keyring.learn(asyncio.run(in_store(url)), datetime.now(UTC))
    return keyring.client_of(f"Bearer {key}".encode())


def test_a_client_that_is_added_is_known_by_the_key_that_is_shown(register_url: str) -> None:
    """With what it may do, how often, and until when; the key itself is kept nowhere."""
    name = new_name()
    added = run(
        *("add", name, "--scopes", "outcomes:write,reports:write", "--network", "police"),
        *("--rate", "10/m", "--burst", "5", "--expires", "90d", "--require-key"),
    )
    assert added.exit_code == 0
    key = added.stdout.strip()
    assert re.fullmatch(rf"bts_{name}_[A-Za-z0-9_-]{{43,}}", key)
    found = known_as(register_url, key)
    assert found
    assert (found.scopes, found.networks) == (("reports:write", "outcomes:write"), ("police",))
    assert found.limit
    assert (found.limit.rate, found.limit.burst, found.idempotency_key_required) == (10 / 60, 5, True)
    assert found.keys[0].expires
    assert timedelta(days=89) < found.keys[0].expires - datetime.now(UTC) <= timedelta(days=90)
    assert key not in found.model_dump_json()


def test_two_clients_never_have_one_name(register_url: str) -> None:
    """Neither in the register nor with one of the file."""
    name = new_name()
    first = run("add", name).stdout.strip()
    again = run("add", name)
    assert (again.exit_code, f"rotate {name}" in again.stderr) == (1, True)
    assert known_as(register_url, first)
    assert "clients.yaml" in run("add", "local-demo").stderr


def test_a_rotated_client_has_both_keys_for_the_grace(register_url: str) -> None:
    """And without grace the new one only."""
    name = new_name()
    first = run("add", name, "--rate", "unlimited").stdout.strip()
    second = run("rotate", name, "--grace", "1h").stdout.strip()
    assert known_as(register_url, first) == known_as(register_url, second)
    assert known_as(register_url, first)
    third = run("rotate", name, "--grace", "0m", "--expires", "1d").stdout.strip()
    assert [bool(known_as(register_url, key)) for key in (first, second, third)] == [False, False, True]


def test_one_key_or_the_whole_client_is_revoked(register_url: str) -> None:
    """What was revoked is known no more."""
    name = new_name()
    first = run("add", name).stdout.strip()
    second = run("rotate", name).stdout.strip()
    assert run("revoke", name, "--key", first[-4:]).exit_code == 0
    assert [bool(known_as(register_url, key)) for key in (first, second)] == [False, True]
    assert run("revoke", name).exit_code == 0
    assert known_as(register_url, second) is None


def test_the_list_shows_no_keys() -> None:
    """Only their last characters, by which they are told apart, and what each client may do."""
    assert "No clients" in run("list").stdout
    name = new_name()
    key = run("add", name, "--network", "police", "--require-key").stdout.strip()
    shown = run("list").stdout
    assert f"{name}  reports:write  50/s, 500 at once  networks police  Idempotency-Key required" in shown
    assert f"…{key[-4:]}" in shown
    assert key[-10:] not in shown


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        (("add", "Mijn App"), "use up to 40 of a-z, 0-9 and -"),
        (("add", "app", "--scopes", "reports:read"), "the scopes are reports:write, outcomes:write"),
        (("add", "app", "--network", "politie"), "the networks are police"),
        (("add", "app", "--rate", "fast"), "use 50/s, 100/m or 1000/h"),
        (("add", "app", "--expires", "soon"), "use 90d, 12h or 30m"),
        (("rotate", "app", "--expires", "0d"), "over at once; use 90d, 12h or 30m"),
        (("rotate", "nobody"), "buurtsein client list"),
        (("revoke", "nobody"), "buurtsein client list"),
        (("revoke", "nobody", "--key", "abcd"), "buurtsein client list"),
    ],
)
def test_a_mistake_is_named_with_its_cure(arguments: tuple[str, ...], cure: str) -> None:
    """And nothing is changed."""
    result = run(*arguments)
    assert result.exit_code
    assert cure in result.stderr.replace("\n", " ")


def test_a_key_that_nobody_has_is_not_revoked() -> None:
    """The keys that there are are named by their last characters."""
    name = new_name()
    key = run("add", name).stdout.strip()
    assert f"its keys: {key[-4:]}" in run("revoke", name, "--key", "!!!!").stderr


def test_an_entry_that_can_not_be_read_hides_no_other(register_url: str) -> None:
    """It can only be revoked."""
    name, broken = new_name(), new_name()
    key = run("add", name).stdout.strip()
    asyncio.run(in_store(register_url, corrupt=broken))
    assert known_as(register_url, key)
    assert "revoke it" in run("rotate", broken).stderr
    assert run("revoke", broken).exit_code == 0


def test_a_store_that_is_away_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the setting that says where it is."""
    monkeypatch.setenv("BUURTSEIN_REDIS_URL", "redis://127.0.0.1:9/0")
    result = run("list")
    assert (result.exit_code, "BUURTSEIN_REDIS_URL" in result.stderr) == (1, True)


def test_the_command_is_one_of_buurtseins() -> None:
    """Found by its entry point."""
    assert "rotate" in CliRunner().invoke(main, ["client", "--help"]).stdout
