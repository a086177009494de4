"""Delivery: to the outbox and to each webhook on its own account, for a bounded time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from buurtsein_events.codec import decode
from buurtsein_events.envelope import Event
from buurtsein_events.results import Later, Never
from buurtsein_events.values import Value
from buurtsein_feedback.delivery import Delivery, decide
from buurtsein_feedback.patience import FIRST_PAUSE, LONGEST_PAUSE, SinkPatience
from buurtsein_feedback.sinks import Sink, Sinks
from buurtsein_feedback.webhooks import WebhookSender, client
from buurtsein_runtime.clock import SystemClock
from tests.unit.feedback.making import MONDAY, OWNERS, event, signal
from tests.unit.feedback.receiver import receiving
from tests.unit.feedback.test_outbox import digest
from tests.unit.feedback.test_webhooks import sink

PATIENCE = 300.0


class Bench:
    """A delivery with a clock that is set by hand."""

    def __init__(self, sender: WebhookSender, directory: Path) -> None:
        self.now = 0.0
        self.directory = directory
        self._sender = sender

    def delivery(self, *sinks: Sink) -> Delivery:
        """Return a delivery to these sinks."""
        return Delivery(
            owners=OWNERS,
            sinks=Sinks(sinks=sinks),
            sender=self._sender,
            directory=self.directory,
            patience=PATIENCE,
            monotonic=lambda: self.now,
        )

    @property
    def files(self) -> list[str]:
        """Return the names of what is in the outbox."""
        return sorted(path.name for path in self.directory.rglob("*.txt"))


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    """A bench whose outbox is empty."""
    async with client() as http:
        yield Bench(WebhookSender(http, SystemClock(), timeout=0.5, allow_private=True), tmp_path / "outbox")


def digest_event(event_id: str = "d-1") -> Event[Value]:
    """Return a digest as it is on its topic."""
    return event(digest(), MONDAY, event_id)


async def test_everything_is_in_the_outbox(bench: Bench) -> None:
    """A digest without a webhook is a file, once however often it is delivered."""
    for _ in range(2):
        await bench.delivery().deliver(digest_event())
    assert bench.files == ["20261012T090000Z-incident-d-1.txt"]


async def test_a_webhook_gets_the_event(bench: Bench) -> None:
    """What arrives is the digest as it is on the topic, in its envelope."""
    async with receiving() as receiver:
        await bench.delivery(sink(receiver.url())).deliver(digest_event())
    assert decode(receiver.requests[0].body) == digest_event()
    assert receiver.requests[0].is_genuine


async def test_readers_of_others(bench: Bench) -> None:
    """A webhook gets the digests of its own readers only."""
    async with receiving() as receiver:
        await bench.delivery(sink(receiver.url(), readers="woensel/*")).deliver(digest_event())
    assert not receiver.requests
    assert bench.files


async def test_a_failing_webhook_is_waited_for(bench: Bench) -> None:
    """A digest waits while its webhook fails, is not sent before the pause is over, and arrives with the same id."""
    async with receiving((503, "retry-after: 7\r\n")) as receiver:
        delivery = bench.delivery(sink(receiver.url()))
        for bench.now in (0.0, 3.0, 6.9):
            with pytest.raises(Later):
                await delivery.deliver(digest_event())
        assert len(receiver.requests) == 1
        bench.now = 7.0
        await delivery.deliver(digest_event())
    assert [each.headers["webhook-id"] for each in receiver.requests] == ["d-1", "d-1"]


async def test_waiting_is_bounded(bench: Bench) -> None:
    """After the bound the digest becomes a dead letter, and the next ones don't wait or ask in between."""
    async with receiving(*[(500, "")] * 3) as receiver:
        delivery = bench.delivery(sink(receiver.url()))
        with pytest.raises(Later):
            await delivery.deliver(digest_event("d-1"))
        bench.now = PATIENCE + 1
        with pytest.raises(Never, match="HTTP 500"):
            await delivery.deliver(digest_event("d-1"))
        with pytest.raises(Never, match="failed for too long"):
            await delivery.deliver(digest_event("d-2"))
        assert len(receiver.requests) == 2
    assert len(bench.files) == 2


