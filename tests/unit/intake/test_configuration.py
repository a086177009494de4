"""The applications that may call, and the settings."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from buurtsein_intake.clients import Client, Clients, Keyring
from buurtsein_intake.settings import IntakeSettings
from buurtsein_runtime.config import load_yaml
from buurtsein_runtime.keys import bearer

HASH = "0" * 64


def test_the_local_client_is_known_by_its_documented_key() -> None:
    """The file that comes with intake has one key, for trying it out."""
    keyring = Keyring(load_yaml(IntakeSettings().clients, Clients))
    for _ in range(2):
        assert keyring.client_of(b"Bearer local-demo-key") == "local-demo"
        assert keyring.client_of(b"bearer  local-demo-key ") == "local-demo"
        assert keyring.client_of(b"Bearer other") is None
        assert keyring.client_of(b"Bearer \xff") is None
        assert keyring.client_of(None) is None


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer  ", "Basic abc", "abc"])
def test_a_header_without_a_token_has_none(header: str) -> None:
    """Only the Bearer scheme is understood."""
    assert bearer(header) is None


@pytest.mark.parametrize(("name", "key"), [("a", "1" * 64), ("b", HASH)])
def test_two_clients_may_not_look_like_one(name: str, key: str) -> None:
    """A name used twice would join their reporters, a key used twice would hide who calls."""
    clients = (Client(name="a", key_sha256=HASH), Client(name=name, key_sha256=key))
    with pytest.raises(ValidationError, match="the same"):
        Clients(clients=clients)


def test_a_key_itself_is_not_taken_for_its_hash() -> None:
    """Who puts a key in the file by mistake is told."""
    with pytest.raises(ValidationError):
        Client(name="a", key_sha256="local-demo-key")


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The file of clients can be elsewhere, and the port can be another."""
    monkeypatch.setenv("BUURTSEIN_CLIENTS", str(tmp_path / "c.yaml"))
    monkeypatch.setenv("BUURTSEIN_HTTP_PORT", "9000")
    settings = IntakeSettings()
    assert (settings.clients, settings.http_port) == (tmp_path / "c.yaml", 9000)
    monkeypatch.delenv("BUURTSEIN_HTTP_PORT")
    assert IntakeSettings().http_port == 8100
