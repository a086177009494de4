"""A client of intake that does what a client must: try again with the same key until its message is accepted."""

import threading
import time
from types import TracebackType
from typing import Final

import httpx

from buurtsein_platform.errors import PlatformError

KEY: Final = "local-demo-key"
ANSWER_SECONDS: Final = 10.0
PATIENCE: Final = 120.0
LONGEST_PAUSE: Final = 3.0
LATER: Final = frozenset({409, 429, 500, 502, 503, 504})
"""Answers after which the same request may succeed; 409 is the one to a request that is still being worked on."""


class IntakeClient:
    """Posts messages, each until it is accepted; `retries` counts what had to be sent again."""

    def __init__(
        self, url: str, *, transport: httpx.BaseTransport | None = None, patience: float = PATIENCE, pause: float = 0.3
    ) -> None:
        self.retries = 0
        self._patience = patience
        self._pause = pause
        self._http = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {KEY}"},
            timeout=ANSWER_SECONDS,
            transport=transport,
            trust_env=False,
        )

    def post(self, path: str, body: dict[str, object], *, key: str) -> dict[str, object]:
        """Return the answer of the first acceptance; raises `PlatformError` when the message is refused for good."""
        deadline = time.monotonic() + self._patience
        while (answer := self._try(path, body, key)) is None or answer.status_code in LATER:
            if time.monotonic() > deadline:
                raise PlatformError(f"{key} was not accepted within {self._patience:.0f} s: {_why(answer)}")
            self.retries += 1
            threading.Event().wait(min(_retry_after(answer), LONGEST_PAUSE) if answer else self._pause)
        if answer.status_code != 202:
            raise PlatformError(f"{key} was refused: {_why(answer)}")
        accepted: dict[str, object] = answer.json()
        return accepted

    def _try(self, path: str, body: dict[str, object], key: str) -> httpx.Response | None:
        try:
            return self._http.post(path, json=body, headers={"Idempotency-Key": f'"{key}"'})
        except httpx.TransportError:
            return None

    def __enter__(self) -> "IntakeClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()


def _retry_after(answer: httpx.Response) -> float:
    told = answer.headers.get("Retry-After", "")
    return float(told) if told.isdigit() else 1.0


def _why(answer: httpx.Response | None) -> str:
    return "nothing answers" if answer is None else f"{answer.status_code} {answer.text[:300]}"
