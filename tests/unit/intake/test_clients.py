"""The applications that may call: their keys, scopes and networks."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from buurtsein_events.results import Later
from buurtsein_intake.clients import Client, Clients, Key, Keyring
from buurtsein_intake.settings import IntakeSettings
from buurtsein_runtime.config import load_yaml
from buurtsein_runtime.problems import Refused
from tests.unit.intake.fakes import NOW, client

HASH = "0" * 64


def name_of(keyring: Keyring, key: str) -> str | None:
    """Return the name of the client with this key."""
    found = keyring.client_of(f"Bearer {key}".encode())
    return found.name if found else None


def test_the_local_client_is_known_by_its_documented_key() -> None:
    """The file that comes with intake has one key, for trying it out."""
    keyring = Keyring(load_yaml(IntakeSettings().clients, Clients))
    for _ in range(2):
        assert name_of(keyring, "local-demo-key") == "local-demo"
        assert name_of(keyring, " local-demo-key ") == "local-demo"
        assert keyring.client_of(b"bearer local-demo-key")
        assert name_of(keyring, "other") is None
        assert keyring.client_of(b"Bearer \xff") is None
        assert keyring.client_of(None) is None


@pytest.mark.parametrize(("name", "key"), [("a", "1" * 64), ("b", HASH)])
def test_two_clients_may_not_look_like_one(name: str, key: str) -> None:
    """A name used twice would join their reporters, a key used twice would hide who calls."""
    known = {"scopes": ("reports:write",)}
    clients = [{"name": "a", "keys": [{"sha256": HASH}], **known}, {"name": name, "keys": [{"sha256": key}], **known}]
    with pytest.raises(ValidationError, match="more than once"):
        Clients.model_validate({"clients": clients})


def test_a_key_itself_is_not_taken_for_its_hash() -> None:
    """Who puts a key in the file by mistake is told."""
    with pytest.raises(ValidationError):
        Key(sha256="local-demo-key")


def test_a_client_of_the_register_is_known_until_it_is_gone_from_there() -> None:
    """Also when its header was seen before; the clients of the file stay."""
    keyring = Keyring(Clients(clients=(client("filed", "f"),)))
    keyring.learn([client("app", "a")], NOW)
    assert (name_of(keyring, "a"), name_of(keyring, "f")) == ("app", "filed")
    keyring.learn([], NOW)
    assert (name_of(keyring, "a"), name_of(keyring, "f")) == (None, "filed")


def test_all_keys_of_a_client_are_good_until_they_expire() -> None:
    """So that an application can change its key without a gap, and the old one ends by itself."""
    old, new = client("app", "old").keys[0], client("app", "new").keys[0]
    old = old.model_copy(update={"expires": NOW + timedelta(days=7)})
    app = client("app", "x", keys=(old, new))
    keyring = Keyring(Clients(clients=()))
    keyring.learn([app], NOW)
    assert (name_of(keyring, "old"), name_of(keyring, "new")) == ("app", "app")
    keyring.learn([app], NOW + timedelta(days=7))
    assert (name_of(keyring, "old"), name_of(keyring, "new")) == (None, "app")


def test_without_the_register_who_is_known_stays_known_and_others_are_for_later() -> None:
    """An unknown key may be one that was given just now."""
    keyring = Keyring(Clients(clients=()))
    keyring.learn([client("app", "a")], NOW)
    keyring.lose(NOW)
    assert name_of(keyring, "a") == "app"
    with pytest.raises(Later, match="redis"):
        name_of(keyring, "b")


def test_a_key_ends_in_time_also_while_the_register_is_away() -> None:
    """What is remembered of the register is when each key ends, too."""
    keys = [{**client("app", "a").keys[0].model_dump(), "expires": NOW}]
    keyring = Keyring(Clients(clients=()))
    keyring.learn([client("app", "a", keys=keys)], NOW - timedelta(seconds=1))
    assert name_of(keyring, "a") == "app"
    keyring.lose(NOW)
    with pytest.raises(Later):
        name_of(keyring, "a")


def test_a_client_does_what_it_has_the_scope_for() -> None:
    """Anything else is refused with the name of the scope that is missing, also in the header for OAuth clients."""
    keyring = Keyring(Clients(clients=(client("app", "a", scopes=("reports:write",)),)))
    assert keyring.admit(b"Bearer a", "reports:write").name == "app"
    with pytest.raises(Refused, match="outcomes:write") as refused:
        keyring.admit(b"Bearer a", "outcomes:write")
    assert refused.value.problem.status == 403
    assert 'scope="outcomes:write"' in refused.value.problem.headers["WWW-Authenticate"]


def test_nobody_is_refused_as_unknown() -> None:
    """Whatever it wants to do."""
    with pytest.raises(Refused) as refused:
        Keyring(Clients(clients=())).admit(b"Bearer a", "reports:write")
    assert refused.value.problem.status == 401


def test_a_network_speaks_for_itself_only() -> None:
    """A client without networks may speak for any."""
    police: Client = client("p", "p", networks=("police",))
    police.check_network("police")
    client("any", "a").check_network("police")
    with pytest.raises(Refused, match="police only, not municipality") as refused:
        police.check_network("municipality")
    assert refused.value.problem.status == 403
