"""Signalen's public API over HTTP: what it takes, and how it refuses."""

import json

import pytest

from buurtsein_intake.channels.signalen_categories import slugs_in
from buurtsein_intake.channels.signalen_docs import SignalenAttachment, SignalenSignal
from tests.unit.intake.channels.signalen_client import BASE, BODY, LAMP, UNKNOWN, at, mistakes, post
from tests.unit.intake.fakes import World, reports

REQUIRED = ["This field is required."]


async def test_a_signal_that_is_posted_is_answered_with_what_it_is() -> None:
    """In Signalen's own shape, with 201."""
    world = World()
    answer = await post(world)
    assert answer.status_code == 201
    found = answer.json()
    SignalenSignal.model_validate(found)
    [report] = reports(world)
    assert found["signal_id"] == report.report_id
    assert found["_display"] == found["id_display"] == f"SIG-{found['id']}"
    assert found["status"] == {"state": "OPEN", "state_display": "Open"}
    assert (found["created_at"], found["incident_date_start"]) == ("2026-10-13T02:00:00Z", "2026-10-12T19:14:00Z")


async def test_a_signal_becomes_a_report_with_its_place_and_type() -> None:
    """The address is told from most to least specific."""
    world = World()
    address = {
        "openbare_ruimte": "Haarlemmerdijk",
        "huisnummer": 118,
        "huisletter": "a",
        "huisnummer_toevoeging": "2",
        "postcode": "1013JJ",
        "woonplaats": "Amsterdam",
    }
    await post(world, location=at(4.88858, 52.38252, address=address, stadsdeel="", buurt_code="A01a", other=[]))
    [report] = reports(world)
    assert (report.type, report.channel) == ("nuisance", "signalen")
    assert report.location
    assert (report.location.lon, report.location.lat) == (4.88858, 52.38252)
    assert report.location.address == "Haarlemmerdijk 118a-2, 1013JJ Amsterdam"


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"text": ...}, {"text": REQUIRED}),
        ({"text": " \n"}, {"text": ["This field may not be blank."]}),
        ({"text": "\u200b"}, {"text": ["This field may not be blank."]}),
        ({"text": None}, {"text": ["This field may not be null."]}),
        ({"text": ["x"]}, {"text": ["Not a valid string."]}),
        ({"text": "a" * 3001}, {"text": ["Ensure this field has no more than 3000 characters."]}),
        ({"text_extra": "a" * 10001}, {"text_extra": ["Ensure this field has no more than 10000 characters."]}),
        ({"location": ...}, {"location": REQUIRED}),
        ({"location": {}}, {"location": {"geometrie": REQUIRED}}),
        ({"location": []}, {"location": ["Invalid data. Expected a dictionary, but got list."]}),
        ({"category": ...}, {"category": REQUIRED}),
        ({"reporter": ...}, {"reporter": REQUIRED}),
        ({"reporter": None}, {"reporter": ["This field may not be null."]}),
        ({"reporter": {"email": "nobody"}}, {"reporter": {"email": ["Enter a valid email address."]}}),
        (
            {"reporter": {"phone": "0" * 18}},
            {"reporter": {"phone": ["Ensure this field has no more than 17 characters."]}},
        ),
        ({"reporter": {"sharing_allowed": 3}}, {"reporter": {"sharing_allowed": ["Must be a valid boolean."]}}),
        ({"incident_date_start": ...}, {"incident_date_start": REQUIRED}),
        ({"source": "unheard of"}, {"source": ["Invalid source given, value not known"]}),
        ({"session": "1"}, {"session": ["Must be a valid UUID."]}),
        ({"session": UNKNOWN}, {"session": ["Session matching query does not exist."]}),
        (
            {"status": {}, "priority": {}},
            {"non_field_errors": ["Extra properties present: status, priority"]},
        ),
    ],
)
async def test_a_mistake_is_told_as_signalen_tells_it(changes: dict[str, object], errors: object) -> None:
    """By field, nested as the fields are, in the sentences that clients know."""
    assert await mistakes(**changes) == errors


