"""What the subject of an e-mail adds to what it says; pure."""

from typing import Final

_REPLIES: Final = frozenset({"re", "antw", "aw", "sv", "vs"})
_FORWARDS: Final = frozenset({"fw", "fwd", "doorst", "wg", "tr", "rv"})
_ENDS: Final = ".!?…:"


def is_forward(subject: str) -> bool:
    """Tell whether the subject says that this passes another message on."""
    return bool(_prefixes(subject)[0] & _FORWARDS)


def report_text(subject: str, body: str, *, answers: bool) -> str:
    """Return the text of the report: the body, with the subject before it where that says more.

    It says more when it is longer than the body, or has a number or a name that the body has not. The subject of an
    answer is that of another message.
    """
    prefixes, title = _prefixes(" ".join(subject.split()))
    if answers or prefixes & _REPLIES or not _says_more(title, body):
        return body
    return f"{title}{'' if title[-1] in _ENDS else '.'} {body}" if body else title


def _prefixes(subject: str) -> tuple[set[str], str]:
    """Return what stands before the subject proper (`Re:`, `Fwd:`), in lower case, and that subject."""
    found: set[str] = set()
    rest = subject.strip()
    while True:
        head, colon, tail = rest.partition(":")
        word = head.strip().rstrip("0123456789[]() ").lower()
        if not colon or word not in _REPLIES | _FORWARDS:
            return found, rest
        found.add(word)
        rest = tail.strip()


def _says_more(title: str, body: str) -> bool:
    words, said = title.split(), body.lower()
    new = [(number, word.strip("\"'.,:;!?()[]")) for number, word in enumerate(words)]
    new = [(number, word) for number, word in new if word and word.lower() not in said]
    return bool(new) and (len(words) > len(body.split()) or any(_names(number, word) for number, word in new))


def _names(number: int, word: str) -> bool:
    return any(char.isdigit() for char in word) or (number > 0 and word[0].isupper() and not word.isupper())
