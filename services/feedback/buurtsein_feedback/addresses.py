"""Which network addresses a webhook may have: none inside the operator's own network, unless the settings allow it.

The address that was checked is the one that is connected to, so a name that changes its address in between gains
nothing.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[tuple[str, ...]]]
"""Returns the addresses of a host, at least one; raises OSError."""

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


class ForbiddenAddressError(Exception):
    """A webhook whose host has an address that digests may not be sent to."""


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a host."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(str(entry[4][0]) for entry in found)


def permitted(host: str, addresses: tuple[str, ...], *, allow_private: bool) -> str:
    """Return the address to connect to; raises `ForbiddenAddressError` when any of them is not public."""
    if not allow_private and (inside := [each for each in addresses if not is_public(each)]):
        raise ForbiddenAddressError(f"{host} has the address {inside[0]}, which is not public")
    return addresses[0]


def is_public(text: str) -> bool:
    """Tell whether an address is on the public internet, whatever it is wrapped in."""
    address = _unwrapped(ipaddress.ip_address(text.partition("%")[0]))
    return address.is_global and not address.is_multicast


def _unwrapped(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