@pytest.mark.parametrize(
    "location",
    [at(52.38252, 4.88858), at(3.29, 52), at(7.31, 52), at(5, 50.69), at(5, 53.61), at(True, 52)],
    ids=["swapped", "west", "east", "south", "north", "no number"],
)
async def test_a_place_outside_the_netherlands_is_refused(location: object) -> None:
    """Longitude comes first (RFC 7946)."""
    found = await mistakes(location=location)
    assert found == {"location": {"geometrie": ["Location coordinates not within bounding box."]}}


@pytest.mark.parametrize(
    "geometry",
    [None, "", {}, {"type": "Polygon", "coordinates": [5, 52]}, {"type": "Point"}, at("5", "52")["geometrie"]],
)
async def test_a_place_without_a_point_is_refused(geometry: object) -> None:
    """Whatever is there instead."""
    found = await mistakes(location={"geometrie": geometry})
    assert isinstance(found, dict)
    assert list(found["location"]) == ["geometrie"]


@pytest.mark.parametrize("corner", [(3.3, 50.7), (7.3, 53.6)])
async def test_the_corners_of_the_netherlands_are_in_it(corner: tuple[float, float]) -> None:
    """The bounds themselves count."""
    assert (await post(World(), location=at(*corner))).status_code == 201


@pytest.mark.parametrize("when", ["gisteren", "2026-10-12", 5, "0001-01-01T00:00:00Z", "2026-10-12T25:00:00Z"])
async def test_a_time_that_is_none_is_refused(when: object) -> None:
    """For the beginning and the end alike."""
    for name in ("incident_date_start", "incident_date_end"):
        found = await mistakes(**{name: when})
        assert isinstance(found, dict)
        assert found[name][0].startswith("Datetime has wrong format.")


async def test_a_signal_of_a_time_that_has_yet_to_come_shows_when_it_was_made() -> None:
    """The time is not kept, and Signalen knows no signal without one."""
    answer = await post(World(), incident_date_start="2050-01-01T00:00:00Z")
    assert (answer.status_code, answer.json()["incident_date_start"]) == (201, "2026-10-13T02:00:00Z")


async def test_a_time_without_an_offset_is_in_utc() -> None:
    """As in Signalen."""
    answer = await post(World(), incident_date_start="2026-10-12T21:14:00", incident_date_end=None)
    assert answer.json()["incident_date_start"] == "2026-10-12T21:14:00Z"


@pytest.mark.parametrize("extra", [..., None, [], [{"id": "a", "label": "b", "answer": {"id": "c"}}]])
async def test_extra_properties_are_a_list_of_answers_or_nothing(extra: object) -> None:
    """Anything else is refused, also an empty object."""
    assert (await post(World(), extra_properties=extra)).status_code == 201


@pytest.mark.parametrize("extra", [{}, "", [1], [{"id": "a"}]])
async def test_extra_properties_of_another_shape_are_refused(extra: object) -> None:
    """With the name of the field."""
    assert list(dict(await mistakes(extra_properties=extra))) == ["extra_properties"]  # type: ignore[call-overload]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"\xff"])
async def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    """Without a field to name."""
    async with World().call() as client:
        headers = {"Content-Type": "application/json"}
        answer = await client.post(f"{BASE}/signals/", content=body, headers=headers)
    assert answer.status_code == 400
    assert set(answer.json()) <= {"detail", "non_field_errors"}


async def test_half_a_character_is_a_mistake_of_its_field() -> None:
    """Whose sender can mend it."""
    body = json.dumps({**BODY, "reporter": {"email": "\ud83d@example.net"}, "\udd25": "\udd25"}).encode()
    answer = await World().post(body, f"{BASE}/signals/")
    assert (answer.status_code, list(answer.json()["reporter"])) == (400, ["email"])


