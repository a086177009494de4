"""What the headers of an e-mail say of where it comes from: a machine, a forger, and for which community; pure."""

from collections.abc import Collection, Iterator
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Final

_HEADER: Final = 1000
_ADDRESSES: Final = 20
_MACHINES: Final = ("x-autoreply", "x-autorespond", "x-auto-reply")
_BULK: Final = frozenset({"bulk", "junk", "auto_reply"})
_RECIPIENTS: Final = ("delivered-to", "x-original-to", "to", "cc")


def header(mail: EmailMessage, name: str) -> str:
    """Return the first header of a name as it was sent, or nothing."""
    return next(_headers(mail, name), "")


def is_automatic(mail: EmailMessage, address: str) -> bool:
    """Tell whether a machine at this address sent it by itself: reading such mail would never end (RFC 3834)."""
    submitted = header(mail, "auto-submitted").partition(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or header(mail, "precedence").lower() in _BULK
        or any(header(mail, name) for name in _MACHINES)
        or header(mail, "return-path").replace(" ", "") == "<>"
        or mail.get_content_type() == "multipart/report"
        or address.startswith("mailer-daemon@")
    )


def is_forged(mail: EmailMessage, authserv: str) -> bool:
    """Tell whether our own mail server, known as `authserv`, says that both DKIM and SPF failed (RFC 8601).

    Without its word a sender is not authenticated, which is not the same. Others' words count for nothing.
    """
    for each in _headers(mail, "authentication-results"):
        server, *results = (part.strip().lower() for part in _without_comments(each).split(";"))
        if authserv and server.split()[:1] == [authserv.lower()]:
            said = [result.replace("=", " ").split()[:2] for result in results]
            return all([method, "fail"] in said and [method, "pass"] not in said for method in ("dkim", "spf"))
    return False


def sender(mail: EmailMessage) -> str:
    """Return the address of the sender, or nothing."""
    return next(_addresses(header(mail, "from")), "")


def recipients(mail: EmailMessage) -> Iterator[str]:
    """Yield the addresses that this was sent to, those that our own mail server names first."""
    for name in _RECIPIENTS:
        for value in _headers(mail, name):
            yield from _addresses(value)


def is_ours(address: str, ours: Collection[str]) -> bool:
    """Tell whether an address, or its domain, is one of ours; what follows a plus does not matter."""
    local, _, domain = address.lower().rpartition("@")
    return bool(local) and (domain in ours or f"{local.partition('+')[0]}@{domain}" in ours)


def community_of(address: str, communities: Collection[str]) -> str | None:
    """Return the community that an address is named after, before or behind a plus."""
    local = address.lower().rpartition("@")[0]
    names = {community.lower(): community for community in communities}
    return next((names[part] for part in local.split("+") if part in names), None)


def _headers(mail: EmailMessage, name: str) -> Iterator[str]:
    for each, value in mail.raw_items():
        if each.lower() == name:
            yield " ".join(value[:_HEADER].encode("utf-8", "replace").decode().split())


def _addresses(value: str) -> Iterator[str]:
    try:
        found = getaddresses([value])
    except RecursionError:
        # Comments in comments; no mail program writes so.
        return
    for _, address in found[:_ADDRESSES]:
        if 2 < len(address) <= 254 and "@" in address[1:-1]:
            yield address.lower()


def _without_comments(value: str) -> str:
    depth, outside = 0, []
    for char in value:
        depth += (char == "(") - (char == ")" and depth > 0)
        outside.append("" if depth or char == ")" else char)
    return "".join(outside)
