"""Open311 GeoReport v2 over HTTP: every rule of the standard that clients count on."""

import json
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from buurtsein_events.values import ReportType
from buurtsein_intake.channels.open311_docs import ANSWERS
from tests.unit.intake.channels.open311_client import BASE, FORM, UNKNOWN, as_xml, errors, file, filed, get, post
from tests.unit.intake.fakes import World, reports


async def test_a_client_finds_the_api_by_discovery() -> None:
    """With all the fields that the standard requires, in both formats."""
    found = (await get(World(), "discovery.json")).json()
    assert found["endpoints"][0]["url"] == "https://b.example/open311/v2"
    assert found["endpoints"][0]["formats"] == ["text/xml", "application/json"]
    root = as_xml(await get(World(), "discovery.xml"))
    assert root.findtext("endpoints/endpoint/formats/format") == "text/xml"


async def test_the_types_of_report_are_the_services() -> None:
    """In the same order and words in both formats."""
    found = (await get(World(), "services.json")).json()
    assert [each["service_code"] for each in found] == list(get_args(ReportType))
    assert all(each["metadata"] is True and each["type"] == "realtime" for each in found)
    root = as_xml(await get(World(), "services.xml"))
    assert [each.text for each in root.iterfind("service/service_name")] == [each["service_name"] for each in found]


async def test_the_questions_of_the_form_are_the_attributes_of_a_service() -> None:
    """Those about 112 first; what the form advises comes before them, as something that is only told."""
    attributes = (await get(World(), "services/suspicious.json")).json()["attributes"]
    assert [each["order"] for each in attributes] == list(range(1, len(attributes) + 1))
    assert [each["variable"] for each in attributes[:2]] == [False, True]
    assert "112" in attributes[0]["description"]
    codes = [each["code"] for each in attributes[1:]]
    assert codes[:4] == ["police_called", "called_by", "happening_now", "occurred_at"]
    assert {"persons.clothing", "vehicles.plate"} <= set(codes)
    assert len(set(codes)) == len(codes)


async def test_attributes_are_told_in_the_language_that_is_asked_for() -> None:
    """By Accept-Language, since the standard has no other way to ask."""
    async with World().call() as client:
        answer = await client.get(f"{BASE}/services/idea.json", headers={"Accept-Language": "en"})
    assert answer.json()["attributes"][0]["description"] == "Has 112 been called?"


@pytest.mark.parametrize("name", ["discovery", "services", "definition", "requests", "request", "token", "post"])
async def test_an_answer_has_the_shape_that_the_document_shows(name: str) -> None:
    """The same for the example in the document, so that neither lags behind."""
    world = World()
    reference = await filed(world)
    paths = {"definition": "services/urgent", "request": f"requests/{reference}", "token": f"tokens/{reference}"}
    query = {"api_key": "test-key"} if name == "requests" else {}
    answer = await file(world) if name == "post" else await get(world, f"{paths.get(name, name)}.json", **query)
    _, model, several, example = ANSWERS[name]
    shape: TypeAdapter[Any] = TypeAdapter(list[model] if several else model)  # type: ignore[valid-type]
    assert answer.json() != []
    for content in (answer.json(), example):
        shape.validate_python(content)


async def test_a_request_that_is_filed_is_answered_with_its_reference() -> None:
    """With 200, as the standard names no other status, and with a notice."""
    answer = await file(World())
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    [found] = answer.json()
    assert set(found) == {"service_request_id", "service_notice", "account_id"}


async def test_a_request_is_filed_in_xml() -> None:
    """XML is what the standard requires."""
    world = World()
    root = as_xml(await post(world, "xml", {}))
    assert root.findtext("request/service_request_id") == reports(world)[0].report_id


@pytest.mark.parametrize(
    ("changes", "calls"),
    [
        ({"service_code": "urgent"}, True),
        ({"attribute[happening_now]": "true"}, True),
        ({"service_code": "urgent", "attribute[police_called]": "ja"}, False),
        ({"service_code": "urgent", "description": "Brand in de kelder, 112 is gebeld."}, False),
        ({}, False),
    ],
)
async def test_the_notice_says_to_call_112_unless_someone_did(changes: dict[str, str], calls: bool) -> None:
    """Where something urgent happens and nobody says that 112 was called."""
    [found] = (await file(World(), **changes)).json()
    assert ("112" in found["service_notice"]) is calls


