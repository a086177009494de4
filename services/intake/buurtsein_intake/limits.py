"""How much somebody may send: a bucket of tokens, as pure as what is limited."""

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field


class Limit(BaseModel):
    """A bucket that fills with `rate` tokens a second up to `burst`; every request takes one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rate: float = Field(gt=0, le=1_000_000)
    burst: int = Field(ge=1, le=1_000_000)


class Quota(NamedTuple):
    """The bucket that a request takes its token from."""

    bucket: str
    rate: float
    burst: int


def quota_of_client(name: str, limit: Limit | None) -> Quota | None:
    """Return the bucket of a client, if it has a limit."""
    return None if limit is None else Quota(f"client:{name}", limit.rate, limit.burst)
