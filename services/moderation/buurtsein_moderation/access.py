"""Who may look at and decide about the reports of which communities: API keys, known only by their SHA-256."""

from pathlib import Path
from typing import Annotated, Final, Literal

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field, model_validator

from buurtsein_events.communities import UNASSIGNED, Communities
from buurtsein_events.values import Name, check_once
from buurtsein_runtime import problems
from buurtsein_runtime.config import ConfigError, load_yaml
from buurtsein_runtime.keys import KeyHash, owner_of
from buurtsein_runtime.problems import Refused

Role = Literal["coordinator", "auditor"]
"""A coordinator decides; an auditor only reads."""


class Coordinator(BaseModel):
    """One person: the pseudonym under which they decide, the SHA-256 of their key, and their role in each community."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    key_sha256: KeyHash
    communities: Annotated[dict[Name, Role], Field(min_length=1)]

    def role_in(self, community: str) -> Role:
        """Return the role in a community; raises `Refused` when there is none."""
        role = self.communities.get(community)
        if role is None:
            own = ", ".join(sorted(self.communities))
            raise Refused(problems.forbidden(f"This key is not for the community {community[:100]}, but for {own}."))
        return role

    def check_decides(self, community: str) -> None:
        """Raise `Refused` unless they may decide in a community."""
        if self.role_in(community) != "coordinator":
            raise Refused(problems.forbidden(f"This key may read about {community}; a coordinator's key decides."))


class Coordinators(BaseModel):
    """All people with a key, each name and each key once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    coordinators: tuple[Coordinator, ...]

    @model_validator(mode="after")
    def _each_once(self) -> "Coordinators":
        check_once("coordinator", [c.name for c in self.coordinators])
        check_once("key", [c.key_sha256 for c in self.coordinators])
        return self

    def unknown_communities(self, known: Communities) -> list[str]:
        """Return a line for each community that there is not."""
        names = {UNASSIGNED, *(community.id for community in known.communities)}
        return [
            f"coordinators.{number}.communities.{name}: there is no such community"
            for number, each in enumerate(self.coordinators)
            for name in sorted(each.communities.keys() - names)
        ]


def load_coordinators(path: Path, communities: Communities) -> Coordinators:
    """Return who may decide; raises `ConfigError` when the file is refused, also for a community that there is not."""
    coordinators = load_yaml(path, Coordinators)
    if mistakes := coordinators.unknown_communities(communities):
        raise ConfigError(path, mistakes)
    return coordinators


class Keyring:
    """Knows people by their keys."""

    def __init__(self, coordinators: Coordinators) -> None:
        self._by_hash = {each.key_sha256: each for each in coordinators.coordinators}

    def __call__(self, sent: HTTPAuthorizationCredentials | None) -> Coordinator:
        """Return whose key was sent; raises `Refused` when there is none or nobody's."""
        found = owner_of(sent.credentials, self._by_hash) if sent else None
        if found is None:
            raise Refused(problems.UNAUTHORIZED)
        return found


_BEARER: Final = HTTPBearer(auto_error=False, description="The key of a coordinator or auditor.")


def _caller(request: Request, sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]) -> Coordinator:
    keyring: Keyring = request.app.state.keyring
    return keyring(sent)


Caller = Annotated[Coordinator, Depends(_caller)]
"""Who calls, as an endpoint asks for it."""
