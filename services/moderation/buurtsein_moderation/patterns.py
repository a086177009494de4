"""From what a pack says to regular expressions in RE2's syntax, which is matched in linear time."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from buurtsein_text.folding import fold

REFERENCE = re.compile(r"\{([a-z_]+)\}")
_LEMMA = re.compile(r"([^\s*{}~]+)~")
_GAP = r"\W{1,3}"
_WORD = re.compile(r"[\w{}]")


class PatternError(Exception):
    """A phrase or pattern that cannot be used, with what is wrong about it."""


class Alternatives(Mapping[str, str]):
    """Each list as one alternative of its phrases, without word edges, written out when somebody asks for it.

    Lists that use each other in a circle must have been refused before.
    """

    def __init__(
        self, lists: Mapping[str, tuple[str, ...]], inflected: Callable[[str], Iterable[str]] = lambda word: [word]
    ) -> None:
        self._lists = lists
        self._inflected = inflected
        self._written: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._lists)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __contains__(self, name: object) -> bool:
        return name in self._lists

    def __getitem__(self, name: str) -> str:
        if name not in self._written:
            forms = (form for phrase in self._lists[name] for form in _forms(phrase, self._inflected))
            # In order, since RE2 shares the beginnings of alternatives that are next to each other.
            self._written[name] = "(?:" + "|".join(sorted({_body(_fold(one), self) for one in forms})) + ")"
        return self._written[name]


def phrase(text: str, lists: Mapping[str, str]) -> str:
    """Return an expression for `text` as whole words; raises `PatternError` for an unknown list or no text."""
    folded = _fold(text)
    return f"{_edge(folded[0])}{_body(folded, lists)}{_edge(folded[-1])}"


def pattern(text: str, lists: Mapping[str, str]) -> str:
    """Return a pattern with its lists filled in; raises `PatternError` for an unknown list."""
    return REFERENCE.sub(lambda reference: _list(reference[1], lists), text)


def _forms(phrase: str, inflected: Callable[[str], Iterable[str]]) -> Iterator[str]:
    lemma = _LEMMA.search(phrase)
    yield from (_LEMMA.sub(form, phrase, count=1) for form in inflected(lemma[1])) if lemma else (phrase,)


def _fold(text: str) -> str:
    folded = " ".join(fold(text).decode().lower().split())
    if not folded.strip("* "):
        raise PatternError(f"the phrase {text!r} is empty")
    return folded


def _body(folded: str, lists: Mapping[str, str]) -> str:
    pieces = REFERENCE.split(folded)
    return "".join(_list(piece, lists) if at % 2 else _literal(piece) for at, piece in enumerate(pieces))


def _literal(text: str) -> str:
    return re.escape(text).replace(r"\ ", _GAP).replace(r"\*", r"\w*")


def _edge(char: str) -> str:
    return r"\b" if _WORD.match(char) else ""


def _list(name: str, lists: Mapping[str, str]) -> str:
    if name not in lists:
        raise PatternError(f"the list {{{name}}} is not one of {', '.join(sorted(lists)) or 'this pack (it has none)'}")
    return lists[name]
