"""The scripts of intake in a real store: claims and statuses."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from uuid import uuid4

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from buurtsein_events.ids import derive
from buurtsein_events.results import Later
from buurtsein_intake.claims import RedisClaims
from buurtsein_intake.code_store import RedisCodes
from buurtsein_intake.codes import Found
from buurtsein_intake.exchange import Exchange
from buurtsein_intake.idempotency import Claim, Held, Said
from buurtsein_intake.limits import Quota
from buurtsein_intake.scripts import CLAIM_PREFIX, CODE_PREFIX, OPEN, QUOTA_PREFIX, REPORT_PREFIX, WRONG_PREFIX
from buurtsein_intake.status import OutcomeChange, ReportChange
from buurtsein_intake.statuses import Accounts, RedisStatuses
from buurtsein_intake.submissions import Submissions
from buurtsein_runtime.problems import Refused
from buurtsein_runtime.redis import connect
from buurtsein_runtime.settings import Settings
from tests.unit.intake.fakes import NOW, settings

pytestmark = pytest.mark.kafka

CODES = Submissions(settings())
LONG_AGO, SOON = 1_600_000_000_000, 9_000_000_000_000


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Redis]:
    """Return a connection to the tests' store, as intake makes it."""
    client = connect(Settings(redis_url=SecretStr(redis_url)))
    yield client
    await client.aclose()


def claims_in(store: Redis, *, lease_seconds: float = 5.0) -> RedisClaims:
    """Return claims in the tests' store."""
    return RedisClaims(Exchange(store, seconds=2.0, lease_seconds=lease_seconds, status_seconds=60))


def claim(*, body: str = "a", keyed: bool = True, name: str | None = None) -> Claim:
    """Return a claim of a name of its own, unless it is given."""
    return Claim(name or uuid4().hex, body.ljust(32, "0"), str(uuid4()), 60, keyed)


async def test_a_claim_is_taken_once_and_settled(store: Redis) -> None:
    """Meanwhile it runs, afterwards it is done, and another body never gets it."""
    claims, mine = claims_in(store), claim()
    other_body = claim(body="b", name=mine.name)
    retry = mine._replace(event_id=str(uuid4()))
    assert await claims.take(mine) == Held("new", mine.event_id)
    assert await claims.take(retry) == Held("running", mine.event_id)
    assert await claims.take(other_body) == Held("other", mine.event_id)
    await claims.settle(mine, mine.event_id, NOW)
    assert await claims.take(retry) == Held("done", mine.event_id)
    assert await claims.take(other_body) == Held("other", mine.event_id)
    assert 0 < await store.ttl(CLAIM_PREFIX + mine.name) <= 60


async def test_a_released_claim_can_be_taken_at_once_by_the_same_request(store: Redis) -> None:
    """With the id that it had, so that an event which Kafka kept after all is the same event."""
    claims, mine = claims_in(store), claim()
    await claims.take(mine)
    claims.release(mine, mine.event_id)
    assert await claims.take(mine._replace(event_id=str(uuid4()))) == Held("new", mine.event_id)


async def test_a_crashed_claimer_blocks_its_key_for_its_lease_only(store: Redis) -> None:
    """Doing it again is harmless: the id is the same."""
    claims, mine = claims_in(store, lease_seconds=0.2), claim()
    await claims.take(mine)
    assert (await claims.take(mine)).state == "running"
    await asyncio.sleep(0.3)
    assert await claims.take(mine) == Held("new", mine.event_id)


async def test_without_a_key_a_running_twin_is_the_same_report(store: Redis) -> None:
    """Its sender gave no key to wait for, and writing the event again changes nothing."""
    claims, mine = claims_in(store), claim(keyed=False)
    await claims.take(mine)
    assert await claims.take(mine._replace(event_id=str(uuid4()))) == Held("new", mine.event_id)


async def test_many_claims_at_once_get_their_own_answers(store: Redis) -> None:
    """They share calls, also with the ends of earlier ones."""
    claims, mine = claims_in(store), [claim() for _ in range(700)]
    held = await asyncio.gather(*(claims.take(each) for each in mine))
    assert held == [Held("new", each.event_id) for each in mine]
    await asyncio.gather(*(claims.settle(each, each.event_id, None) for each in mine[:350]))
    states = [each.state for each in await asyncio.gather(*(claims.take(each) for each in mine))]
    assert states == ["done"] * 350 + ["running"] * 350


def said(minute: float, words: str) -> Said:
    """Return words that are said at a minute, and count for five."""
    return Said(words, int(minute * 60_000), 300)


async def test_what_is_said_again_within_minutes_is_the_same_report(store: Redis) -> None:
    """Whatever its key is; afterwards that key is done, too, and belongs to its own body."""
    claims, words = claims_in(store), uuid4().hex
    first, again = (claim(body=body)._replace(said=said(n, words)) for n, body in enumerate("ab"))
    assert (await claims.take(first)).state == "new"
    await claims.settle(first, first.event_id, NOW)
    assert await claims.take(again) == Held("done", first.event_id)
    assert await claims.take(again) == Held("done", first.event_id)
    assert (await claims.take(again._replace(fingerprint="c" * 32))).state == "other"


