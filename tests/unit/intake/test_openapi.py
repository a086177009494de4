"""The OpenAPI document: every endpoint, with shapes, examples and refusals."""

import json
from typing import Any

from tests.unit.intake.fakes import SECRETS, World


async def test_the_document_describes_every_endpoint() -> None:
    """OpenAPI 3.1, with the shapes of bodies, examples, and problems for every refusal."""
    document = (await World().get("/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    report = document["paths"]["/v1/reports"]["post"]
    assert set(report["responses"]) == {
        *["202", "400", "401", "403", "408", "409", "413", "415", "422", "429", "431", "503"]
    }
    schema = report["requestBody"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/ReportIn"}
    schemas = document["components"]["schemas"]
    assert schemas["ReportIn"]["examples"]
    text = json.dumps(document)
    references = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert references <= set(schemas)
    own = {"/v1/reports", "/v1/web/reports", "/v1/reports/{reference}", "/v1/outcomes", "/v1/form", "/v1/form/{type}"}
    own |= {"/v1/photos", "/v1/web/photos", "/v1/photos/{photo}", "/v1/photos/{photo}/link"}
    own |= {"/v1/receipts/status", "/v1/receipts/answer", "/v1/events", "/v1/channels/email"}
    assert own <= set(document["paths"])


async def test_events_in_binary_mode_are_shown_with_their_headers() -> None:
    """The example of the data alone is no event."""
    operation = (await World().get("/openapi.json")).json()["paths"]["/v1/events"]["post"]
    headers = {each["name"]: each["example"] for each in operation["parameters"]}
    example = operation["requestBody"]["content"]["application/json"]["example"]
    assert (await World().post(json.dumps(example).encode(), "/v1/events", **headers)).status_code == 202


async def test_every_name_in_a_path_has_an_example() -> None:
    """Or a choice of all that it may be."""
    document = (await World(**SECRETS).get("/openapi.json")).json()
    without = [
        (path, parameter["name"])
        for path, operations in document["paths"].items()
        for operation in operations.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "path" and "example" not in parameter and "enum" not in parameter["schema"]
    ]
    assert without == []


async def test_the_document_has_examples_of_what_goes_in_and_out() -> None:
    """Of every endpoint, the webhooks of all providers included; photos have none."""
    document = (await World(**SECRETS).get("/openapi.json")).json()
    schemas = document["components"]["schemas"]

    def shown(content: dict[str, Any]) -> bool:
        schema = content.get("schema", {})
        schema = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        given = {"example", "examples"} & (content.keys() | schema.keys())
        return bool(given) or schema == {"type": "string", "format": "binary"}

    without = [
        (path, method, media_type)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        for part in (operation.get("requestBody", {}), *operation["responses"].values())
        for media_type, content in part.get("content", {}).items()
        if media_type != "multipart/form-data" and not shown(content)
    ]
    assert without == []
