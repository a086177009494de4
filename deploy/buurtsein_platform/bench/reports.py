"""Reports to measure with: of many residents, about many things, spread over the sample communities."""

import json
import random
from datetime import UTC, datetime

from buurtsein_events.codec import encode
from buurtsein_events.envelope import Event
from buurtsein_events.reports import ReportReceived
from buurtsein_events.topics import TYPE_OF_DATA, schema_uri
from buurtsein_events.values import Value
from buurtsein_platform.bench.load import post

KEY = "local-demo-key"
_PLACES = {"haarlemmerbuurt": (52.3825, 4.8880), "overvecht": (52.1180, 5.1080), "woensel": (51.4550, 5.4560)}
_TEXTS = {
    "suspicious": "Man van een jaar of {n}, grijze jas en rugzak, voelt op de parkeerplaats aan autodeuren.",
    "nuisance": "De lantaarnpaal met nummer {n} op de hoek bij het plein is al {n} dagen uit, het is er aardedonker.",
    "idea": "Kunnen er {n} bankjes bij in het parkje achter de school? Dan kunnen ouderen daar even zitten.",
    "urgent": "Brand in de fietsenkelder van flat {n}, veel rook in het trappenhuis. 112 is gebeld.",
}
_KINDS = ("nuisance", "nuisance", "nuisance", "nuisance", "suspicious", "suspicious", "idea", "urgent")


def report(chance: random.Random) -> dict[str, object]:
    """Return a report as the native endpoint takes it."""
    community = chance.choice(list(_PLACES))
    lat, lon = _PLACES[community]
    kind = chance.choice(_KINDS)
    return {
        "type": kind,
        "text": _TEXTS[kind].format(n=chance.randint(2, 99)),
        "community": community,
        "reporter": f"resident-{chance.randint(1, 5000)}",
        "location": {"lat": lat + chance.uniform(-0.004, 0.004), "lon": lon + chance.uniform(-0.004, 0.004)},
    }


def requests(url: str, number: int, *, seed: int) -> list[bytes]:
    """Return POST requests with as many different reports."""
    chance = random.Random(seed)  # noqa: S311
    headers = {"Authorization": f"Bearer {KEY}"}
    return [
        post(f"{url}/v1/reports", json.dumps(report(chance)).encode(), {**headers, "Idempotency-Key": f"{seed}-{n}"})
        for n in range(number)
    ]


def events(number: int, *, seed: int) -> list[tuple[bytes, bytes]]:
    """Return keys and values of as many events on `reports.received`, about 500 bytes each."""
    chance, now = random.Random(seed), datetime.now(UTC)  # noqa: S311
    return [_event(f"{seed}-{n}", report(chance), now) for n in range(number)]


def _event(report_id: str, body: dict[str, object], now: datetime) -> tuple[bytes, bytes]:
    data = ReportReceived.model_validate(
        {**body, "report_id": report_id, "channel": "app", "client": "b", "received_at": now}
    )
    event_type, key = TYPE_OF_DATA[ReportReceived], data.reporter or report_id
    event: Event[Value] = Event(
        id=report_id,
        source="urn:nld:oin:00000000000000000000:systeem:buurtsein-bench",
        type=event_type,
        time=now,
        subject=report_id,
        partitionkey=key,
        dataschema=schema_uri(event_type),
        data=data,
    )
    return key.encode(), encode(event)