async def test_what_is_said_again_later_or_in_other_words_is_another_report(store: Redis) -> None:
    """By the reports' own clock: the week of a replay does not pass in minutes."""
    claims, words = claims_in(store), uuid4().hex
    for each in (said(0, words), said(0, uuid4().hex), said(5.1, words), said(-5, words)):
        mine = claim()._replace(said=each)
        assert await claims.take(mine) == Held("new", mine.event_id)
        await claims.settle(mine, mine.event_id, NOW)


async def test_what_is_said_again_before_it_is_kept_gets_the_same_id(store: Redis) -> None:
    """So it is written again with it, which changes nothing, also when the first one was never kept."""
    claims, words = claims_in(store), uuid4().hex
    first, again = claim()._replace(said=said(0, words)), claim()._replace(said=said(1, words))
    await claims.take(first)
    assert await claims.take(again) == Held("new", first.event_id)
    claims.release(first, first.event_id)
    third = claim()._replace(said=said(2, words))
    assert await claims.take(third) == Held("new", first.event_id)


async def test_a_bucket_gives_its_burst_and_then_as_fast_as_it_fills(store: Redis) -> None:
    """Who gets no token claims nothing, and is told how long the next one takes."""
    claims, quota = claims_in(store), Quota(f"client:{uuid4()}", 5.0, 3)
    mine = [claim()._replace(quota=quota) for _ in range(5)]
    held = await asyncio.gather(*(claims.take(each) for each in mine))
    assert [each.state for each in held] == ["new"] * 3 + ["limited"] * 2
    assert 0 < held[3].wait_ms <= 200
    assert not await store.exists(CLAIM_PREFIX + mine[3].name)
    await asyncio.sleep(held[3].wait_ms / 1000)
    assert (await claims.take(mine[3])).state == "new"
    assert (await claims.take(mine[4])).state == "limited"


async def test_tokens_are_taken_without_a_claim_as_well(store: Redis) -> None:
    """Of the same buckets, for requests that nobody has a key for."""
    claims, quota = claims_in(store), Quota(f"address:{uuid4()}", 5.0, 3)
    await claims.take(claim()._replace(quota=quota))
    spent = await asyncio.gather(*(claims.spend(quota) for _ in range(4)), return_exceptions=True)
    assert [type(each) for each in spent] == [type(None)] * 2 + [Refused] * 2


async def test_a_bucket_that_is_full_again_is_forgotten(store: Redis) -> None:
    """So buckets of addresses last no longer than they say something, and one client's bucket is no other's."""
    claims, quota = claims_in(store), Quota(f"address:{uuid4()}", 60 / 3600, 60)
    await claims.take(claim()._replace(quota=quota))
    assert 0 < await store.pttl(QUOTA_PREFIX + quota.bucket) <= 60_000
    assert not await store.exists(f"{QUOTA_PREFIX}address:{uuid4()}")


async def test_a_store_that_is_not_there_is_for_later() -> None:
    """Every method says so in the same way."""
    nowhere = connect(Settings(redis_url=SecretStr("redis://127.0.0.1:9/0")))
    statuses = RedisStatuses(nowhere, status_seconds=60, code=CODES.code_entry)
    calls = (
        claims_in(nowhere).take(claim()),
        claims_in(nowhere).settle(claim(), "x", None),
        RedisCodes(nowhere, wrong=1, status_seconds=1).find("x"),
        statuses.read("x"),
        statuses.accounts(1),
        statuses.apply([OutcomeChange(signal="s", network="police", outcome="x")]),
    )
    for call in calls:
        with pytest.raises(Later, match="redis"):
            await call
    assert "redis" in str(await statuses.problem())


async def open_in(store: Redis, reports: Sequence[str]) -> list[bool]:
    """Return which of the reports are open."""
    return [await store.zscore(OPEN, report) is not None for report in reports]


def accepted(report: str, at: int = LONG_AGO) -> ReportChange:
    """Return the change that a received report makes."""
    return ReportChange(report=report, fields={"received_at": NOW.isoformat()}, accepted=at)


def settled(report: str) -> ReportChange:
    """Return the change that a report's end makes."""
    return ReportChange(report=report, fields={"verdict": "ask"}, settled=True)