async def test_a_webhook_that_recovers(bench: Bench) -> None:
    """One attempt in each pause finds out that it works again; then digests wait for it again."""
    async with receiving((500, ""), (500, ""), (204, ""), (500, "")) as receiver:
        delivery = bench.delivery(sink(receiver.url()))
        with pytest.raises(Later):
            await delivery.deliver(digest_event("d-1"))
        bench.now = PATIENCE
        with pytest.raises(Never):
            await delivery.deliver(digest_event("d-1"))
        bench.now += LONGEST_PAUSE
        await delivery.deliver(digest_event("d-2"))
        with pytest.raises(Later):
            await delivery.deliver(digest_event("d-3"))
    assert len(receiver.requests) == 4


async def test_a_refusal_is_a_dead_letter(bench: Bench) -> None:
    """A digest that the receiver will never take is refused at once; the next one is sent all the same."""
    async with receiving((400, "")) as receiver:
        delivery = bench.delivery(sink(receiver.url()))
        with pytest.raises(Never, match="app: HTTP 400"):
            await delivery.deliver(digest_event("d-1"))
        await delivery.deliver(digest_event("d-2"))
    assert len(receiver.requests) == 2


async def test_who_is_gone_is_not_asked_again(bench: Bench) -> None:
    """After 410 nothing is sent any more; what was for it can be replayed from the dead letters."""
    async with receiving((410, "")) as receiver:
        delivery = bench.delivery(sink(receiver.url()))
        for event_id in ("d-1", "d-2"):
            with pytest.raises(Never):
                await delivery.deliver(digest_event(event_id))
    assert len(receiver.requests) == 1


async def test_each_webhook_on_its_own_account(bench: Bench) -> None:
    """While one webhook is waited for, the others have the digest, once; a refusal of one is not forgotten."""
    async with receiving((503, "")) as slow, receiving() as good, receiving((403, "")) as strict:
        delivery = bench.delivery(sink(slow.url(), "slow"), sink(good.url(), "good"), sink(strict.url(), "strict"))
        with pytest.raises(Later, match="slow"):
            await delivery.deliver(digest_event())
        bench.now = FIRST_PAUSE
        with pytest.raises(Never, match="strict: HTTP 403"):
            await delivery.deliver(digest_event())
    assert (len(slow.requests), len(good.requests), len(strict.requests)) == (2, 1, 1)


async def test_a_disk_that_fails_is_waited_for(bench: Bench) -> None:
    """While the outbox cannot be written nothing is sent, so that the outbox has everything."""
    bench.directory.write_text("in the way", "utf-8")
    async with receiving() as receiver:
        delivery = bench.delivery(sink(receiver.url()))
        with pytest.raises(Later, match="outbox"):
            await delivery.deliver(digest_event())
        bench.directory.unlink()
        await delivery.deliver(digest_event())
    assert len(receiver.requests) == len(bench.files) == 1


def test_the_decision() -> None:
    """A digest is delivered, and what is none can never be."""
    decision = decide(digest_event(), {}, MONDAY)
    assert (decision.outcome, decision.fields["reader"]) == ("delivered", "overvecht/involved")
    assert not decision.emits
    with pytest.raises(Never, match="unexpected_type"):
        decide(event(signal(), MONDAY), {}, MONDAY)


def test_pauses_grow() -> None:
    """Each failure doubles the pause up to the longest; success starts again."""
    patience = SinkPatience(PATIENCE)
    now, pauses = 0.0, []
    for _ in range(8):
        patience.failed(now, 0.0)
        start = now
        while patience.advice(now) != "try":
            now += 1.0
        pauses.append(now - start)
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]
    patience.succeeded()
    patience.failed(now, 0.0)
    assert patience.advice(now) == "wait"
    assert patience.advice(now + FIRST_PAUSE) == "try"


def test_a_receiver_cannot_stop_the_line() -> None:
    """A pause that is asked for counts up to the bound, and no longer."""
    patience = SinkPatience(PATIENCE)
    patience.failed(0.0, 10**9)
    assert patience.advice(PATIENCE - 1) == "wait"
    assert patience.advice(PATIENCE) == "try"
    patience.failed(PATIENCE, 10**9)
    assert patience.advice(PATIENCE + 1) == "give_up"
