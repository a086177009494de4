"""Who may look and decide: keys by their hashes, roles by community, and a file that is refused whole."""

from hashlib import sha256
from pathlib import Path

import pytest
from fastapi.security import HTTPAuthorizationCredentials

from buurtsein_moderation.access import Coordinators, Keyring, load_coordinators
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_runtime.config import ConfigError, load_yaml
from buurtsein_runtime.problems import Refused

from .given import COMMUNITIES

ANNET = {
    "name": "annet",
    "key_sha256": sha256(b"key of annet").hexdigest(),
    "communities": {"woensel": "coordinator", "unassigned": "auditor"},
}
COORDINATORS = Coordinators.model_validate({"coordinators": [ANNET]})
KEYRING = Keyring(COORDINATORS)


def sent(key: str) -> HTTPAuthorizationCredentials:
    """Return a key as it comes in a header."""
    return HTTPAuthorizationCredentials(scheme="Bearer", credentials=key)


def test_a_key_is_known_by_its_hash() -> None:
    """And nobody else's is."""
    assert KEYRING(sent("key of annet")).name == "annet"
    for other in (None, sent(""), sent("annet"), sent("key of annet "), sent(str(ANNET["key_sha256"])), sent("é€")):
        with pytest.raises(Refused) as refused:
            KEYRING(other)
        assert refused.value.problem.status == 401


def test_a_coordinator_decides_and_an_auditor_reads() -> None:
    """Each in their own communities only."""
    annet = KEYRING(sent("key of annet"))
    annet.check_decides("woensel")
    assert annet.role_in("unassigned") == "auditor"
    for ask in (lambda: annet.check_decides("unassigned"), lambda: annet.role_in("overvecht")):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.problem.status == 403


@pytest.mark.parametrize(
    ("coordinators", "said"),
    [
        ([ANNET, ANNET], "coordinator named more than once: annet"),
        ([ANNET, {**ANNET, "name": "bob"}], "key named more than once"),
        ([{**ANNET, "key_sha256": "key of annet"}], "key_sha256"),
        ([{**ANNET, "communities": {}}], "communities"),
        ([{**ANNET, "communities": {"woensel": "boss"}}], "coordinators.0.communities.woensel"),
        ([{**ANNET, "communities": {"gone": "auditor"}}], "coordinators.0.communities.gone: there is no such"),
    ],
)
def test_a_mistake_in_the_file_is_named(coordinators: list[object], said: str, tmp_path: Path) -> None:
    """JSON is YAML."""
    path = tmp_path / "coordinators.yaml"
    path.write_text(str({"coordinators": coordinators}), "utf-8")
    with pytest.raises(ConfigError, match=said):
        load_coordinators(path, COMMUNITIES)


def test_the_keys_that_come_with_the_service_are_the_ones_that_it_names() -> None:
    """For trying it out."""
    shipped = Keyring(load_yaml(ModerationSettings.model_fields["coordinators"].default, Coordinators))
    assert shipped(sent("local-coordinator-key")).communities["unassigned"] == "coordinator"
    assert set(shipped(sent("local-auditor-key")).communities.values()) == {"auditor"}
