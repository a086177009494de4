"""What a name stands behind: a title, a relation, `heet`, a greeting, the end of a message."""

import re
from typing import Final

from buurtsein_text.linear import Span
from buurtsein_text.redaction.grammar import Grammar
from buurtsein_text.redaction.words import words

_AFTER_CLOSING: Final = frozenset(
    {b" ", b", ", b",", b"\n", b",\n", b". ", b".\n", b" \n", b", \n", b"\n\n", b",\n\n", b" - ", b"! "}
)
_NAMED_BY_NOUN: Final = frozenset({b"is", b"was", b"van"})
_OF_A_PERSON: Final = frozenset(b"mijn zijn haar his her my op voor full".split())
_OWNERS: Final = frozenset(
    b"mijn m'n mn me onze ons zijn z'n zn haar d'r je jouw jullie hun my our his her your their".split()
)
_WHOM: Final = frozenset(b"hem haar zich hun hen him her them himself herself me mij".split())
_SURELY_NAMING: Final = frozenset(b"ene zekere tnv alias surname achternaam".split())
_ABBREVIATION: Final = 4
"""Up to this length a title may have a full stop behind it that ends no sentence."""

_FROM: Final = re.compile(
    rb",? ?(?:(?:en|and|&|van|uit|op|from|at|nr|nummer|no|flat|huis|x+) ?\b|[(\d]|- )[^\n]{0,30}(?:$|\n)"
)
"""What may follow the name of who writes: `Groet, Wil en Ria, nr. 7`."""

_WRITTEN_TO: Final = frozenset(b"beste dear lieve geachte hoi hallo hey hi hello dag".split())


def framed(text: Grammar, at: int) -> Span | None:
    """Return the name that the word at `at` announces, if any."""
    for rule in (_of_kin, _titled, _related, _named, _greeted, _signed):
        if name := rule(text, at):
            return name
    return None


def _titled(text: Grammar, at: int) -> Span | None:
    word = text.tokens[at].lower
    if (
        word not in text.lists.titles
        or not text.close(at + 1)
        or (len(word) > _ABBREVIATION and text.gap(at + 1) == b". ")
    ):
        return None
    return _span(at + 1, text.full(at + 1, titled=True, unknown=True))


def _related(text: Grammar, at: int) -> Span | None:
    word = text.tokens[at].lower
    owned = word in text.lists.relatives and at > 0 and text.tokens[at - 1].lower in _OWNERS
    if not (owned or word in text.lists.relations) or not text.close(at + 1) or text.gap(at + 1) == b". ":
        return None
    first = at + 1 + (text.tokens[at + 1].lower in text.lists.titles and text.close(at + 2))
    return _span(first, text.full(first, titled=first > at + 1, unknown=True))


def _of_kin(text: Grammar, at: int) -> Span | None:
    """`de moeder van X`."""
    kin = text.tokens[at].lower in words("kin") and text.close(at + 1) and text.tokens[at + 1].lower in {b"van", b"of"}
    if not kin or not text.close(at + 2) or not text.may_be_unknown(text.tokens[at + 2]):
        return None
    return _span(at + 2, text.full(at + 2, titled=False, unknown=True))


def _named(text: Grammar, at: int) -> Span | None:
    word = text.tokens[at].lower
    if word in words("roles") and text.gap(at + 1) in {b": ", b":"}:
        return _span(at + 1, text.full(at + 1, titled=False, unknown=True))
    if word in {b"naam", b"name"}:
        return _after_noun(text, at)
    if word not in text.lists.naming or not text.close(at + 1) or text.gap(at + 1) == b". ":
        return None
    first = at + 1
    whom = text.tokens[first].lower in _WHOM and text.close(first + 1)
    first += whom
    subjects = {token.lower for token in text.tokens[max(0, at - 5) : at]}
    sure = whom or word in _SURELY_NAMING or not subjects.isdisjoint(words("person-words"))
    return _span(first, text.full(first, titled=False, unknown=sure))


def _after_noun(text: Grammar, at: int) -> Span | None:
    """`mijn naam is X`, `naam: X`, `op naam van X`."""
    follows = at + 1
    if text.close(follows) and text.tokens[follows].lower in _NAMED_BY_NOUN:
        follows += 1
    elif not text.close(follows, {b": ", b":", b"'s "}):
        return None
    if not text.close(follows, {b" ", b": ", b":", b"'s "}):
        return None
    possessed = text.tokens[at - 1].lower if at else b""
    sure = possessed in _OF_A_PERSON
    return _span(follows, text.full(follows, titled=False, unknown=sure))


def _greeted(text: Grammar, at: int) -> Span | None:
    token = text.tokens[at]
    if token.lower not in text.lists.greetings or not text.close(at + 1, {b" ", b", "}):
        return None
    ends = text.gap(at + 2)[:1] in {b"", b",", b"!", b".", b"?", b"\n"}
    unknown = token.lower in _WRITTEN_TO and text.gap(at + 2)[:2] == b", "
    following = text.tokens[at + 1]
    if token.lower in text.lists.first and following.gap == b" " and text.is_surname(following):
        return at, at + 2
    if not (ends or following.capital) or (following.gap == b", " and not following.capital):
        return None
    return _span(at + 1, text.full(at + 1, titled=False, unknown=unknown))


def _signed(text: Grammar, at: int) -> Span | None:
    if text.tokens[at].lower not in text.lists.closings or not text.close(at + 1, _AFTER_CLOSING):
        return None
    first = at + 1
    if text.tokens[first].lower in {b"van", b"from", b"uit"} and text.close(first + 1):
        first += 1
    titled = text.tokens[first].lower in text.lists.titles and text.close(first + 1)
    first += titled
    stop = text.full(first, titled=titled, unknown=True)
    rest = text.folded[text.tokens[stop - 1].end :][:48] if stop else b""
    ends = re.match(rb"[^\n]*[A-Za-z]", rest) is None or _FROM.match(rest) is not None
    return _span(first, stop) if stop and ends else None


def _span(start: int, stop: int) -> Span | None:
    return (start, stop) if stop else None
