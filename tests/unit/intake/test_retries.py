"""A report that is sent again, and one that can not be kept: it is written once, and never accepted before it is."""

from tests.unit.intake.fakes import BODY, KEY, World, is_problem, reports


async def test_the_same_request_gets_the_same_answer_and_is_written_once() -> None:
    """With a key in either form, and without one when it comes soon."""
    world = World()
    with_key = [await world.post(BODY, Idempotency_Key=key) for key in ('"k1"', "k1")]
    without = [await world.post(BODY) for _ in range(2)]
    assert with_key[0].content == with_key[1].content
    assert without[0].content == without[1].content
    assert len(reports(world)) == 2
    world.later(days=1)
    await world.post(BODY + b" ")
    assert len({e.report_id for e in reports(world)}) == 2


async def test_a_key_can_not_be_used_for_another_body() -> None:
    """That is a mistake of the application, and nothing is written."""
    world = World()
    await world.post(BODY, Idempotency_Key="k")
    assert is_problem(await world.post(b'{"text":"Anders"}', Idempotency_Key="k"), 422)
    assert (await world.post(BODY, key="b", Idempotency_Key="k")).status_code == 202
    assert len(reports(world)) == 2


async def test_a_request_that_is_being_worked_on_is_to_be_awaited() -> None:
    """The first answer will come; a second event will not."""
    world = World()
    await world.post(BODY, Idempotency_Key="k")
    [name] = world.claims.held
    world.claims.held[name] = ("running", *world.claims.held[name][1:])
    answer = await world.post(BODY, Idempotency_Key="k")
    assert is_problem(answer, 409)
    assert answer.headers["retry-after"] == "1"


async def test_kafka_down_is_never_accepted_and_the_retry_is() -> None:
    """The key is free again at once, and the report has the same reference then."""
    world = World()
    world.log.down = True
    answer = await world.post(BODY, Idempotency_Key="k")
    assert is_problem(answer, 503)
    assert int(answer.headers["retry-after"]) > 0
    assert "kafka" in answer.json()["detail"]
    world.log.down = False
    assert (await world.post(BODY, Idempotency_Key="k")).status_code == 202
    assert len(reports(world)) == 1


async def test_redis_down_is_never_accepted() -> None:
    """Without a claim, a retry could be written twice."""
    world = World()
    world.claims.down = True
    answer = await world.post(BODY)
    assert is_problem(answer, 503)
    assert "retry-after" in answer.headers
    assert not world.log.records


async def test_redis_lost_after_kafka_kept_the_event_is_accepted() -> None:
    """What Kafka keeps is accepted, whatever Redis can say about it."""
    world = World()
    world.log.after = lambda: setattr(world.claims, "down", True)
    assert (await world.post(BODY)).status_code == 202
    assert len(reports(world)) == 1


async def test_two_keys_are_no_key() -> None:
    """Which of them names the report can't be known."""
    given = [("Authorization", f"Bearer {KEY}"), ("Content-Type", "application/json"), *[("Idempotency-Key", "a")] * 2]
    world = World()
    async with world.call() as caller:
        answer = await caller.post("/v1/reports", content=BODY, headers=given)
    assert is_problem(answer, 400)
    assert answer.json()["type"].endswith("bad-idempotency-key")
    assert reports(world) == []
