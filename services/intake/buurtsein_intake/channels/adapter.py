"""What intake asks of a channel: verify a call, read its messages, answer in the provider's own manner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final, Protocol
from urllib.parse import parse_qsl

from buurtsein_events.values import Channel
from buurtsein_intake.channels.message import Message, Reply
from buurtsein_intake.clients import Client
from buurtsein_runtime import problems
from buurtsein_runtime.problems import Problem, Refused

FIELDS: Final = 200
"""How many fields of a form are read."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One HTTP request as a provider made it; `url` is the public one, `parameters` are those of the adapter's path.

    Header names are in lower case. Of a name that comes twice, the last value counts, as for HTTP's other readers.
    """

    method: str
    url: str
    now: datetime
    parameters: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @cached_property
    def form(self) -> Sequence[tuple[str, str]]:
        """Return the fields of a form in order (application/x-www-form-urlencoded); raises `Refused` (400).

        What is not UTF-8 costs only itself: U+FFFD stands for it.
        """
        try:
            text = self.body.decode("utf-8", "replace")
            return parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=FIELDS)
        except ValueError as error:
            raise Refused(problems.not_json(f"The form can't be read; send at most {FIELDS} fields.")) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back to the provider."""

    status: int = 200
    body: bytes = b""
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a message: the reference of its report, if it is one, and what its sender is told.

    `at` is when it was first taken, where a standard's answer tells it. `kept` is the report as it was kept, nothing
    when nothing was; `first` is the reference of the report that it edits.
    """

    message: Message
    reference: str | None = None
    at: datetime | None = None
    replies: tuple[Reply, ...] = ()
    kept: Message | None = None
    first: str | None = None


class Adapter(Protocol):
    """One channel. Every method is pure, and raises `Refused` where a call is not what it should be."""

    channel: Channel
    path: str
    media_types: tuple[str, ...]
    body_limit: int
    handshake_method: str | None

    def verify(self, call: Call) -> Client | None:
        """Return the application that sends the messages, none on channels that know no applications.

        Raises `Refused` (401) unless the call provably comes from it or from the provider; compares in constant time.
        """
        ...

    def handshake(self, call: Call) -> Answer | None:
        """Return the answer when the provider asks whether we are there, by `handshake_method`, if it does so."""
        ...

    def parse(self, call: Call) -> Sequence[Message]:
        """Return the messages of a verified call, none when it holds no report; raises `Refused` (400)."""
        ...

    def answer(self, taken: Sequence[Taken]) -> Answer:
        """Return the answer once every message is kept."""
        ...

    def refuse(self, problem: Problem) -> Answer:
        """Return the answer to a call that is refused, in the shape that the provider knows."""
        ...
