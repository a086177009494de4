"""Where a person is found online: e-mail addresses, also spelled out, links to profiles, handles and account names."""

import re
from itertools import pairwise
from typing import Final

from buurtsein_text.linear import Span
from buurtsein_text.redaction.finding import Finder, before, whole
from buurtsein_text.redaction.words import words

_EMAIL: Final = r"(?i)[a-z0-9][a-z0-9._%+-]*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9][a-z0-9-]*)+"
_AT: Final = r"(?: ?[(\[{<](?:at|ape(?:n)?staart(?:je)?|a|@)[)\]}>] ?| ape(?:n)?staart(?:je)? | @ )"
_PROVIDER: Final = (
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ziggo|kpnmail|kpn|icloud|planet|xs4all|home|casema|chello|upcmail"
    r"|protonmail|proton)"
)
_DOT: Final = r"(?: ?[(\[{](?:dot|punt|\.)[)\]}] ?| punt | dot |\.)"
_MASKED_EMAIL: Final = (
    rf"(?i)\b[a-z0-9][a-z0-9._%+-]*(?:(?: punt | dot |\((?:punt|dot)\))[a-z0-9]+)*{_AT}[a-z0-9-]+(?:{_DOT}[a-z0-9-]+)+"
)
_SPELLED_EMAIL: Final = (
    r"(?i)\b[a-z0-9][a-z0-9._%+-]*(?:(?: punt | dot | streepje | underscore )[a-z0-9]+)* "
    rf"(?:(?:at|bij) [a-z0-9-]+(?: punt | dot )|at {_PROVIDER}\.)(?:[a-z]{{2,}}\b)"
)
_AT_PROVIDER: Final = (
    rf"(?i)\b[a-z0-9][a-z0-9._%+-]*(?:@{_PROVIDER}\b| ?@ ?{_PROVIDER}(?: ?\. ?| punt | dot )[a-z]{{2,3}}\b)"
)
_SITE: Final = (
    r"(?:facebook\.com|fb\.com|fb\.me|instagram\.com|instagr\.am|tiktok\.com|snapchat\.com|linkedin\.com|twitter\.com|x\.com"
    r"|t\.me|telegram\.me|wa\.me|youtube\.com|threads\.net|bsky\.app|vk\.com|onlyfans\.com|twitch\.tv|reddit\.com|pinterest\.\w+"
    r"|linktr\.ee|youtu\.be|threads\.com|tumblr\.com|kick\.com|paypal\.me|tikkie\.me|hyves\.nl|marktplaats\.nl/u|soundcloud\.com|discord\.gg|discordapp\.com|signal\.me)"
)
_LINK: Final = rf"(?i)\b(?:https?://)?(?:[a-z-]{{1,5}}\.)?{_SITE}/[^\s\x1a,;\"'<>)\]]+"
_HANDLE: Final = r"@[A-Za-z0-9_](?:[A-Za-z0-9_.]{1,29})"
_NETWORK: Final = (
    r"(?:insta(?:gram)?|ig|snap(?:chat)?|tik ?tok|fb|facebook|twitter|telegram|discord|linked ?in|threads|steam|psn"
    r"|xbox|marktplaats|vinted|tinder|grindr|youtube|twitch|onlyfans)"
)
_ACCOUNT: Final = (
    rf"(?i)\b(?:{_NETWORK}(?:[ -]?(?:account|profiel|profile|naam|name|handle|pagina|page|user|id|username|gebruiker))?"
    r"|gebruikersnaam|username|screen ?name|nickname|gamertag|handle|account(?:naam)?)\b[^\n.!?]{0,24}"
)

