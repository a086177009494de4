"""How much a caller may send: a bucket of tokens for each client, or for each address where there is no client.

A request takes its token in the call to Redis that claims it (see `scripts.EXCHANGE`), so a limit costs no round
trip; where nothing is claimed, in a step of its own.
"""

import hashlib
import math
from collections.abc import Sequence
from datetime import datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

from starlette.types import Scope

from buurtsein_intake.limits import Limit, Quota
from buurtsein_runtime.problems import Problem

Network = IPv4Network | IPv6Network

_HOPS: Final = 20
_IPV6_HOME: Final = 64
"""Bits of an IPv6 address that a household has; the others it may choose as it likes (RFC 6177)."""


def exceeded(quota: Quota, wait_ms: int) -> Problem:
    """Return the answer to a request for which there is no token yet.

    `RateLimit-Policy` and `RateLimit` are those of draft-ietf-httpapi-ratelimit-headers-10: `q` requests in `w`
    seconds; `r` of them left, more in `t` seconds.
    """
    wait = max(1, math.ceil(wait_ms / 1000))
    name = quota.bucket.partition(":")[0]
    return Problem(
        429,
        "quota-exceeded",
        "Too many requests",
        f"Nothing was accepted. Send the same request again after {wait} s, and at most {quota.burst} at once.",
        headers={
            "Retry-After": str(wait),
            "RateLimit-Policy": f'"{name}";q={quota.burst};w={math.ceil(quota.burst / quota.rate)}',
            "RateLimit": f'"{name}";r=0;t={wait}',
        },
    )


class Addresses:
    """Makes the buckets of addresses; an address itself is kept nowhere.

    A bucket is named by a keyed hash of the address and the day, so tomorrow nobody can tell that it is the same one.
    """

    def __init__(self, secret: bytes, limit: Limit, trusted_proxies: Sequence[Network] = ()) -> None:
        self._key = hashlib.sha256(secret).digest()
        self._limit = limit
        self._trusted = tuple(trusted_proxies)

    def quota_of(self, scope: Scope, now: datetime) -> Quota:
        """Return the bucket of the address that an ASGI request comes from."""
        content = f"{now.date().isoformat()} {_home(self._caller(scope))}".encode()
        name = hashlib.blake2b(content, key=self._key, person=b"address", digest_size=16).hexdigest()
        return Quota(f"address:{name}", self._limit.rate, self._limit.burst)

    def _caller(self, scope: Scope) -> str:
        """Return the nearest address that is no trusted proxy; what comes before it anybody may have written."""
        caller = scope["client"][0] if scope.get("client") else ""
        forwarded = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
        for hop in reversed(forwarded.decode("latin-1").rsplit(",", _HOPS)):
            if not hop.strip() or not self._trusts(caller):
                break
            caller = hop.strip()
        return caller

    def _trusts(self, caller: str) -> bool:
        address = _parsed(caller)
        return address is not None and any(address in network for network in self._trusted)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address, which may stand in brackets and before a port."""
    bare = text.removeprefix("[").partition("]")[0] if text.startswith("[") else text
    try:
        address = ip_address(bare.partition(":")[0] if bare.count(":") == 1 else bare)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _home(caller: str) -> str:
    """Return what all addresses of one household share; callers without an address share a bucket."""
    address = _parsed(caller)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, _IPV6_HOME), strict=False))
    return str(address or "")