async def test_a_report_is_open_from_its_acceptance_to_its_end_in_any_order(store: Redis) -> None:
    """What the request says and what the topics say may cross each other; applying it again changes nothing."""
    statuses, claims = RedisStatuses(store, status_seconds=60, code=CODES.code_entry), claims_in(store)
    early, late, crossed = (str(uuid4()) for _ in range(3))
    for _ in range(2):
        await statuses.apply([accepted(early), settled(late), accepted(late)])
    mine = claim()._replace(event_id=crossed)
    await statuses.apply([settled(crossed)])
    await claims.settle(mine, crossed, NOW)
    assert await open_in(store, [early, late, crossed]) == [True, False, False]
    await statuses.apply([ReportChange(report=early, fields={"verdict": "publish"})])
    assert await open_in(store, [early]) == [True]
    await statuses.apply([settled(early)])
    assert await open_in(store, [early]) == [False]
    kept = await statuses.read(early)
    assert kept
    assert kept.fields["verdict"] == "ask"
    assert 0 < await store.ttl(REPORT_PREFIX + early) <= 60


async def test_open_reports_are_counted_and_so_are_the_overdue(store: Redis) -> None:
    """Since when a report is open is not changed by hearing of it again."""
    statuses = RedisStatuses(store, status_seconds=60, code=CODES.code_entry)
    before = await statuses.accounts(60)
    old, new = str(uuid4()), str(uuid4())
    await statuses.apply([accepted(old), accepted(new, SOON), accepted(old, SOON)])
    assert await statuses.accounts(60) == Accounts(before.open + 2, before.overdue + 1)
    await statuses.apply([settled(old), settled(new)])
    assert await statuses.accounts(60) == before


async def test_outcomes_are_read_for_the_signal_and_its_incident(store: Redis) -> None:
    """The newest of each network stays, whichever came last; a linked duplicate hears of the first report's outcome."""
    statuses = RedisStatuses(store, status_seconds=60, code=CODES.code_entry)
    report, incident = str(uuid4()), str(uuid4())
    own = derive(report, "signal")
    new, old = "2026-10-14T00:00:00.000+00:00 arrested", "2026-10-13T00:00:00.000+00:00 in_progress"
    await statuses.apply(
        [
            OutcomeChange(signal=own, network="police", outcome=new),
            OutcomeChange(signal=own, network="police", outcome=old),
            OutcomeChange(signal=incident, network="municipality", outcome=old),
            ReportChange(report=report, fields={"incident": incident}, settled=True),
        ]
    )
    kept = await statuses.read(report)
    assert kept
    assert (kept.outcomes, kept.incident_outcomes) == ({"police": new}, {"municipality": old})
    assert await statuses.read(str(uuid4())) is None


async def test_a_code_is_known_from_its_acceptance_or_from_the_topics(store: Redis) -> None:
    """By a keyed hash, for as long as a status, and for longer when it is used."""
    claims, statuses = claims_in(store), RedisStatuses(store, status_seconds=60, code=CODES.code_entry)
    codes = RedisCodes(store, wrong=10**6, status_seconds=90)
    mine, other = claim(), str(uuid4())
    entry = CODES.code_entry("demo", mine.event_id)
    await claims.settle(mine, mine.event_id, NOW, entry)
    await statuses.apply([ReportChange(other, {"received_at": NOW.isoformat()}, accepted=LONG_AGO, code_for="web")])
    key = CODE_PREFIX + entry.name
    assert 0 < await store.ttl(key) <= 60
    assert await codes.find(entry.name) == Found(mine.event_id, "demo")
    assert 60 < await store.ttl(key) <= 90
    assert await codes.find(CODES.code_entry("web", other).name) == Found(other, "web")
    await store.zrem(OPEN, mine.event_id, other)


async def test_a_report_that_is_not_anonymous_has_no_code(store: Redis) -> None:
    """Nothing is kept that nobody was told."""
    claims, mine = claims_in(store), claim()
    await claims.settle(mine, mine.event_id, NOW)
    codes = RedisCodes(store, wrong=10**6, status_seconds=90)
    assert await codes.find(CODES.code_entry("demo", mine.event_id).name) is None
    await store.zrem(OPEN, mine.event_id)


async def test_who_guesses_codes_has_to_wait(store: Redis) -> None:
    """Also for a right one, or guessing would go on; the count is of all callers, and it fades."""
    mine = claim()
    entry = CODES.code_entry("demo", mine.event_id)
    await claims_in(store).settle(mine, mine.event_id, NOW, entry)
    for key in await store.keys(f"{WRONG_PREFIX}*"):
        await store.delete(key)
    codes = RedisCodes(store, wrong=3, status_seconds=90)
    assert [await codes.find(uuid4().hex) for _ in range(3)] == [None] * 3
    with pytest.raises(Refused) as refused:
        await codes.find(entry.name)
    assert refused.value.problem.status == 429
    assert 0 < int(refused.value.problem.headers["Retry-After"]) <= 60
    assert all([0 < await store.pttl(key) <= 120_000 for key in await store.keys(f"{WRONG_PREFIX}*")])
    for key in await store.keys(f"{WRONG_PREFIX}*"):
        await store.delete(key)
    assert await codes.find(entry.name) == Found(mine.event_id, "demo")
    await store.zrem(OPEN, mine.event_id)
