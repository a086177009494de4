"""Answers on WhatsApp and Messenger, against a small HTTP server that speaks as Meta's Graph API does."""

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from pydantic import SecretStr

from buurtsein_intake.channels.message import Reply
from buurtsein_intake.channels.outgoing import GraphOutbox, messenger, whatsapp
from buurtsein_runtime import metrics
from tests.unit.intake.fakes import settings

YES_NO = Reply(text="Is 112 al gebeld?", choices=(("112-called-yes", "Ja"), ("112-called-no", "Nee")))
TYPES = Reply(text="Wat is daar aan de hand?", choices=tuple((f"type-{n}", f"Soort {n}") for n in range(4)))


@dataclass
class Graph:
    """What the server was sent, and with which statuses it answers: the last one for all that follow."""

    statuses: list[int] = field(default_factory=lambda: [200])
    got: list[tuple[str, str, Any]] = field(default_factory=list)
    url: str = ""
    open: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    graph: ClassVar[Graph]

    def do_POST(self) -> None:
        """Take a message as Meta does, with its shape of answers."""
        graph = self.graph
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        graph.got.append((self.path, self.headers["Authorization"], body))
        graph.open.wait(10)
        status = graph.statuses.pop(0) if len(graph.statuses) > 1 else graph.statuses[0]
        said = {"messages": [{"id": "wamid.x"}]} if status == 200 else {"error": {"code": 131026, "message": "no"}}
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def graph() -> Iterator[Graph]:
    """Return a Graph API that runs."""
    state = Graph()
    state.open.set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"graph": state}))
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v23.0"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield state
    state.open.set()
    server.shutdown()
    server.server_close()


def outbox(graph: Graph, **changes: object) -> GraphOutbox:
    """Return an outbox with tokens for both channels."""
    known: dict[str, object] = {
        "graph_url": graph.url,
        "whatsapp_token": SecretStr("t"),
        "whatsapp_phone_id": "1065",
        "facebook_token": SecretStr("page"),
        "graph_rest_seconds": 0.0,
    }
    return GraphOutbox(settings(**{**known, **changes}))


def counted(channel: str, outcome: str) -> float:
    """Return how many answers had this outcome so far."""
    return float(metrics.REPLIES.labels(channel, outcome)._value.get())


async def test_an_answer_is_posted_as_each_provider_takes_it(graph: Graph) -> None:
    """To its own address, with its own token."""
    sending = outbox(graph)
    before = counted("whatsapp", "sent"), counted("facebook", "sent")
    sending.post("whatsapp", "31612345670", YES_NO)
    await sending.settled()
    sending.post("facebook", "7000", YES_NO)
    await sending.settled()
    await sending.stop()
    assert graph.got == [
        ("/v23.0/1065/messages", "Bearer t", whatsapp("31612345670", YES_NO)),
        ("/v23.0/me/messages", "Bearer page", messenger("7000", YES_NO)),
    ]
    assert (counted("whatsapp", "sent"), counted("facebook", "sent")) == (before[0] + 1, before[1] + 1)


@pytest.mark.parametrize(
    ("statuses", "tries", "outcome"),
    [([500, 429, 200], 3, "sent"), ([503], 3, "failed"), ([400], 1, "failed")],
)
async def test_an_answer_is_tried_again_a_few_times_when_that_may_help(
    graph: Graph, statuses: list[int], tries: int, outcome: str
) -> None:
    """A refusal stays one; either way it is counted."""
    graph.statuses = statuses
    sending, before = outbox(graph), counted("whatsapp", outcome)
    sending.post("whatsapp", "1", Reply(text="Dank je wel"))
    await sending.settled()
    await sending.stop()
    assert (len(graph.got), counted("whatsapp", outcome)) == (tries, before + 1)


async def test_nobody_there_fails_no_one(graph: Graph) -> None:
    """It is counted."""
    sending, before = outbox(graph, graph_url="http://127.0.0.1:9"), counted("facebook", "failed")
    sending.post("facebook", "1", YES_NO)
    await sending.settled()
    await sending.stop()
    assert counted("facebook", "failed") == before + 1


async def test_an_api_that_hangs_holds_nobody_up_and_is_given_up(graph: Graph) -> None:
    """Each try has a bound, and so has what is under way."""
    graph.open.clear()
    sending, before = outbox(graph, graph_seconds=0.1, graph_attempts=1), counted("whatsapp", "failed")
    for _ in range(60):
        sending.post("whatsapp", "1", YES_NO)
    assert counted("whatsapp", "failed") == before + 10
    async with asyncio.timeout(10):
        await sending.settled()
    await sending.stop()
    assert counted("whatsapp", "failed") == before + 60


@pytest.mark.parametrize(
    ("changes", "channels"),
    [
        ({}, {"whatsapp", "facebook"}),
        ({"whatsapp_phone_id": ""}, {"facebook"}),
        ({"whatsapp_token": SecretStr("")}, {"facebook"}),
        ({"facebook_token": SecretStr("")}, {"whatsapp"}),
    ],
)
async def test_a_channel_without_a_token_has_no_answers(
    graph: Graph, changes: dict[str, object], channels: set[str]
) -> None:
    """Then nothing is asked on it."""
    sending = outbox(graph, **changes)
    assert sending.channels == channels
    await sending.stop()


def test_whatsapp_shows_three_choices_as_buttons_and_more_as_a_list() -> None:
    """As the Cloud API takes them."""
    button = whatsapp("1", YES_NO)
    assert button == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "1",
        "type": "interactive",
        "interactive": {
            "type": "button",
            "body": {"text": "Is 112 al gebeld?"},
            "action": {
                "buttons": [
                    {"type": "reply", "reply": {"id": "112-called-yes", "title": "Ja"}},
                    {"type": "reply", "reply": {"id": "112-called-no", "title": "Nee"}},
                ]
            },
        },
    }
    listed: Any = whatsapp("1", TYPES)["interactive"]
    assert (listed["type"], len(listed["action"]["sections"][0]["rows"])) == ("list", 4)


@pytest.mark.parametrize(("chat", "named"), [("31612345670", "to"), ("NL.13491208655302741918", "recipient")])
def test_whatsapp_answers_who_hides_a_number_by_the_business_scoped_id(chat: str, named: str) -> None:
    """Which the Cloud API takes in a field of its own."""
    body = whatsapp(chat, YES_NO)
    assert {name: body[name] for name in ("to", "recipient") if name in body} == {named: chat}


def test_whatsapp_asks_for_a_place_with_its_own_button() -> None:
    """So that the sender need not look for it."""
    asked: Any = whatsapp("1", Reply(text="Waar is het?", place=True))["interactive"]
    assert asked == {
        "type": "location_request_message",
        "body": {"text": "Waar is het?"},
        "action": {"name": "send_location"},
    }


def test_messenger_shows_choices_as_quick_replies() -> None:
    """And a text without choices has none."""
    message: Any = messenger("1", YES_NO)["message"]
    assert message["quick_replies"][0] == {"content_type": "text", "title": "Ja", "payload": "112-called-yes"}
    assert messenger("1", Reply(text="x")) == {
        "recipient": {"id": "1"},
        "messaging_type": "RESPONSE",
        "message": {"text": "x"},
    }
