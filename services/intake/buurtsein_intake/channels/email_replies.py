"""What the sender of an e-mail wrote, without what it quotes and how it is signed; pure, line by line."""

from collections.abc import Sequence
from typing import Final

_LINES: Final = 2000
_WRAPPED: Final = 3
_OPENING: Final = 300

_WROTE: Final = (
    ("op ", "schreef"),
    ("op ", "geschreven"),
    ("on ", "wrote"),
    ("am ", "schrieb"),
    ("le ", "écrit"),
    ("el ", "escribió"),
    ("il ", "scritto"),
    ("em ", "escreveu"),
    ("w dniu ", "napisał"),
)
"""How mail programs begin and end the line above a quotation."""

_BORDERS: Final = frozenset(
    {
        "oorspronkelijk bericht",
        "oorspronkelijke bericht",
        "origineel bericht",
        "original message",
        "ursprüngliche nachricht",
        "message d'origine",
        "mensaje original",
    }
)
_FORWARDS: Final = frozenset(
    {
        "doorgestuurd bericht",
        "begin doorgestuurd bericht",
        "forwarded message",
        "begin forwarded message",
        "weitergeleitete nachricht",
        "message transféré",
    }
)
_FROM: Final = ("van:", "from:", "von:", "de:")
_SENT: Final = ("verzonden:", "sent:", "datum:", "date:", "gesendet:", "envoyé:", "enviado:")
_HEADERS: Final = (
    *_FROM, *_SENT, "aan:", "to:", "an:", "à:", "cc:", "onderwerp:", "subject:", "betreff:", "objet:", "reply-to:",
)  # fmt: skip
_DEVICES: Final = (
    "verstuurd vanaf mijn",
    "verstuurd vanuit",
    "verzonden vanaf mijn",
    "verzonden vanuit",
    "verzonden met",
    "verstuurd met",
    "sent from my",
    "sent from outlook",
    "outlook voor ",
    "get outlook for",
    "download outlook",
    "von meinem",
    "envoyé de mon",
)
_SIGN_OFFS: Final = (
    "met vriendelijke groet",
    "met hartelijke groet",
    "met groet",
    "vriendelijke groet",
    "hartelijke groet",
    "groeten",
    "groetjes",
    "groet",
    "mvg",
    "hoogachtend",
    "kind regards",
    "best regards",
    "regards",
    "sincerely",
    "yours sincerely",
    "mit freundlichen grüßen",
    "cordialement",
)
_SIGN_OFF: Final = 40
_SIGNATURE_LINES: Final = 10
_SIGNATURE: Final = 600
_POSTSCRIPT: Final = ("ps ", "ps:", "p.s.", "ps,")


def own_words(text: str, *, forwarded: bool) -> str:
    """Return the sender's own lines; of a message that only passes another one on, the lines of that one."""
    lines = text.splitlines()[:_LINES]
    own, end = _own(lines)
    if any(own) or end >= len(lines) or not (forwarded or _border(lines[end]) in _FORWARDS):
        return "\n".join(own)
    return "\n".join(_own(_passed_on(lines[end:]))[0])


def _own(lines: Sequence[str]) -> tuple[list[str], int]:
    """Return the lines until something else begins, and where that is; a signature and quoted lines are left out."""
    own: list[str] = []
    for number, line in enumerate(lines):
        stripped = line.strip()
        if stripped == "--" or _quotes(lines, number):
            return own, number
        if any(own) and _signs_off(lines, number):
            return [*own, *_postscript(lines[number:])], number
        if not stripped.startswith(">") and not stripped.lower().startswith(_DEVICES):
            own.append(stripped)
    return own, len(lines)


def _quotes(lines: Sequence[str], number: int) -> bool:
    return (
        bool(_border(lines[number]))
        or _is_rule(lines[number])
        or _has_headers(lines, number)
        or _tells_who_wrote(lines, number)
    )


def _border(line: str) -> str:
    words = line.strip(" \t-_>:").lower()
    return words if words in _BORDERS or words in _FORWARDS else ""


def _is_rule(line: str) -> bool:
    return len(line.strip()) >= 20 and not line.strip().strip("_")


def _has_headers(lines: Sequence[str], number: int) -> bool:
    """Tell whether the headers of another message begin here, as Outlook writes them."""
    if not _field(lines[number]).startswith(_FROM):
        return False
    return any(_field(line).startswith(_SENT) for line in lines[number + 1 : number + 4])


def _field(line: str) -> str:
    return line[:_OPENING].strip(" \t>*").lower().replace("*", "").replace(" :", ":")


def _tells_who_wrote(lines: Sequence[str], number: int) -> bool:
    """Tell whether this is the line above a quotation, which mail programs may wrap.

    It names a moment, and an address unless quoted lines follow: residents, too, tell what someone wrote.
    """
    begins = lines[number][:_OPENING].strip().lower()
    if not begins.startswith(tuple(begin for begin, _ in _WROTE)):
        return False
    for end in range(number, min(number + _WRAPPED, len(lines))):
        opening = " ".join(line.strip() for line in lines[number : end + 1])[:_OPENING].lower()
        if opening.endswith(":"):
            return _is_opening(opening, _next(lines, end + 1))
    return False


def _is_opening(opening: str, following: str) -> bool:
    wrote = any(opening.startswith(begin) and verb in opening for begin, verb in _WROTE)
    dated = any(char.isdigit() for char in opening)
    return wrote and dated and ("@" in opening or following.startswith(">"))


def _next(lines: Sequence[str], start: int) -> str:
    return next((line.strip() for line in lines[start : start + _WRAPPED] if line.strip()), "")


def _signs_off(lines: Sequence[str], number: int) -> bool:
    """Tell whether only a greeting and a signature are left, with the names and numbers of who wrote."""
    line = lines[number].strip()
    if len(line) > _SIGN_OFF or not any(_is_greeting(line, greeting) for greeting in _SIGN_OFFS):
        return False
    rest = size = 0
    for after in range(number + 1, len(lines)):
        own = lines[after].strip()
        if own.startswith(">") or _quotes(lines, after):
            return True
        rest, size = rest + bool(own), size + len(own)
        if rest > _SIGNATURE_LINES or size > _SIGNATURE:
            return False
    return True


def _is_greeting(line: str, greeting: str) -> bool:
    """Tell whether a line is a greeting, perhaps with the name of who greets."""
    if not line.lower().startswith(greeting):
        return False
    rest = line[len(greeting) :]
    named = all(word[0].isupper() for word in rest.split())
    return named or rest.lower().startswith((",", "en", " van ", " uit ", "!", ".", " -"))


def _postscript(lines: Sequence[str]) -> list[str]:
    begin = next((n for n, line in enumerate(lines) if line.strip().lower().startswith(_POSTSCRIPT)), len(lines))
    return _own(lines[begin:])[0]


def _passed_on(lines: Sequence[str]) -> list[str]:
    """Return the lines of the message that begins here, without its headers."""
    inner = [line.strip().removeprefix(">").strip() for line in lines]
    begin = next(
        (n for n, line in enumerate(inner) if line and not _border(line) and not _field(line).startswith(_HEADERS)),
        len(inner),
    )
    return inner[begin:]
