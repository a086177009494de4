"""What a decision costs: microseconds per message of about 500 characters, step by step, and with ten times the packs.

Run it with `buurtsein moderation bench`. A loop of a million steps of Python is measured along with it, since machines
differ more than rules do.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from statistics import median
from time import perf_counter
from typing import Any, Final, TypeVar

from buurtsein_events.communities import Communities
from buurtsein_events.envelope import Event
from buurtsein_events.reports import ReportReceived
from buurtsein_events.topics import TYPE_OF_DATA, schema_uri
from buurtsein_events.values import Value
from buurtsein_moderation.compiling import compile_packs
from buurtsein_moderation.completeness import Completeness
from buurtsein_moderation.engine import Engine, Matched
from buurtsein_moderation.ladder import Ladder
from buurtsein_moderation.packs import Matches, Near, Pack, Rule
from buurtsein_moderation.policy import Moderation
from buurtsein_moderation.text import normalise
from buurtsein_moderation.weights import Weights
from buurtsein_text import redaction

LENGTH: Final = 500
"""Characters of a message."""

GROWTH: Final = 10

_ORDERS: Final = 15
_ROUNDS: Final = 9
_NOW: Final = datetime(2026, 10, 12, 12, tzinfo=UTC)
_WORD: Final = re.compile(r"(?<!\\)(?<!\{)\b[a-z]{4,}(?!\w*\})")
_LETTERS: Final = "etaoinsrdlkmg"
_ALIKE: Final = 0.1
"""The share of words that stay as they are when packs grow, so that grown packs find more in a message, too."""


def measure(
    packs: Sequence[Pack], weights: Weights | None, ladder: Ladder, completeness: Completeness
) -> Iterator[tuple[str, float]]:
    """Yield what each step takes, in microseconds, the whole decision, and the same when packs have grown tenfold."""
    engine = compile_packs(packs, weights=weights)
    grown = compile_packs(grow(packs, GROWTH), weights=weights, examples=False)
    texts = messages()
    normalised = [normalise(text) for text in texts]
    matched = [engine.match(message) for message in normalised]
    events = [_event(text) for text in texts]
    yield "a million steps of Python, ms", min(_loop() for _ in range(_ROUNDS))
    (reading, scanning, matching, weighing, redacting, decided, of_grown) = _microseconds(
        (normalise, texts),
        (engine.scan, normalised),
        (engine.match, normalised),
        (partial(_weigh, engine), matched),
        (lambda one: redaction.find(one.folded), normalised),
        (_policy(engine, ladder, completeness), events),
        (_policy(grown, ladder, completeness), events),
    )
    yield "normalise", reading
    yield "read words, scan", scanning
    yield "rules", max(0.0, matching - scanning)
    yield "weighing", weighing
    yield "redaction", redacting
    yield "verdict, step, event", max(0.0, decided - reading - matching - weighing - redacting)
    yield "decide, all in all", decided
    yield f"decide, with {GROWTH} times the packs", of_grown
    yield "ratio", of_grown / decided


def messages() -> list[str]:
    """Return messages of neighbours, each with its sentences in several orders."""
    chance = random.Random(7)  # noqa: S311
    written = (files("buurtsein_moderation") / "samples" / "messages.txt").read_text("utf-8").splitlines()
    return [_in_another_order(text, chance)[:LENGTH] for text in written for _ in range(_ORDERS)]


def _in_another_order(text: str, chance: random.Random) -> str:
    sentences = re.split(r"(?<=[.?]) ", text)
    return " ".join(chance.sample(sentences, len(sentences)))


def grow(packs: Sequence[Pack], times: int) -> list[Pack]:
    """Return the packs and `times - 1` copies of them, most of whose words are made up."""
    chance = random.Random(7)  # noqa: S311
    copies = [_copy(pack, number, chance) for number in range(1, times) for pack in packs]
    return [*packs, *copies]


def _copy(pack: Pack, number: int, chance: random.Random) -> Pack:
    lists = {name: _altered(phrases, chance) for name, phrases in pack.lists.items()}
    changes = {"lists": lists, "id": f"{pack.id}-{number}", "extends": tuple(f"{one}-{number}" for one in pack.extends)}
    return pack.model_copy(
        update={
            **changes,
            "rules": tuple(_altered_rule(rule, number, chance) for rule in pack.rules),
            "types": tuple(_altered_rule(rule, number, chance) for rule in pack.types),
        }
    )


AnyRule = TypeVar("AnyRule", bound=Rule)


def _altered_rule(rule: AnyRule, number: int, chance: random.Random) -> AnyRule:
    content = {name: getattr(rule, name) for name in ("matches", "unless")}
    altered = {name: _altered_matches(matches, chance) for name, matches in content.items()}
    return rule.model_copy(update={**altered, "id": f"{rule.id}.{number}"})


def _altered_matches(matches: Matches, chance: random.Random) -> Matches:
    return Matches(
        phrases=_altered(matches.phrases, chance),
        lemmas=_altered(matches.lemmas, chance),
        patterns=_altered(matches.patterns, chance),
        near=tuple(_altered_near(near, chance) for near in matches.near),
    )


def _altered_near(near: Near, chance: random.Random) -> Near:
    return near.model_copy(update={"words": tuple(_altered(words, chance) for words in near.words)})


def _altered(phrases: Sequence[str], chance: random.Random) -> tuple[str, ...]:
    return tuple(_WORD.sub(lambda word: _made_up(word[0], chance), phrase) for phrase in phrases)


def _made_up(word: str, chance: random.Random) -> str:
    if chance.random() < _ALIKE:
        return word
    letters = list(word)
    for _ in range(2):
        letters[chance.randrange(len(letters))] = chance.choice(_LETTERS)
    return "".join(letters)


def _weigh(engine: Engine, matched: Matched) -> object:
    return matched.weighed(engine.scales) if engine.scales else None


def _policy(engine: Engine, ladder: Ladder, completeness: Completeness) -> Callable[[Event[Value]], object]:
    policy = Moderation(
        engine=engine, communities=Communities(communities=()), ladder=ladder, completeness=completeness
    )
    return lambda event: policy.decide(event, {}, _NOW)


def _event(text: str) -> Event[Value]:
    event_type = TYPE_OF_DATA[ReportReceived]
    report = ReportReceived(
        report_id="r", channel="app", client="bench", community="c", reporter="m", text=text, received_at=_NOW
    )
    return Event[Value](
        id="e", source="bench", type=event_type, time=_NOW, subject="r", partitionkey="m",
        dataschema=schema_uri(event_type), data=report,
    )  # fmt: skip


def _microseconds(*measured: tuple[Callable[[Any], object], Sequence[Any]]) -> list[float]:
    """Return for each step, with what it is done to, the median of the least that it took with each in some rounds.

    The steps take turns, so that what else the machine does bears on all of them; the first round warms up.
    """
    times = [[_seconds(step, items) for step, items in measured] for _ in range(_ROUNDS + 1)][1:]
    return [median(map(min, zip(*rounds, strict=True))) * 1e6 for rounds in zip(*times, strict=True)]


def _seconds(step: Callable[[Any], object], items: Sequence[Any]) -> list[float]:
    taken = []
    for item in items:
        started = perf_counter()
        step(item)
        taken.append(perf_counter() - started)
    return taken


def _loop() -> float:
    started = perf_counter()
    for _ in range(1_000_000):
        pass
    return (perf_counter() - started) * 1e3
