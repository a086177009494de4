"""Reports of an imaginary week for the fault suite: many places, people and languages; the same seed gives the same."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

REAL: Final = {
    "haarlemmerbuurt": (52.3830, 4.8880),
    "overvecht": (52.1200, 5.1100),
    "woensel": (51.4550, 5.4560),
}
"""The configured communities and a point in each."""

IMAGINARY: Final = tuple(f"buurt-{number:02}" for number in range(1, 25))
COMMUNITIES: Final = (*REAL, *IMAGINARY)

_TEXTS: Final = (
    "Er is brand in de {street}, vlammen uit het raam op de tweede verdieping!",
    "Er wordt nu ingebroken in de {street}, twee mannen met een koevoet, één met {colour} jas, ± 25 jaar.",
    "Er voelt iemand aan autodeuren in de {street}: man, ± 20 jaar, {colour} joggingpak, loopt richting station.",
    "Een {colour} bestelbus rijdt al de hele avond langzaam door de {street}, kenteken 12-ABC-3.",
    "De lantaarnpaal op de hoek van de {street} doet het al {days} dagen niet, het is er pikdonker.",
    "Naast de container in de {street} staan een bankstel en {days} vuilniszakken.",
    "Elke nacht harde muziek uit een {colour} auto in de {street}, tot drie uur 's nachts.",
    "Zullen we in de {street} een bankje neerzetten? Wie doet mee?",
    "De lift in de flat aan de {street} is al {days} dagen kapot.",
    "Weer zo'n buitenlander in de {street}, die horen hier niet.",
    "Mijn buurman van nummer {days} in de {street} is een leugenaar, dat weet iedereen hier.",
    "Pak hem! Wie gaat er mee naar de {street} om hem een lesje te leren?",
    "Te koop: {colour} fiets, zo goed als nieuw, bel 06-12345678 of kijk op www.voorbeeld.nl",
    "Goedemorgen allemaal, fijne dag in de {street}!",
    "Somebody is breaking into a {colour} car in {street} right now, the window is smashed.",
    "Two youths in {colour} jackets have been trying front doors in {street} for {days} evenings.",
    "The street light near {street} has been broken for {days} days.",
    "Rubbish has been dumped in {street} again: mattresses, a {colour} sofa and a fridge.",
    "Why does nobody speak English in {street}? You lot are useless.",
    "{street} sokağında {days} gündür çöp toplanmıyor, her yer kokuyor.",
    "هناك ضجيج كبير في {street} كل ليلة منذ {days} أيام",
    "Na ulicy {street} od {days} dni nie działa latarnia, jest bardzo ciemno.",
    "Im {street} brennt ein {colour} Auto, bitte schnell!",
    "🔥🔥 {street} 🚒 {colour} rook!!",
)
_STREETS: Final = ("Haarlemmerdijk", "Kerkstraat", "Dorpsstraat", "Zamenhofdreef", "Boschdijk", "Molenweg", "Singel")
_COLOURS: Final = ("rode", "blauwe", "grijze", "zwarte", "witte", "groene")
_TYPES: Final = (None, None, None, "urgent", "suspicious", "nuisance", "idea")
_CHANNELS: Final = ("app", "app", "web", "whatsapp", "email")
_RESULTS: Final = (("police", "arrested"), ("municipality", "repaired"), ("municipality", "cleaned_up"))

_PEOPLE = 400


@dataclass(frozen=True, slots=True)
class Submission:
    """One request of a client: its `Idempotency-Key` and its body, the same at every attempt."""

    path: str
    key: str
    body: bytes


def reports(count: int, seed: int) -> Iterator[Submission]:
    """Yield the reports of a run."""
    random = Random(f"reports {seed}")  # noqa: S311
    for number in range(count):
        body = json.dumps(_report(random), ensure_ascii=False).encode()
        yield Submission("/v1/reports", f"fault-{seed}-{number}", body)


def outcome(report: Submission, reference: str, random: Random) -> Submission:
    """Return what a network says that it did about an accepted report."""
    network, result = random.choice(_RESULTS)
    community = json.loads(report.body).get("community", COMMUNITIES[0])
    body = {"reference": reference, "community": community, "network": network, "result": result}
    return Submission("/v1/outcomes", f"{report.key}-outcome", json.dumps(body).encode())


def communities_file() -> str:
    """Return the configuration of the communities; JSON is YAML."""
    level = ("loose", "starting", "group")
    real: list[dict[str, object]] = [
        {"id": "haarlemmerbuurt", "municipality": "amsterdam", "areas": ["amsterdam/haarlemmerbuurt"]},
        {"id": "overvecht", "municipality": "utrecht", "areas": ["utrecht/overvecht"]},
        {"id": "woensel", "municipality": "eindhoven", "areas": ["eindhoven/woensel-west"]},
    ]
    imaginary: list[dict[str, object]] = [
        {"id": name, "municipality": "nergenshuizen", "level": level[number % len(level)]}
        for number, name in enumerate(IMAGINARY)
    ]
    return json.dumps({"communities": [{**each, "name": each["id"]} for each in (*real, *imaginary)]}, indent=1)


def cadence_file() -> str:
    """Return a cadence that sends digests as often as a cadence may."""
    row = {"member": "1m", "involved": "1m", "coordinator": "1m"}
    return json.dumps({"tick": "1m", "max_items": 20, "every": {"incident": row, "trend": row}})


def _report(random: Random) -> dict[str, object]:
    text = random.choice(_TEXTS).format(
        street=random.choice(_STREETS), colour=random.choice(_COLOURS), days=random.randint(2, 40)
    )
    community = random.choice(COMMUNITIES)
    given: dict[str, object] = {"text": text, "channel": random.choice(_CHANNELS), **_reporter(random)}
    if random.random() < 0.95:
        given["community"] = community
    if kind := random.choice(_TYPES):
        given["type"] = kind
    if random.random() < 0.6:
        given["location"] = _place(random, community)
    if random.random() < 0.3:
        given |= {"police_called": random.random() < 0.5, "happening_now": random.random() < 0.5}
    return given


def _reporter(random: Random) -> dict[str, object]:
    if random.random() < 0.1:
        return {"anonymous": True}
    return {"reporter": f"bewoner-{random.randrange(_PEOPLE)}"}


def _place(random: Random, community: str) -> dict[str, float]:
    around = REAL.get(community) or (52.6 + 0.02 * IMAGINARY.index(community), 5.5)
    return {"lat": round(around[0] + random.uniform(-0.01, 0.01), 5), "lon": round(around[1] + random.random() / 50, 5)}
