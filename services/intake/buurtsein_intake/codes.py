"""Receipt codes: 16 digits with which somebody who stays anonymous follows a report. What is kept is a keyed hash.

A code follows from the report's id and the installation's secret, so the same request gets the same code again, and
statuses can be rebuilt from the topics with their codes. There are 10^16; that two reports of some weeks share one does
not happen in practice, and then the code is the first one's. Pure.
"""

import re
from typing import Final, NamedTuple, Protocol

_CODE: Final = re.compile(r"[0-9]{16}")
_BETWEEN: Final = str.maketrans("", "", " -\u00a0\u2009\u2011\u202f")


class Found(NamedTuple):
    """The report that a code belongs to, and the application that it came through."""

    reference: str
    client: str


class Codes(Protocol):
    """Where codes are known, by the names that stand for them."""

    async def find(self, name: str) -> Found | None:
        """Return the report of a code, nothing for a wrong one.

        Raises `Refused` (429) while there are too many wrong ones, `Later` when it can't be looked up.
        """
        ...


def parsed(text: str) -> str | None:
    """Return the code that a text is, nothing when it is anything else; spaces and hyphens make no difference."""
    code = text[:100].translate(_BETWEEN)
    return code if _CODE.fullmatch(code) else None


def without_spaces(value: object) -> object:
    """Return a text that is a code as its digits, and anything else as it is."""
    return (parsed(value) or value) if isinstance(value, str) else value


def grouped(code: str) -> str:
    """Return a code as people read it, in groups of four."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