_BEHIND: Final = (
    r"(?i)\b(?:as|als|naam|name|account|user|under|onder|is) ?:? ?@?[a-z0-9_.]{3,30} (?:on|op|at|via|bij) "
    + _NETWORK
    + r"\b"
)
_UNDERSCORED: Final = r"\b[A-Za-z][A-Za-z0-9.]*_[A-Za-z0-9_.]*[A-Za-z0-9]\b"
_FILE: Final = re.compile(
    rb"(?i).*\.(?:jpe?g|png|pdf|mp[34]|docx?|xlsx?|heic|mov|zip)|(?:img|dsc|vid|pxl|screenshot)_.*"
)
_NAMED_THING: Final = re.compile(rb"(?i)\b(?:wi-?fi|ssid|netwerk|network|wachtwoord|password|bestand|file|code)\b")
_PUBLIC_PATH: Final = re.compile(
    rb"(?i)/(?:groups?|events?|pages|hashtag|watch|company|school|jobs|marketplace|help|legal|policies|explore|results"
    rb"|playlist|search|business|about|share/g|gaming|r|feed)(?:[/?]|$)"
)
_PUBLIC_HANDLE: Final = re.compile(
    rb"(?i)@(?:(?:politie|police|gemeente|brandweer|ggd|stadsdeel|woning|wijkagent|prorail|rijkswaterstaat|knmi|postnl|liander|stedin"
    rb"|enexis|ziggo|kpn|waternet|vitens|veiligheidsregio)[\w.]*|ns(?:_online)?|gvb|ret|htm|anwb|allen|iedereen|everyone|all|here"
    rb"|channel|admins?|coordinator|coordinatoren|beheerders?|bestuur|moderators?|buurt|team|wijk|groep|buren|buurtapp|buurtteam"
    rb"|community|meldpunt|webcare|home|work|night|thuis|school|buurtsein)$"
)
_WORD: Final = re.compile(rb"@?[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?(?:#\d{4})?")
_LIKE_A_HANDLE: Final = re.compile(
    rb"(?=.*[a-zA-Z])(?:.*[a-z_0-9][._][a-z_0-9].*|.*[a-zA-Z]\d.*|.*_.*|.*#\d{4})", re.IGNORECASE
)
_VERSION: Final = re.compile(
    rb"\d+[a-z]{1,3}|\d+[.,]\d+\w?|[\w-]+\.(?:nl|com|org|eu|net|app|info|biz|top|help|example|click|shop|site|online|link)"
    rb"|iphone\d*|covid\d*",
    re.IGNORECASE,
)
_SAID: Final = re.compile(rb"(?:ge|ver|be|ont)[a-z]+(?:[dt]|en)", re.IGNORECASE)
"""What is said of accounts rather than their name: verloopt, gekaapt, bevestigen."""

_NAMING: Final = re.compile(
    rb"(?:\b(?:is|heet|heten|genaamd|called|named|account|profiel|profile|naam|username|handle)|[:=])$", re.IGNORECASE
)
_OWNED: Final = re.compile(
    rb"\b(?:zijn|haar|z'n|d'r|hun|mijn|his|her|their|my|diens|dader|jouw|je|your)\s*$", re.IGNORECASE
)


def _link(text: bytes, start: int, end: int) -> Span | None:
    return None if _PUBLIC_PATH.search(text, start, end) else (start, end)


def _handle(text: bytes, start: int, end: int) -> Span | None:
    earlier = text[start - 1 : start]
    if (
        earlier.isalnum()
        or earlier in {b".", b"_", b"-", b"/", b"@", b"+", b"%"}
        or not text[start + 1 : end].strip(b"0123456789.:")
    ):
        return None
    end = start + len(text[start:end].rstrip(b"."))
    return None if _PUBLIC_HANDLE.match(text[start:end]) else (start, end)


def _account(text: bytes, start: int, end: int) -> Span | None:
    """Return the account behind the name of a network: a word such as no language has, or one that is said to be it."""
    found = list(_WORD.finditer(text, start, end + 30))[:7]
    owned = _OWNED.search(text[max(0, start - 8) : start]) is not None
    for earlier, word in pairwise(found):
        if word.start() >= end:
            break
        named = _NAMING.search(text[earlier.start() : word.start()].rstrip(b" '\"")) is not None
        if (_VERSION.fullmatch(word[0]) and not (named and owned)) or text[word.start() - 1 : word.start()] == b"[":
            continue
        if _LIKE_A_HANDLE.fullmatch(word[0]) or (named and owned and _is_own_word(word[0])):
            return word.span()
    return None


def _is_own_word(word: bytes) -> bool:
    return len(word) > 6 and word.lower() not in words("said-of-accounts") and not _SAID.fullmatch(word)


def _underscored(text: bytes, start: int, end: int) -> Span | None:
    """`djayy_020`: no word has an underscore; what stands in an address or names a file does."""
    joined = text[start - 1 : start] in {b"@", b"/", b".", b"_", b"-", b"[", b"%", b"="} or text[end : end + 1] in {
        b"@",
        b"/",
    }
    handle = text[start:end]
    named = joined or _NAMED_THING.search(before(text, start)) is not None
    return None if named or handle.isupper() or _FILE.fullmatch(handle) else (start, end)


def _elsewhere(text: bytes, start: int, end: int) -> Span | None:
    """`she posts as misstilly99 on tiktok`: the network comes behind the account."""
    found = next((word for word in _WORD.finditer(text, start, end) if _LIKE_A_HANDLE.fullmatch(word[0])), None)
    return found.span() if found else None


FINDERS: Final = (
    Finder("email", _EMAIL, whole),
    Finder("email", _MASKED_EMAIL, whole),
    Finder("email", _AT_PROVIDER, whole),
    Finder("email", _SPELLED_EMAIL, whole),
    Finder("profile", _LINK, _link),
    Finder("profile", _HANDLE, _handle),
    Finder("profile", _ACCOUNT, _account),
    Finder("profile", _BEHIND, _elsewhere),
    Finder("profile", _UNDERSCORED, _underscored),
)
