"""Which requests are the same: claims and the Idempotency-Key header (its IETF draft, version 07); pure."""

import re
from typing import Final, Literal, NamedTuple

from buurtsein_intake.limits import Quota
from buurtsein_intake.quotas import exceeded
from buurtsein_runtime import problems
from buurtsein_runtime.problems import Refused

KEY_LIMIT: Final = 255
"""Characters of an Idempotency-Key, its quotes not counted."""

KEY_PATTERN: Final = rf'^("(?:[ !#-\[\]-~]|\\["\\]){{1,{KEY_LIMIT}}}"|[!#-+\--:<-~]{{1,{KEY_LIMIT}}})$'
"""What the header may be, as a regular expression that JSON Schema knows too."""

_KEY: Final = re.compile(KEY_PATTERN)
_UNESCAPED: Final = re.compile(r'\\(["\\])')

ClaimState = Literal["new", "running", "done", "other", "limited"]


class Said(NamedTuple):
    """What someone says, where: `words` stand for both and for who it is.

    `at` is when, in ms since the epoch. Said again `within` so many seconds, it is the same report under whatever key.
    """

    words: str
    at: int
    within: int


class Claim(NamedTuple):
    """What a request claims before its event is written.

    `name` says which request it is and `fingerprint` with which body, `event_id` the id of the event that follows,
    `seconds` how long the claim is kept. Without a `keyed` claim a running twin is no reason to refuse: its event has
    the same id, so writing it again changes nothing. What was `said` just before under another
    name is the event of then. The `quota` must have a token for the claim.
    """

    name: str
    fingerprint: str
    event_id: str
    seconds: int
    keyed: bool
    said: Said | None = None
    quota: Quota | None = None


class Held(NamedTuple):
    """What the claim met: its state and the event id that the first claim of this name was given.

    A claim that is limited met nothing, and there will be a token for it in `wait_ms`.
    """

    state: ClaimState
    event_id: str
    wait_ms: int = 0


def parse_key(header: str | None, *, required: bool = False) -> str | None:
    """Return the key in an Idempotency-Key header, quoted or not, or nothing without a header.

    Raises `Refused` when the header is no key: empty, too long, or not visible ASCII; or missing where `required`.
    """
    if header is None:
        if required:
            raise Refused(problems.NO_IDEMPOTENCY_KEY)
        return None
    found = _KEY.fullmatch(header.strip())
    if not found:
        raise Refused(problems.bad_idempotency_key(KEY_LIMIT))
    key = found[0]
    return _UNESCAPED.sub(r"\1", key[1:-1]) if key[0] == '"' else key


def refusal(claim: Claim, held: Held) -> problems.Problem | None:
    """Return why the request may not go on, if it may not."""
    if held.state == "limited" and claim.quota:
        return exceeded(claim.quota, held.wait_ms)
    if held.state == "other":
        return problems.KEY_REUSED
    return problems.STILL_RUNNING if held.state == "running" else None
