"""What stands beside a name and belongs to people, too: `Will en Grace`, `Lange Freek`, an unknown first name."""

from collections.abc import Iterator
from typing import Final

from buurtsein_text.linear import Span
from buurtsein_text.redaction.grammar import Grammar
from buurtsein_text.redaction.tokens import Token
from buurtsein_text.redaction.words import words

_AND: Final = frozenset({b"en", b"and", b"of", b"or"})
_MOST: Final = 4
"""How many names of a list are looked at on either side of one that is known."""


def beside(text: Grammar, start: int, stop: int) -> Iterator[Span]:
    """Yield the name from `start` to `stop`, lengthened to its left, and the names that are listed with it."""
    first = _lengthened(text, start)
    yield first, stop
    yield from _listed_before(text, first)
    yield from _listed_behind(text, stop)


def _lengthened(text: Grammar, start: int) -> int:
    if not start or text.tokens[start].gap != b" ":
        return start
    earlier = text.tokens[start - 1]
    nickname = earlier.capital and earlier.lower in words("nicknames")
    surname = text.is_surname(text.tokens[start]) and text.tokens[start].lower not in text.lists.first
    named = surname and earlier.capital and (earlier.lower in text.lists.first or _unknown(text, earlier))
    return start - 1 if nickname or named else start


def _listed_before(text: Grammar, start: int) -> Iterator[Span]:
    for _ in range(_MOST):
        at = _partner_before(text, start)
        if at is None or not _is_partner(text, text.tokens[at], sure=text.tokens[start].gap != b", "):
            return
        yield at, at + 1
        start = at


def _partner_before(text: Grammar, start: int) -> int | None:
    """Return the word that a list joins to the name at `start`."""
    gap = text.tokens[start].gap
    if gap in {b", ", b" & "} and start:
        return start - 1
    joined = gap == b" " and start > 1 and text.tokens[start - 1].lower in _AND and text.tokens[start - 1].gap == b" "
    return start - 2 if joined else None


def _listed_behind(text: Grammar, stop: int) -> Iterator[Span]:
    if stop >= len(text.tokens):
        return
    at = stop + 1 if text.tokens[stop].lower in _AND and text.tokens[stop].gap == b" " else stop
    joined = at > stop and at < len(text.tokens) and text.tokens[at].gap == b" "
    if (joined or text.tokens[stop].gap == b" & ") and _is_partner(text, text.tokens[at], sure=True):
        yield at, text.more(at + 1)


def _is_partner(text: Grammar, token: Token, *, sure: bool) -> bool:
    if not token.capital or token.lower in text.lists.public or len(token.word) < 2:
        return False
    return token.lower in text.lists.first or (sure and (text.is_surname(token) or text.may_be_unknown(token)))


def _unknown(text: Grammar, token: Token) -> bool:
    return not token.opens and text.may_be_unknown(token)
