"""The state of a stage in a real store."""

import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from buurtsein_events.results import Change, Forget, Remember
from buurtsein_runtime.facts import EVENT_LIMIT, Claim, FactStore, Redo

pytestmark = pytest.mark.kafka

AT = datetime(2026, 10, 12, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[FactStore]:
    """The facts of a stage of its own."""
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        yield FactStore(redis, f"test-{uuid.uuid4().hex}", seen_seconds=60)


async def facts(store: FactStore, key: str) -> dict[str, float]:
    """Return one set."""
    return (await store.load((), [key])).sets[key]


async def test_what_is_remembered_is_found_with_its_time(store: FactStore) -> None:
    """Facts come back to the fraction of a second."""
    at = AT + timedelta(microseconds=123456)
    await store.apply([Remember("key", "é", at, DAY)])
    assert await facts(store, "key") == {"é": at.timestamp()}


async def test_applying_changes_again_changes_nothing(store: FactStore) -> None:
    """A batch that is decided on again leaves the same facts."""
    changes: list[Change] = [Remember("key", "a", AT, DAY), Remember("key", "b", AT, DAY), Forget("key", "a")]
    await store.apply(changes)
    once = await facts(store, "key")
    await store.apply(changes)
    assert await facts(store, "key") == once == {"b": AT.timestamp()}


async def test_the_last_change_of_a_fact_counts(store: FactStore) -> None:
    """Forgotten and remembered again is remembered."""
    await store.apply([Forget("key", "a"), Remember("key", "a", AT, DAY)])
    assert "a" in await facts(store, "key")


async def test_facts_fade_after_their_time(store: FactStore) -> None:
    """What is older than what a set keeps goes when something is added."""
    await store.apply([Remember("key", "old", AT - 2 * DAY, DAY)])
    await store.apply([Remember("key", "new", AT, DAY)])
    assert set(await facts(store, "key")) == {"new"}


async def test_a_decision_sees_a_bounded_number_of_the_newest_facts(store: FactStore) -> None:
    """A flood of facts does not slow the decisions down without bound."""
    flood = [Remember("key", str(n), AT + timedelta(seconds=n), DAY) for n in range(EVENT_LIMIT + 10)]
    await store.apply(flood)
    found = await facts(store, "key")
    assert len(found) == EVENT_LIMIT
    assert str(EVENT_LIMIT + 9) in found


async def test_only_the_record_that_claimed_an_event_is_first(store: FactStore) -> None:
    """The same record again is first again, another record with the same id is not."""
    claims = [Claim("event", "topic:0:1"), Claim("event", "topic:0:2"), Claim("event", "topic:0:1")]
    assert (await store.load(claims, ())).first == [True, False, True]


async def test_a_replay_of_the_record_that_claimed_an_event_takes_its_place_once(store: FactStore) -> None:
    """The first replay of a failure is first, the second is not, and neither is one of another record."""
    await store.load([Claim("event", "topic:0:1")], ())
    replays = [
        Claim("event", "t:0:7", "topic:0:9"),
        Claim("event", "t:0:8", "topic:0:1"),
        Claim("event", "t:0:9", "topic:0:1"),
    ]
    assert (await store.load(replays, ())).first == [False, True, False]


async def test_what_waits_to_be_changed_is_kept_until_forgotten(store: FactStore) -> None:
    """A redo record comes back as it was written."""
    redo = Redo(AT, (Forget("key", "a"), Remember("key", "b", AT, DAY)))
    await store.write_redo("scope", redo)
    assert await store.read_redo("scope") == redo
    await store.forget_redo("scope")
    assert await store.read_redo("scope") is None


async def test_a_set_is_read_in_parts_from_its_oldest_fact_on(store: FactStore) -> None:
    """In order, with the number of facts in all."""
    await store.apply([Remember("key", str(n), AT + timedelta(seconds=n), DAY) for n in range(5)])
    assert await store.oldest("key", start=1, count=2) == (
        5,
        {str(n): (AT + timedelta(seconds=n)).timestamp() for n in (1, 2)},
    )
    assert await store.oldest("key", start=5, count=2) == (5, {})
    assert await store.oldest("nothing", start=0, count=2) == (0, {})
