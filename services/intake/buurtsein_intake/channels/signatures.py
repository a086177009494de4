"""Signatures of webhooks, compared in constant time."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from buurtsein_runtime.problems import Problem, Refused


def unsigned(what: str) -> Refused:
    """Return the refusal of a call whose signature, named by its header, is missing or wrong."""
    return Refused(
        Problem(
            401,
            "bad-signature",
            "The signature is missing or wrong",
            f"{what} does not prove who sent this; check the secret that both sides were given.",
        )
    )


def same(given: str | None, expected: str) -> bool:
    """Tell whether two texts are the same, in a time that says nothing about where they differ."""
    return hmac.compare_digest((given or "").encode("utf-8", "replace"), expected.encode())


def sha256_hex(secret: str, body: bytes) -> str:
    """Return the HMAC-SHA256 of a body in hexadecimal, as Meta signs (`X-Hub-Signature-256` after `sha256=`)."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def twilio(secret: str, url: str, parameters: Iterable[tuple[str, str]], algorithm: str = "sha1") -> str:
    """Return Twilio's signature: base64 of the HMAC of the URL and every parameter once, sorted by name."""
    signed = url + "".join(name + value for name, value in sorted(set(parameters)))
    return base64.b64encode(hmac.digest(secret.encode(), signed.encode(), algorithm)).decode()


def twilio_urls(url: str) -> tuple[str, str]:
    """Return a URL without its port and with it: Twilio signs one of the two."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.netloc.removesuffix(f":{port}")
    return urlunsplit(parts._replace(netloc=host)), urlunsplit(parts._replace(netloc=f"{host}:{port}"))
