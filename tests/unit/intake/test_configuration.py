"""The settings, and tokens in headers."""

from pathlib import Path

import pytest

from buurtsein_intake.settings import IntakeSettings
from buurtsein_runtime.keys import bearer


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer  ", "Basic abc", "abc"])
def test_a_header_without_a_token_has_none(header: str) -> None:
    """Only the Bearer scheme is understood."""
    assert bearer(header) is None


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The file of clients can be elsewhere, and the port can be another."""
    monkeypatch.setenv("BUURTSEIN_CLIENTS", str(tmp_path / "c.yaml"))
    monkeypatch.setenv("BUURTSEIN_HTTP_PORT", "9000")
    settings = IntakeSettings()
    assert (settings.clients, settings.http_port) == (tmp_path / "c.yaml", 9000)
    monkeypatch.setenv("BUURTSEIN_TRUSTED_PROXIES", '["10.0.0.0/8"]')
    assert str(IntakeSettings().trusted_proxies[0]) == "10.0.0.0/8"
    monkeypatch.delenv("BUURTSEIN_HTTP_PORT")
    assert IntakeSettings().http_port == 8100
