"""A digest as text that a resident can read, in the language and time of the community."""

from datetime import datetime

from buurtsein_events.digests import DigestItem, FeedbackDigest
from buurtsein_feedback import words
from buurtsein_feedback.readers import Owner

_TIME = "%d-%m-%Y %H:%M"


def text_of(digest: FeedbackDigest, owner: Owner) -> str:
    """Return a digest as plain text."""
    numbered = [_item(number, item, owner) for number, item in enumerate(digest.items, 1)]
    return "\n".join([*_head(digest, owner), "", *numbered, *_more(digest, owner), "", *_foot(digest, owner), ""])


def _head(digest: FeedbackDigest, owner: Owner) -> list[str]:
    title = f"{owner.community.name}: {words.say(words.KINDS[digest.kind], owner.language)}"
    if digest.kind not in ("incident", "trend"):
        return [title, _clock(digest.until, owner)]
    period = words.say(words.PERIOD, owner.language)
    return [title, period.format(since=_clock(digest.since, owner), until=_clock(digest.until, owner))]


def _item(number: int, item: DigestItem, owner: Owner) -> str:
    about = [_clock(item.at, owner), words.say(words.SEVERITIES[item.severity], owner.language)]
    if item.type:
        about.append(words.say(words.TYPES[item.type], owner.language))
    if item.reports > 1:
        about.append(words.say(words.REPORTS, owner.language).format(number=item.reports))
    if item.network:
        about.append(words.network(item.network, owner.language))
    if item.result:
        about.append(words.say(words.RESULTS[item.result], owner.language))
    return f"{number}. {item.text}\n   ({', '.join(about)})"


def _more(digest: FeedbackDigest, owner: Owner) -> list[str]:
    if not digest.more:
        return []
    text = words.say(words.MORE, owner.language).format(number=digest.more)
    return [f"{text}: {digest.more_link}" if digest.more_link else f"{text}."]


def _foot(digest: FeedbackDigest, owner: Owner) -> list[str]:
    why = words.say(digest.why, owner.language)
    if digest.next_at is None:
        return [why]
    return [why, words.say(words.NEXT, owner.language).format(at=_clock(digest.next_at, owner))]


def _clock(at: datetime, owner: Owner) -> str:
    return at.astimezone(owner.zone).strftime(_TIME)
