"""What the endpoints of Signalen's public API share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request

from buurtsein_intake.channels.filings import Filings
from buurtsein_intake.channels.illustrations import Illustrations
from buurtsein_intake.channels.routes import Spend
from buurtsein_intake.channels.signalen_categories import SignalenFile
from buurtsein_intake.statuses import Statuses
from buurtsein_runtime.clock import Clock

Upload = Callable[[Request], Awaitable[str]]
"""Keeps the photo in a request, and returns what it is known by; raises `Refused` or `Later`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalenDesk:
    """Everything that the endpoints need; `upload` keeps the photo in a request and returns what it is known by."""

    file: SignalenFile
    illustrations: Illustrations
    upload: Upload
    filings: Filings
    statuses: Statuses
    clock: Clock
    public_url: str
    spend: Spend
