"""Drafts in a real store: what is remembered of a conversation, and for how long."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from buurtsein_events.results import Later
from buurtsein_intake.channels.conversation import Draft, Turn
from buurtsein_intake.channels.drafts import ANSWERED_PREFIX, DRAFT_PREFIX, QUIET_PREFIX, Known, RedisDrafts
from buurtsein_intake.exchange import Exchange
from buurtsein_runtime.redis import connect
from buurtsein_runtime.settings import Settings
from tests.unit.intake.fakes import NOW

pytestmark = pytest.mark.kafka

DRAFT = Draft(turns=(Turn(key="k", words="Er ligt glas"),), at=NOW, asked=("112",), pending="112")


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Redis]:
    """Return a connection to the tests' store, as intake makes it."""
    client = connect(Settings(redis_url=SecretStr(redis_url)))
    yield client
    await client.aclose()


def drafts_in(store: Redis) -> RedisDrafts:
    """Return drafts in the tests' store."""
    exchange = Exchange(store, seconds=2.0, lease_seconds=8.0, status_seconds=60)
    return RedisDrafts(exchange, timeout=2.0, seconds=60, quiet_seconds=3600)


async def test_a_draft_is_kept_for_its_time_after_its_last_message(store: Redis) -> None:
    """Each message begins the time anew."""
    drafts, sender = drafts_in(store), uuid4().hex
    assert await drafts.load(sender) == Known()
    await drafts.save(sender, DRAFT, Known())
    await store.expire(DRAFT_PREFIX + sender, 5)
    known = await drafts.load(sender)
    assert known.draft == DRAFT
    later = DRAFT.model_copy(update={"at": NOW + timedelta(minutes=1)})
    await drafts.save(sender, later, known)
    assert (await drafts.load(sender)).draft == later
    assert 5 < await store.ttl(DRAFT_PREFIX + sender) <= 60


async def test_a_draft_that_came_in_between_stays(store: Redis) -> None:
    """Two processes may have a message each of one sender; none overwrites what it has not seen."""
    drafts, sender = drafts_in(store), uuid4().hex
    nothing = await drafts.load(sender)
    assert await drafts.save(sender, DRAFT, nothing)
    assert not await drafts.save(sender, DRAFT.model_copy(update={"language": "en"}), nothing)
    assert (await drafts.load(sender)).draft == DRAFT


async def test_drafts_of_many_senders_at_once_don_t_mix(store: Redis) -> None:
    """They share a call; who was overtaken is told so, and no other."""
    drafts, senders = drafts_in(store), [uuid4().hex for _ in range(3)]
    await drafts.save(senders[1], DRAFT, Known())
    known = await asyncio.gather(*(drafts.load(each) for each in senders))
    assert [each.draft for each in known] == [None, DRAFT, None]
    changed = [DRAFT.model_copy(update={"reference": each}) for each in senders]
    saves = (drafts.save(each, draft, Known()) for each, draft in zip(senders, changed, strict=True))
    assert await asyncio.gather(*saves) == [True, False, True]
    found = [each.draft for each in await asyncio.gather(*(drafts.load(each) for each in senders))]
    assert found == [changed[0], DRAFT, changed[2]]


async def test_who_wants_no_answers_is_remembered_for_long_and_their_draft_is_not(store: Redis) -> None:
    """Until they want them again."""
    drafts, sender = drafts_in(store), uuid4().hex
    await drafts.save(sender, DRAFT, Known())
    await drafts.quieten(sender, True)
    assert await drafts.load(sender) == Known(None, "", True)
    assert await store.ttl(QUIET_PREFIX + sender) > 60
    await drafts.quieten(sender, False)
    assert await drafts.load(sender) == Known()


async def test_a_message_that_is_no_report_is_answered_once_a_day(store: Redis) -> None:
    """However often the provider sends it."""
    drafts, message = drafts_in(store), uuid4().hex
    assert [await drafts.first(message) for _ in range(3)] == [True, False, False]
    assert 0 < await store.ttl(ANSWERED_PREFIX + message) <= 24 * 3600


async def test_a_draft_of_another_release_is_none(store: Redis) -> None:
    """And can be overwritten."""
    drafts, sender = drafts_in(store), uuid4().hex
    await store.set(DRAFT_PREFIX + sender, '{"shape": "old"}', ex=60)
    known = await drafts.load(sender)
    assert known.draft is None
    await drafts.save(sender, DRAFT, known)
    assert (await drafts.load(sender)).draft == DRAFT


async def test_a_store_that_is_not_there_is_for_later() -> None:
    """Every method says so in the same way."""
    drafts = drafts_in(connect(Settings(redis_url=SecretStr("redis://127.0.0.1:9/0"))))
    for call in (drafts.load("x"), drafts.save("x", DRAFT, Known()), drafts.quieten("x", True)):
        with pytest.raises(Later, match="redis"):
            await call
