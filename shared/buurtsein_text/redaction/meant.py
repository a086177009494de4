"""Whether a word that may be a name is one where it stands: at the beginning of a sentence, or in small letters."""

import re
from itertools import pairwise
from typing import Final

from buurtsein_text.redaction.grammar import Grammar
from buurtsein_text.redaction.words import words

_AT_HOME: Final = re.compile(
    rb",? (?:\d{1,2}-?hoog|(?:van |op )?(?:(?:nr|nummer|huisnummer|no|number|flat)\b\.? ?)?\d{1,4}[a-zA-Z]?)[ .!)]*"
)
_SIGNATURE: Final = frozenset({b"\n", b"-", b",\n", b".\n", b"\n-"})
AUXILIARIES: Final = frozenset(b"heeft had is was werd wordt has wil kan will can is gaat zou".split())
_POSSESSIVES: Final = frozenset(b"z'n zn d'r dr zijn haar".split())
_ARTICLES: Final = frozenset(b"de het een the a an deze die dit dat this that".split())
SAYING: Final = frozenset(
    b"zegt zei vraagt vroeg belde appte vertelde vertelt says said asked thinks denkt dacht vindt".split()
)
"""Behind an ambiguous name in small letters they make it one: `roos zegt dat`."""

BEFORE_ONE: Final = frozenset(b"volgens namens aan ask asked tell told".split())
"""Before an ambiguous name in small letters they make it one: `volgens roos`."""

ASKED: Final = frozenset(b"iemand jij je u jullie ik we wij anyone you i we".split())
_MET: Final = frozenset(b"gezien gesproken gebeld geholpen gevonden seen called met helped".split())
_AHEAD: Final = 9
"""Within how many words what somebody did is looked for."""


def capital_is_meant(text: Grammar, at: int) -> bool:
    """Tell whether a capitalised word that may be a name is one: not because a sentence begins with it."""
    if text.tokens[at].opens:
        return _hardly_opens(text, at) or any(rule(text, at) for rule in _OPENING_RULES)
    return not _is_titled(text, at) and text.tokens[at].lower not in text.lists.public


def _hardly_opens(text: Grammar, at: int) -> bool:
    """`Cor reageert niet`: no sentence begins with the word; `Jan 3` is a date, `Sam's Kledingactie` a firm."""
    behind = text.folded[text.tokens[at].end :][:4]
    other = behind[1:2].isdigit() or (behind[:3] == b"'s " and behind[3:].isupper())
    return text.tokens[at].lower in text.lists.opening and not other


def small_is_meant(text: Grammar, at: int) -> bool:
    """Tell whether a rare or ambiguous name or a surname in small letters is meant as one."""
    lists, token = text.lists, text.tokens[at]
    if token.lower in lists.small:
        return True
    earlier = text.tokens[at - 1].lower if at and token.gap == b" " else b""
    if token.lower in lists.rare or token.lower in lists.surnames:
        return earlier in words("before-people") or _opens_a_deed(text, at)
    if token.lower not in lists.ambiguous or token.lower in lists.unlikely:
        return False
    return earlier in BEFORE_ONE or any(rule(text, at) for rule in _SMALL_RULES)


def _opens_a_deed(text: Grammar, at: int) -> bool:
    """`roos zegt dat`, `ans heeft gebeld`."""
    following = _next(text, at) if text.tokens[at].opens else b""
    return following in SAYING or (following in {b"heeft", b"had", b"has"} and _does(text, at))


def _is_asked_after(text: Grammar, at: int) -> bool:
    """`heb jij jan nog gezien`."""
    earlier = text.tokens[at - 1].lower if at and text.tokens[at].gap == b" " else b""
    return earlier in ASKED and any(token.lower in _MET for token in text.tokens[at + 1 : at + 4] if not token.opens)


def _owns_small(text: Grammar, at: int) -> bool:
    """`sam's bike`, `ton z'n schuur`."""
    token = text.tokens[at]
    earlier = text.tokens[at - 1].lower if at and token.gap == b" " else b""
    behind = text.folded[token.end : token.end + 3]
    owns = behind == b"'s " or _next(text, at) in {b"z'n", b"d'r"}
    return owns and (token.opens or earlier in words("before-people"))


def _is_surnamed_small(text: Grammar, at: int) -> bool:
    """`jan smit`, `roos van den heuvel`; a word that is a surname, too, is not enough."""
    stop = text.surname(at + 1, unknown=False, loose=False) if _next(text, at) else 0
    return stop > at + 2 or (stop > 0 and text.is_surname(text.tokens[stop - 1]))