@pytest.mark.parametrize(
    ("category", "allowed"),
    [
        ({"category_url": f"https://elders.example{BASE}/terms/categories/{LAMP}/"}, True),
        ({"sub_category": f"{BASE}/terms/categories/overig/sub_categories/elders-bekend"}, True),
        ({"sub_category": "", "category_url": f"{BASE}/terms/categories/{LAMP}"}, True),
        ({"sub_category": f"{BASE}/terms/categories/{LAMP}", "category_url": f"{BASE}/terms/categories/{LAMP}"}, False),
        ({}, False),
        ({"sub_category": "lantaarnpaal"}, False),
        ({"sub_category": f"{BASE}/terms/categories/overig"}, False),
        ({"sub_category": f"{BASE}/terms/categories/{LAMP}/../x"}, False),
        ({"sub_category": 12}, False),
    ],
)
async def test_a_category_is_exactly_one_link_to_a_sub_category(category: dict[str, object], allowed: bool) -> None:
    """Of this installation or another one."""
    assert ((await post(World(), category=category)).status_code == 201) is allowed


async def test_the_words_decide_where_a_category_stands_for_no_type() -> None:
    """Such as a category that is not known here, or the one for everything else."""
    world = World()
    await post(world, category={"sub_category": f"{BASE}/terms/categories/elders/sub_categories/onbekend"})
    await post(
        world, text="Iets anders.", category={"sub_category": f"{BASE}/terms/categories/overig/sub_categories/overig"}
    )
    assert [report.type for report in reports(world)] == [None, None]


def test_a_long_link_is_no_link() -> None:
    """And costs no time."""
    assert slugs_in(f"{BASE}/terms/categories/{'a-' * 50_000}") is None


@pytest.mark.parametrize("reporter", [{}, {"email": "", "phone": " "}, {"email": None, "sharing_allowed": None}])
async def test_without_an_address_a_signal_is_anonymous(reporter: dict[str, object]) -> None:
    """Empty texts are no address."""
    world = World()
    await post(world, reporter=reporter)
    assert (reports(world)[0].anonymous, reports(world)[0].reporter) == (True, None)


async def test_an_address_becomes_a_pseudonym_and_is_not_kept() -> None:
    """The same address is the same person."""
    world = World()
    await post(world, reporter={"email": "Mo@example.org", "phone": "0612345671"})
    await post(world, reporter={"email": "mo@example.org"}, text="Nog een lantaarn.")
    one, same = reports(world)
    assert one.reporter
    assert one.reporter == same.reporter
    assert not any(word in repr(world.log.records) + repr(world.filings) for word in ("example.org", "0612345671"))


async def test_what_a_signal_says_is_not_kept_beside_its_status() -> None:
    """Nobody gets it back, so only the times are."""
    world = World()
    await post(world)
    assert BODY["text"] not in repr(world.filings)


async def test_the_same_signal_within_minutes_is_one_report() -> None:
    """And has the same number and moment."""
    world = World()
    first = await post(world)
    world.later(minutes=3)
    assert (await post(world)).json() == first.json()
    assert len(reports(world)) == 1


async def test_every_endpoint_is_documented_with_an_example() -> None:
    """What the document shows is taken and given."""
    document = (await World().get("/openapi.json")).json()
    paths = {path: methods for path, methods in document["paths"].items() if path.startswith(BASE)}
    signal = f"{BASE}/signals/{{signal_id}}"
    assert set(paths) == {f"{BASE}/signals/", signal, f"{signal}/attachments", f"{BASE}/terms/categories/"}
    for methods in paths.values():
        for method in methods.values():
            shown = [each["content"]["application/json"].keys() for each in method["responses"].values()]
            assert all(keys & {"example", "examples"} for keys in shown)
    posting = paths[f"{BASE}/signals/"]["post"]
    example = posting["requestBody"]["content"]["application/json"]["schema"]["example"]
    assert (await post(World(), **example)).status_code == 201
    attached = paths[f"{signal}/attachments"]["post"]["responses"]["201"]["content"]["application/json"]["example"]
    SignalenAttachment.model_validate(attached)
    SignalenSignal.model_validate(posting["responses"]["201"]["content"]["application/json"]["example"])
    references = {part.split('"')[0] for part in json.dumps(document).split('"#/components/schemas/')[1:]}
    assert references <= set(document["components"]["schemas"])
