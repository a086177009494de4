"""The AsyncAPI 3 document of all topics, generated from the contracts."""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from pydantic import JsonValue

from buurtsein_events.deadletters import DEAD_LETTER_TYPE, OWN_HEADERS, REPLAY_HEADER
from buurtsein_events.examples import Kind, example
from buurtsein_events.schemas import Schema, component_schemas, data_schema, envelope_schema
from buurtsein_events.topics import (
    EVENT_LIMIT,
    EVENTS,
    EventContract,
    TopicContract,
    dead_letter_topic,
    topics,
)

BINDING_VERSION: Final = "0.5.0"
STAGES: Final = ("moderation", "routing", "feedback")
"""The services that read in transactions and write dead letters; their consumer group is `buurtsein-<stage>`."""

_SHOWN: Final[tuple[Kind, ...]] = ("typical", "minimal")
_DEAD_LETTER: Final = "deadletter"
_DESCRIPTION: Final = f"""\
Reports of residents on their way to the organisations that can act on them, and the feedback on its way back.

Every value is a CloudEvents 1.0 event in JSON (structured mode) of at most {EVENT_LIMIT // 1024} KiB. Read with
`isolation.level=read_committed`: what a stage writes and the offset that it read commit in one transaction. Ignore
fields that you don't know; writers only add optional ones. Records with the same key keep their order. A record that
can't be decoded or decided is on `<topic>.dlq` with its bytes, key and headers, and the reason in headers. A record
with the header `{REPLAY_HEADER}` was put back from there."""


def document() -> Schema:
    """Return the whole AsyncAPI document."""
    contracts = topics()
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Buurtsein", "version": "1.0.0", "description": _DESCRIPTION},
        "defaultContentType": "application/cloudevents+json; charset=UTF-8",
        "servers": {
            "kafka": {
                "host": "{bootstrap}",
                "protocol": "kafka",
                "description": "The cluster that BUURTSEIN_KAFKA_BOOTSTRAP names, 4.1 or newer.",
                "variables": {"bootstrap": {"default": "127.0.0.1:9092"}},
            }
        },
        "channels": _channels(contracts),
        "operations": {name: value for topic in contracts for name, value in _operations(topic).items()},
        "components": {"messages": _messages(), "schemas": _schemas()},
    }


def _channels(contracts: Iterable[TopicContract]) -> dict[str, JsonValue]:
    channels: dict[str, JsonValue] = {}
    names = {event.event_type: event for event in EVENTS}
    for topic in contracts:
        event, letters = names[topic.event], dead_letter_topic(topic.name)
        description = f"{event.summary} Its key is {topic.key}."
        channels[topic.name] = _channel(topic, topic.name, event.name, description, topic.retention)
        channels[letters] = _channel(
            topic, letters, _DEAD_LETTER, f"What on {topic.name} could not be decided.", topic.dead_letter_retention
        )
    return channels


def _channel(topic: TopicContract, address: str, message: str, description: str, retention: timedelta) -> JsonValue:
    return {
        "address": address,
        "description": description,
        "servers": [{"$ref": "#/servers/kafka"}],
        "messages": {message: {"$ref": f"#/components/messages/{message}"}},
        "bindings": {
            "kafka": {
                "topic": address,
                "partitions": topic.partitions,
                "topicConfiguration": {
                    "cleanup.policy": ["delete"],
                    "retention.ms": int(retention.total_seconds() * 1000),
                },
                "bindingVersion": BINDING_VERSION,
            }
        },
    }


def _operations(topic: TopicContract) -> dict[str, JsonValue]:
    """Return who sends to and receives from a topic and its dead letters; a stage that reads may send those."""
    message = next(event.name for event in EVENTS if event.event_type == topic.event)
    writers = topic.owner.split(" and ")
    readers = [topic.name.rpartition(".")[2] if reader == "the network" else reader for reader in topic.readers]
    letters, failing = dead_letter_topic(topic.name), [reader for reader in readers if reader != "intake"]
    operations = [
        *(_operation("send", service, topic.name, message) for service in writers),
        *(_operation("receive", service, topic.name, message) for service in readers),
        *(_operation("send", service, letters, _DEAD_LETTER) for service in failing),
        _operation("receive", "operators", letters, _DEAD_LETTER),
    ]
    return dict(operations)


def _operation(action: str, service: str, channel: str, message: str) -> tuple[str, JsonValue]:
    operation: dict[str, JsonValue] = {
        "action": action,
        "summary": f"{service} {action}s {message} {'to' if action == 'send' else 'from'} {channel}",
        "tags": [{"name": service}],
        "channel": {"$ref": f"#/channels/{channel}"},
        "messages": [{"$ref": f"#/channels/{channel}/messages/{message}"}],
    }
    if action == "receive" and service in STAGES:
        group: JsonValue = {"type": "string", "enum": [f"buurtsein-{service}"]}
        operation["bindings"] = {"kafka": {"groupId": group, "bindingVersion": BINDING_VERSION}}
    return f"{service}.{action}.{channel}", operation


def _messages() -> dict[str, JsonValue]:
    messages: dict[str, JsonValue] = {event.name: _message(event) for event in EVENTS}
    header: JsonValue = {"type": "string"}
    messages[_DEAD_LETTER] = {
        "name": DEAD_LETTER_TYPE,
        "title": "Dead letter",
        "summary": "A record that failed: its own value, key and headers, and the reason (CloudEvents binary mode).",
        "contentType": "application/octet-stream",
        "headers": {
            "type": "object",
            "required": list(OWN_HEADERS),
            "properties": dict.fromkeys(OWN_HEADERS, header),
        },
        "payload": {"description": "The bytes of the failed record, whatever they are; null stays null."},
        "bindings": {"kafka": _key("the key of the failed record")},
    }
    return messages


def _message(event: EventContract) -> JsonValue:
    keys = sorted({topic.key for topic in topics() if topic.event == event.event_type})
    return {
        "name": event.event_type,
        "title": event.name,
        "summary": event.summary,
        "headers": {
            "type": "object",
            "properties": {REPLAY_HEADER: {"type": "string", "description": "topic:partition:offset of the failure"}},
        },
        "payload": {"$ref": f"#/components/schemas/{event.data.__name__}Event"},
        "bindings": {"kafka": _key(" or ".join(keys))},
        "examples": [{"name": kind, "payload": json.loads(example(event.name, kind))} for kind in _SHOWN],
    }


def _key(description: str) -> JsonValue:
    return {"key": {"type": "string", "description": description}, "bindingVersion": BINDING_VERSION}


def _schemas() -> dict[str, JsonValue]:
    schemas: dict[str, JsonValue] = dict(component_schemas("#/components/schemas"))
    envelope = envelope_schema()
    for event in EVENTS:
        schemas[f"{event.data.__name__}Event"] = _whole(event, envelope)
    return schemas


def _whole(event: EventContract, envelope: Schema) -> JsonValue:
    """Return the schema of the envelope with the data of one event type in it."""
    properties = envelope["properties"]
    return {
        "type": "object",
        "description": data_schema(event)["description"],
        "required": envelope["required"],
        "properties": {
            **(properties if isinstance(properties, dict) else {}),
            "type": {"const": event.event_type},
            "dataschema": {"const": event.schema},
            "data": {"$ref": f"#/components/schemas/{event.data.__name__}"},
        },
    }