async def test_attributes_fill_the_fields_of_the_report() -> None:
    """Codes are the fields' own names; a list of values and a single one are the same."""
    world = World()
    await file(
        world,
        service_code="suspicious",
        **{
            "attribute[police_called]": "Ja",
            "attribute[called_by][]": "reporter",
            "attribute[happening_now]": "no",
            "attribute[occurred_at]": "2026-10-13T02:41:00+02:00",
            "attribute[persons.clothing]": "zwarte jas",
            "attribute[vehicles.colour]": "grijs",
            "attribute[SAAR112]": "unknown attributes are ignored",
        },
    )
    [report] = reports(world)
    assert (report.saar.police_called, report.saar.called_by, report.saar.happening_now) == (True, "reporter", False)
    assert report.occurred_at
    assert report.occurred_at.isoformat() == "2026-10-13T00:41:00+00:00"
    assert (report.persons[0].clothing, report.vehicles[0].colour) == ("zwarte jas", "grijs")


async def test_every_attribute_that_cannot_be_read_is_named() -> None:
    """With the values that it takes."""
    wrong = {"attribute[police_called]": "misschien", "attribute[occurred_at]": "gisteren"}
    found = errors(await file(World(), **wrong), 400)
    assert found[0] == "attribute[police_called] must be one of true, false"
    assert found[1].startswith("attribute[occurred_at] must be a date and time with its offset")


async def test_a_form_with_a_file_is_read_like_any_other() -> None:
    """Clients that add a photo send multipart/form-data."""
    world = World()
    async with world.call() as client:
        photo = {"media": ("foto.png", b"\x89PNG" * 100_000, "image/png")}
        answer = await client.post(f"{BASE}/requests.json", data=FORM, files=photo)
    assert answer.status_code == 200
    assert reports(world)[0].text == FORM["description"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'--x\r\nContent-Disposition: form-data; name="api_key"\r\n\r\ntest-key',
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--x--\r\n',
        b"--x\r\n\r\nno name\r\n--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 300 + b"--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"1" * 300_000 + b"\r\n--x--\r\n",
    ],
    ids=["empty", "cut off", "no UTF-8", "no name", "many", "long"],
)
async def test_a_broken_multipart_form_is_refused(body: bytes) -> None:
    """In the shape of the standard, and with what is wrong."""
    async with World().call() as client:
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        answer = await client.post(f"{BASE}/requests.json", content=body, headers=headers)
    assert errors(answer, 400)


async def test_a_form_of_thousands_of_attributes_is_refused() -> None:
    """Cheaply: it is not even split."""
    many = {f"attribute[a{number}]": "x" for number in range(5000)}
    assert errors(await file(World(), **many), 400)


@pytest.mark.parametrize(
    ("changes", "status", "named"),
    [
        ({"api_key": None}, 403, "api_key"),
        ({"api_key": "wrong"}, 403, "api_key"),
        ({"service_code": None}, 400, "service_code was not provided; use one of urgent"),
        ({"service_code": ""}, 400, "service_code was not provided"),
        ({"service_code": "pothole"}, 404, "service_code 'pothole' was not found; use one of urgent"),
        ({"lat": None, "long": None}, 400, "lat and long was not provided"),
        ({"lat": None, "long": None, "address_id": "545483"}, 400, "no address_id is known here"),
        ({"long": None}, 400, "long was not provided"),
        ({"lat": "noord"}, 400, "lat must be a number"),
        ({"lat": "NaN"}, 400, "lat must be a number"),
        ({"lat": "5_2.3"}, 400, "lat must be a number"),
        ({"lat": "9e2"}, 400, "lat and long must be"),
        ({"lat": "91"}, 400, "lat and long must be"),
        ({"description": "a" * 4001}, 400, "description has more than 4000 characters"),
        ({"description": None}, 400, "description was not provided"),
        ({"description": "\u200b"}, 400, "description was not provided"),
    ],
)
async def test_a_mistake_is_named_with_its_cure(changes: dict[str, str | None], status: int, named: str) -> None:
    """With the standard's status, and nothing is kept."""
    world = World()
    [found] = errors(await file(world, **changes), status)
    assert named in found
    assert world.log.records == []


