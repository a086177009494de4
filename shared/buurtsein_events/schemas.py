"""The JSON Schemas of the events (draft 2020-12), generated from their models."""

import json
from typing import Final

from pydantic import BaseModel, JsonValue
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from buurtsein_events.envelope import Event
from buurtsein_events.topics import EVENTS, EventContract
from buurtsein_events.values import Value

Schema = dict[str, JsonValue]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
ENVELOPE_URI: Final = "urn:buurtsein:schema:envelope:v1"


class _WithoutTitles(GenerateJsonSchema):
    """Leaves out the titles of fields, which only repeat their names."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        """Return false for every field."""
        return False


def data_schema(contract: EventContract) -> Schema:
    """Return the schema of an event's data; its `$id` is the `dataschema` of the event."""
    return _headed(contract.schema, contract.summary, contract.data.model_json_schema(schema_generator=_WithoutTitles))


def envelope_schema() -> Schema:
    """Return the schema of the envelope that every event has; `data` has its own."""
    schema = {**Event[Value].model_json_schema(schema_generator=_WithoutTitles), "title": "Event"}
    return _headed(ENVELOPE_URI, "The CloudEvents envelope that every event travels in.", schema)


def schema_files() -> dict[str, str]:
    """Return the text of every schema file by its name."""
    schemas = {f"{contract.name}.v1.json": data_schema(contract) for contract in EVENTS}
    return {name: json_text(schema) for name, schema in {**schemas, "envelope.v1.json": envelope_schema()}.items()}


def component_schemas(place: str) -> dict[str, Schema]:
    """Return the schemas of all data models, each on its own, with references below `place`."""
    models: list[type[BaseModel]] = [contract.data for contract in EVENTS]
    _, schema = models_json_schema(
        [(model, "validation") for model in models],
        ref_template=f"{place}/{{model}}",
        schema_generator=_WithoutTitles,
    )
    definitions: dict[str, Schema] = schema["$defs"]
    return definitions


def json_text(value: JsonValue | Schema) -> str:
    """Return JSON as it is committed: indented, in the order of the models, ending with a newline."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _headed(uri: str, description: str, schema: Schema) -> Schema:
    rest = {name: value for name, value in schema.items() if name != "description"}
    return {"$schema": DIALECT, "$id": uri, "title": schema["title"], "description": description, **rest}
