"""What holds for digests whatever happens: each item once, the same decision again, small enough to be sent."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from buurtsein_events.codec import encode
from buurtsein_events.communities import Communities, Community
from buurtsein_events.digests import DigestItem
from buurtsein_events.results import Forget, Remember
from buurtsein_feedback.cadence import INVOLVEMENTS, Cadence
from buurtsein_feedback.digests import DigestTimer
from buurtsein_feedback.items import Pending
from buurtsein_feedback.readers import Owners
from tests.unit.feedback.making import CADENCE, HOUR, MONDAY, OWNERS, TABLE, World, digests, event, signal, utc

TIMER = DigestTimer(OWNERS, CADENCE)


@settings(max_examples=50)
@given(
    st.lists(st.integers(0, 50 * 60), max_size=25),
    st.lists(st.integers(1, 30), min_size=1, max_size=20),
    st.data(),
)
def test_every_item_is_told_once(minutes: list[int], steps: list[int], data: st.DataObject) -> None:
    """Whatever the ticks and however often facts are kept again, each involvement is told each item in one digest."""
    roomy = Cadence.model_validate({**TABLE, "max_items": 20})
    world = World(cadence=roomy)
    arrivals = [(utc(12, 8) + timedelta(minutes=each), f"s-{number}") for number, each in enumerate(sorted(minutes))]
    now = utc(12, 8)
    world.start(now)
    done: list[tuple[Forget | Remember, ...]] = []
    for step in [*steps, 4 * 24 * 4]:
        now += step * roomy.tick
        while arrivals and arrivals[0][0] <= now:
            at, name = arrivals.pop(0)
            done.append(world.read(signal(name, at=at), at).changes)
        world.tick(now)
        again = data.draw(st.integers(0, 2 * len(done)))
        world.apply(done[again] if again < len(done) else ())
    world.tick(now + timedelta(days=8))
    for each in INVOLVEMENTS:
        digests_to = world.to(each)
        told = [item.refers_to for digest in digests_to for item in digest.items]
        assert len(told) == len(set(told))
        assert len(told) + sum(digest.more for digest in digests_to) == len(minutes)
        assert [digest.until for digest in digests_to] == sorted({digest.until for digest in digests_to})


@settings(max_examples=30)
@given(st.integers(1, 400))
def test_a_decision_is_the_same_again(quarters: int) -> None:
    """The same facts and boundaries give the same digests and changes, in the same order."""
    world = World(since=utc(12, 8))
    for number in range(8):
        world.read(signal(f"s-{number}", promised_at=MONDAY + HOUR), MONDAY)
    until = utc(12, 8) + quarters * CADENCE.tick
    state = world.load(TIMER.keys("overvecht"))
    mirrored = {key: dict(reversed(list(facts.items()))) for key, facts in state.items()}
    first, second = (TIMER.due("overvecht", each, utc(12, 8), until) for each in (state, mirrored))
    assert digests(first) == digests(second)
    assert set(map(repr, first.changes)) == set(map(repr, second.changes))


def test_the_largest_digest_fits() -> None:
    """Twenty items of the longest names and of texts in the widest characters are no larger than an event may be."""
    long = "A" * 100
    item = DigestItem(
        refers_to=long,
        at=MONDAY,
        severity="normal",
        type="suspicious",
        area=long,
        text="😀" * 400,
        result="under_investigation",
        network=long,
    )
    owners = Owners(Communities(communities=(Community(id="A" * 88, name="A", municipality="m"),)))
    timer = DigestTimer(owners, Cadence.model_validate({**TABLE, "max_items": 20}))
    key = f"digest:{'A' * 88}:involved:incident"
    kept = {Pending(id=f"e-{number}", item=item).fact: MONDAY.timestamp() for number in range(25)}
    (digest,) = digests(timer.due("A" * 88, {key: kept}, utc(12, 8), utc(12, 9)))
    assert (len(digest.items), digest.more) == (20, 5)
    raw = event(digest, MONDAY).model_copy(update={"subject": long, "partitionkey": long})
    assert encode(raw)