async def test_errors_are_xml_where_xml_is_asked_for() -> None:
    """Also with characters that mean something in XML, and for resources that there are not."""
    root = as_xml(await post(World(), "xml", {"service_code": "<a>&"}))
    assert root.tag == "errors"
    assert root.findtext("error/code") == "404"
    assert "<a>&" in str(root.findtext("error/description"))
    assert as_xml(await get(World(), "nope.html")).findtext("error/code") == "404"
    assert errors(await get(World(), "nope.json"), 404)


@pytest.mark.parametrize(
    "path", ["services/pothole", f"requests/{UNKNOWN}", "requests/abc", f"tokens/{UNKNOWN}", "requests/../x"]
)
async def test_what_is_not_there_is_not_found(path: str) -> None:
    """404, for a service as for a reference."""
    assert errors(await get(World(), f"{path}.json"), 404)


@pytest.mark.parametrize(
    "instead", [{"media_url": "https://photos.example/1.jpg"}, {"attribute[happening_now]": "yes"}]
)
async def test_a_description_may_be_missing_when_there_is_something_else(instead: dict[str, str]) -> None:
    """A photo or an answer says something, too."""
    assert (await file(World(), description=None, **instead)).status_code == 200


async def test_an_address_will_do_for_a_place() -> None:
    """One location parameter is enough."""
    world = World()
    await file(world, lat=None, long=None, address_string="Edisonstraat, Eindhoven")
    assert reports(world)[0].location
    assert reports(world)[0].location.address == "Edisonstraat, Eindhoven"  # type: ignore[union-attr]


async def test_who_files_is_a_pseudonym_and_names_are_not_kept() -> None:
    """The same address in other capitals is the same person; without one nobody is known."""
    world = World()
    await file(world, email="Mo@example.org", first_name="Mohammed")
    await file(world, email="mo@example.org", description="Nog een lantaarn.")
    await file(world, description="Glas op straat.")
    one, same, nobody = reports(world)
    assert one.reporter == same.reporter != nobody.reporter
    assert nobody.reporter is None
    assert not any(word in repr(world.log.records) + repr(world.filings) for word in ("Mohammed", "example.org"))


async def test_the_same_form_within_minutes_is_one_request() -> None:
    """A client that is not sure sends it again."""
    world = World()
    answers = [(await file(world)).content for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(reports(world)) == 1


async def test_another_jurisdiction_is_not_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where the installation has one; otherwise jurisdiction_id is ignored."""
    path = tmp_path_factory.mktemp("open311") / "open311.yaml"
    text = World().settings.open311.read_text("utf-8").replace("jurisdiction: null", "jurisdiction: b.example")
    path.write_text(text, "utf-8")
    world = World(open311=path)
    assert errors(await get(world, "services.json", jurisdiction_id="a.example"), 404)
    assert errors(await file(world, jurisdiction_id="a.example"), 404)
    assert (await get(world, "services.json", jurisdiction_id="b.example")).status_code == 200
    assert (await get(World(), "services.json", jurisdiction_id="a.example")).status_code == 200


async def test_every_endpoint_is_documented_with_an_example_in_both_formats() -> None:
    """What the document shows is what a client can count on."""
    document = (await World().get("/openapi.json")).json()
    paths = {path: methods for path, methods in document["paths"].items() if path.startswith(BASE)}
    assert len(paths) == 12
    for path, methods in paths.items():
        kind = "text/xml" if path.endswith(".xml") else "application/json"
        for method in methods.values():
            assert all({"schema", "example"} <= set(each["content"][kind]) for each in method["responses"].values())
    references = {part.split('"')[0] for part in json.dumps(document).split('"#/components/schemas/')[1:]}
    assert references <= set(document["components"]["schemas"])