def _is_titled(text: Grammar, at: int) -> bool:
    """`Hotel Jansen`, but not `Wei Zhang`."""
    earlier = text.tokens[at - 1]
    nicknamed = earlier.lower in words("nicknames") and text.tokens[at - 2].lower not in _ARTICLES
    person = earlier.lower in text.lists.first or nicknamed
    if not earlier.capital or earlier.opens or person or len(earlier.word) < 2:
        return False
    return not (text.is_surname(text.tokens[at]) and text.may_be_unknown(earlier))


def _next(text: Grammar, at: int) -> bytes:
    return text.tokens[at + 1].lower if at + 1 < len(text.tokens) and text.gap(at + 1) == b" " else b""


def _signs(text: Grammar, at: int) -> bool:
    """The last word, behind a line or a dash; or `koffie staat klaar. Tiny, 1-hoog`."""
    token = text.tokens[at]
    if at and _AT_HOME.fullmatch(text.folded, token.end):
        return True
    last = at == len(text.tokens) - 1 and at > 0 and not text.folded[token.end :].strip(b" .!\n")
    return last and token.gap.strip(b" ") in _SIGNATURE


def _does(text: Grammar, at: int) -> bool:
    """`Mark zegt`, `Mark heeft net aangifte gedaan`."""
    following = _next(text, at)
    if text.tokens[at].lower == b"dan":
        return False
    if following in words("personal-verbs") or (text.tokens[at].lower == b"will" and following in AUXILIARIES):
        return True
    if following not in AUXILIARIES:
        return False
    deeds = words("personal-deeds")
    for token in text.tokens[at + 2 : at + _AHEAD]:
        if token.opens:
            return False
        if token.lower in deeds:
            return True
    return False


def _is_addressed(text: Grammar, at: int) -> bool:
    return text.gap(at + 1) == b", " and text.tokens[at + 1].lower in words("addressing")


def _owns(text: Grammar, at: int) -> bool:
    """`Hope's car`, `Roos d'r fiets`."""
    token = text.tokens[at]
    if token.lower in text.lists.public:
        return False
    behind = text.folded[token.end : token.end + 3]
    owned = at + 1 < len(text.tokens) and not text.tokens[at + 1].capital
    return (behind[:2] == b"'s" and owned) or _next(text, at) in _POSSESSIVES


def _is_surnamed(text: Grammar, at: int) -> bool:
    """`Mark Verhoeven`, `Will Smith`, `Roos van der Berg`."""
    if not _next(text, at):
        return False
    stop = text.surname(at + 1, unknown=False, loose=False)
    return stop > 0 and text.tokens[stop - 1].capital


def _lives_near(text: Grammar, at: int) -> bool:
    """`Wil van hiernaast`, `Joy from upstairs`."""
    near = words("whereabouts")
    if _next(text, at) in {b"next", b"upstairs", b"downstairs", b"hiernaast"}:
        return True
    if _next(text, at) not in {b"van", b"from", b"op", b"at"}:
        return False
    numbered = text.folded[text.tokens[at + 1].end :][:2].strip().isdigit()
    lives = any(token.lower in near for token in text.tokens[at + 2 : at + 4] if token.gap == b" ")
    return numbered or lives or _works_near(text, at)


def _works_near(text: Grammar, at: int) -> bool:
    """`Wil van de kaasboer heeft het gezien`, and not `Wil van de kaasboer weten of`."""
    works = words("venues") | words("businesses")
    behind = text.tokens[at + 2 : at + 5]
    for place, follows in pairwise(behind):
        if place.lower in works and place.gap == b" ":
            return follows.lower in AUXILIARIES or follows.lower in words("personal-verbs")
    return False


def _is_aged(text: Grammar, at: int) -> bool:
    """`ik ben fleur (12)`."""
    behind = text.folded[text.tokens[at].end :][:3]
    return behind[:2] == b" (" and behind[2:].isdigit()


def _is_paired(text: Grammar, at: int) -> bool:
    """`roos en bas`: two at once are people."""
    lists = text.lists
    for step in (1, -1):
        between, other = at + step, at + 2 * step
        if not 0 <= other < len(text.tokens) or text.tokens[between].lower not in {b"en", b"and"}:
            continue
        word = text.tokens[other].lower
        if (word in lists.ambiguous and word not in lists.unlikely) or word in lists.common:
            return text.tokens[max(at, other)].gap == b" " and text.tokens[min(at, other) - 1].lower not in _ARTICLES
    return False


_OPENING_RULES: Final = (_signs, _does, _is_addressed, _owns, _is_aged, _is_surnamed, _lives_near)
_SMALL_RULES: Final = (
    _is_aged,
    _opens_a_deed,
    _is_paired,
    _is_asked_after,
    _owns_small,
    _is_surnamed_small,
    _lives_near,
)
