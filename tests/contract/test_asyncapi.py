"""The AsyncAPI document names every topic and is accepted by the parser of the AsyncAPI initiative."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import cast

import pytest

from buurtsein_events.asyncapi import document
from buurtsein_events.deadletters import OWN_HEADERS
from buurtsein_events.topics import EVENTS, dead_letter_topic, topics

CHECKER = Path(__file__).parent.parent.parent / "deploy" / "asyncapi"


def part(*path: str) -> dict[str, object]:
    """Return the object at a path in the document."""
    found: object = document()
    for step in path:
        found = cast("dict[str, object]", found)[step]
    return cast("dict[str, object]", found)


@pytest.fixture(scope="module")
def parser() -> Path:
    """Return the directory with the parser, installed on first use; skips where node or the registry is missing."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("the AsyncAPI parser needs node and npm on the path")
    if not (CHECKER / "node_modules" / "@asyncapi" / "parser").exists():
        done = subprocess.run(["npm", "install"], cwd=CHECKER, capture_output=True, text=True, check=False, timeout=120)
        if done.returncode:
            pytest.skip(f"npm cannot install the AsyncAPI parser: {done.stderr.strip()[-200:]}")
    return CHECKER


def parsed(parser: Path, path: Path) -> subprocess.CompletedProcess[str]:
    """Return how the parser ended and what it said about a document."""
    return subprocess.run(
        ["node", "validate.mjs", str(path)], cwd=parser, capture_output=True, text=True, check=False, timeout=60
    )


def test_channels() -> None:
    """Every topic and its dead letters are channels with their partitions and retention."""
    names = [topic.name for topic in topics()]
    assert set(part("channels")) == {*names, *map(dead_letter_topic, names)}
    kafka = part("channels", "reports.received.dlq", "bindings", "kafka")
    assert kafka["topic"] == "reports.received.dlq"
    assert kafka["topicConfiguration"] == {"cleanup.policy": ["delete"], "retention.ms": 28 * 24 * 3600 * 1000}


def test_operations() -> None:
    """Who sends and receives follows from the contracts; a stage may send the dead letters of what it reads."""
    operations = part("operations")
    assert {"intake.send.reports.received", "moderation.receive.reports.received"} <= operations.keys()
    assert {"police.receive.signals.routed.police", "networks.send.signals.outcomes"} <= operations.keys()
    assert {"moderation.send.reports.received.dlq", "operators.receive.reports.received.dlq"} <= operations.keys()
    assert "intake.send.reports.received.dlq" not in operations
    group = part("operations", "routing.receive.reports.moderated", "bindings", "kafka", "groupId")
    assert group["enum"] == ["buurtsein-routing"]


def test_messages() -> None:
    """Every event is a message with its key, payload and examples, and dead letters have their headers."""
    for event in EVENTS:
        message = part("components", "messages", event.name)
        assert len(cast("list[object]", message["examples"])) >= 2
        payload = part("components", "schemas", f"{event.data.__name__}Event", "properties")
        assert payload["data"] == {"$ref": f"#/components/schemas/{event.data.__name__}"}
    assert part("components", "messages", "deadletter", "headers")["required"] == list(OWN_HEADERS)


def test_parser_accepts(parser: Path, tmp_path: Path) -> None:
    """The parser has no error and no warning about the document."""
    path = tmp_path / "asyncapi.json"
    path.write_text(json.dumps(document()), "utf-8")
    done = parsed(parser, path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_parser_refuses(parser: Path, tmp_path: Path) -> None:
    """The parser would say so if an operation named a channel that is not there."""
    path = tmp_path / "asyncapi.json"
    path.write_text(json.dumps(document()).replace('"#/channels/signals.outcomes"', '"#/channels/gone"'), "utf-8")
    done = parsed(parser, path)
    assert done.returncode == 1
    assert "gone" in done.stdout or "$ref" in done.stdout, done.stdout
