"""Service requests of Open311 as they are read back and listed."""

from collections.abc import Mapping

import pytest

from tests.unit.intake.channels.open311_client import FORM, UNKNOWN, as_xml, errors, filed, get, stands
from tests.unit.intake.fakes import World

CLOSING = ("arrested", "repaired", "cleaned_up", "resolved", "no_violation")


async def test_a_request_is_read_back_as_it_was_filed() -> None:
    """With what was told, where it is, and when it was asked for."""
    world = World()
    reference = await filed(world, address_string="Haarlemmerdijk 118", media_url="https://photos.example/1.jpg")
    [found] = (await get(world, f"requests/{reference}.json")).json()
    assert found["service_request_id"] == reference
    assert (found["status"], found["service_code"], found["service_name"]) == ("open", "nuisance", "Overlast")
    assert (found["description"], found["address"]) == (FORM["description"], "Haarlemmerdijk 118")
    assert (found["lat"], found["long"]) == (52.38252, 4.88858)
    assert found["media_url"] == "https://photos.example/1.jpg"
    assert found["requested_datetime"] == found["updated_datetime"] == "2026-10-13T02:00:00Z"


async def test_both_formats_say_the_same_of_a_request() -> None:
    """An element for each member, empty where that is nothing."""
    world = World()
    reference = await filed(world)
    [member] = (await get(world, f"requests/{reference}.json")).json()
    element = as_xml(await get(world, f"requests/{reference}.xml")).find("request")
    assert element is not None
    assert {each.tag: each.text for each in element} == {
        name: None if value is None else str(value) for name, value in member.items()
    }


@pytest.mark.parametrize("outcome", CLOSING)
async def test_an_outcome_that_ends_it_closes_a_request(outcome: str) -> None:
    """With what the network said as the note, and when."""
    world = World()
    reference = await filed(world)
    stands(world, reference, outcome, routed="publish", networks="municipality police")
    [found] = (await get(world, f"requests/{reference}.json")).json()
    assert found["status"] == "closed"
    assert found["status_notes"].startswith(("Het is", "Er is"))
    assert (found["agency_responsible"], found["updated_datetime"]) == ("municipality, police", "2026-10-14T09:00:00Z")


async def test_a_declined_request_is_closed_with_the_reason() -> None:
    """Which is what moderation says to the reporter."""
    world = World()
    reference = await filed(world)
    stands(world, reference, verdict="decline", nl="Dit hoort hier niet.", en="This does not belong here.")
    [found] = (await get(world, f"requests/{reference}.json")).json()
    assert (found["status"], found["status_notes"]) == ("closed", "Dit hoort hier niet.")


@pytest.mark.parametrize("outcome", ["in_progress", "under_investigation"])
async def test_a_request_that_is_worked_on_is_open(outcome: str) -> None:
    """And tells until when the reporter hears more."""
    world = World()
    reference = await filed(world)
    stands(world, reference, outcome, routed="publish", promised_at="2026-10-16T02:00:00+00:00")
    [found] = (await get(world, f"requests/{reference}.json")).json()
    assert (found["status"], found["expected_datetime"]) == ("open", "2026-10-16T02:00:00Z")


async def listed(world: World, **query: str) -> list[str]:
    """Return the references in a list."""
    answer = await get(world, "requests.json", **query)
    assert answer.status_code == 200, answer.text
    return [each["service_request_id"] for each in answer.json()]


async def world_of_three() -> tuple[World, list[str]]:
    """Return a world with three requests, a day apart, of which the last is closed, and their references."""
    world = World()
    references: list[str] = []
    for kind in ("idea", "nuisance", "nuisance"):
        references.append(await filed(world, service_code=kind, description=f"De {len(references) + 1}e melding."))
        world.later(days=1)
    stands(world, references[2], "repaired")
    return world, references


async def test_a_key_lists_what_was_filed_with_it_and_nothing_else() -> None:
    """References are capabilities; without a key there is nothing, with a wrong one an error."""
    world, references = await world_of_three()
    assert await listed(world, api_key="test-key") == references[::-1]
    assert await listed(world, api_key="b") == []
    assert await listed(world) == []
    assert errors(await get(world, "requests.json", api_key="wrong"), 403)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"service_code": "idea"}, [0]),
        ({"service_code": "idea,nuisance"}, [2, 1, 0]),
        ({"status": "open"}, [1, 0]),
        ({"status": "closed,open"}, [2, 1, 0]),
        ({"start_date": "2026-10-14T00:00:00Z"}, [2, 1]),
        ({"end_date": "2026-10-14T00:00:00+02:00"}, [0]),
        ({"start_date": "2026-10-14", "end_date": "2026-10-15"}, [1]),
        ({"start_date": "2026-10-16T00:00:00Z", "end_date": "2026-10-01T00:00:00Z"}, []),
        ({"page_size": "2"}, [2, 1]),
        ({"page_size": "2", "page": "2"}, [0]),
        ({"page": "3", "page_size": ""}, []),
    ],
)
async def test_a_list_is_narrowed(query: Mapping[str, str], expected: list[int]) -> None:
    """By service, status, time and page; a blank argument is none."""
    world, references = await world_of_three()
    assert await listed(world, api_key="test-key", **query) == [references[number] for number in expected]


async def test_references_override_every_other_argument() -> None:
    """And need no key; what is unknown is left out."""
    world, references = await world_of_three()
    asked = f"{references[0]},{UNKNOWN},nonsense,{references[2]}"
    assert await listed(world, service_request_id=asked, status="open") == [references[0], references[2]]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-10-01T00:00:00Z"}, 400),
        ({"start_date": "yesterday"}, 400),
        ({"start_date": "0001-01-01T00:00:00+23:00"}, 400),
        ({"status": "pending"}, 400),
        ({"page": "0"}, 400),
        ({"page_size": "1001"}, 400),
        ({"page_size": "\u0663"}, 400),
        ({"service_code": "pothole"}, 404),
        ({"service_request_id": ",".join(map(str, range(1001)))}, 400),
    ],
)
async def test_a_list_that_cannot_be_asked_for_is_refused(query: dict[str, str], status: int) -> None:
    """Naming the argument."""
    [found] = errors(await get(World(), "requests.json", api_key="test-key", **query), status)
    assert next(iter(query)) in found


async def test_a_list_begins_with_the_last_ninety_days() -> None:
    """When no time is asked for."""
    world = World()
    await filed(world)
    world.later(days=91)
    assert await listed(world, api_key="test-key") == []


async def test_a_request_stays_accepted_when_only_its_filing_could_not_be_kept() -> None:
    """Kafka has it; and a status can be read without what was filed."""
    world = World()
    world.filings.down = True
    reference = await filed(world)
    world.filings.down = False
    [found] = (await get(world, f"requests/{reference}.json")).json()
    assert (found["status"], found["description"], found["service_code"]) == ("open", None, None)


async def test_while_a_store_does_not_answer_the_client_is_asked_to_come_back() -> None:
    """In the shape of the standard."""
    world = World()
    reference = await filed(world)
    world.filings.down = True
    answer = await get(world, f"requests/{reference}.json")
    assert errors(answer, 503)
    assert int(answer.headers["retry-after"]) > 0
