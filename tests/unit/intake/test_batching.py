"""Many small calls as few larger ones."""

import asyncio
from collections.abc import Sequence

import pytest

from buurtsein_events.results import Later
from buurtsein_intake.batching import Batcher


class Doubling:
    """Doubles numbers when it is let, and remembers the batches."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, items: Sequence[int]) -> Sequence[int]:
        """Return the doubles."""
        self.batches.append(list(items))
        await self.gate.wait()
        if 13 in items:
            raise Later("thirteen")
        return [item * 2 for item in items]


async def test_what_comes_in_one_turn_of_the_loop_is_one_call() -> None:
    """Each caller gets its own answer."""
    double = Doubling()
    batcher = Batcher(double)
    assert await asyncio.gather(*(batcher.submit(n) for n in range(5))) == [0, 2, 4, 6, 8]
    assert double.batches == [[0, 1, 2, 3, 4]]


async def test_what_comes_while_a_call_is_under_way_shares_the_next() -> None:
    """One call at a time, and none larger than the limit."""
    double = Doubling()
    double.gate.clear()
    batcher = Batcher(double, limit=2)
    first = batcher.submit(1)
    await asyncio.sleep(0.01)
    rest = [batcher.submit(n) for n in (2, 3, 4)]
    await asyncio.sleep(0.01)
    assert double.batches == [[1]]
    double.gate.set()
    assert await asyncio.gather(first, *rest) == [2, 4, 6, 8]
    assert double.batches == [[1], [2, 3], [4]]


async def test_a_failed_call_fails_its_own_callers_only() -> None:
    """The next batch is tried all the same."""
    batcher = Batcher(Doubling(), limit=1)
    bad, good = batcher.submit(13), batcher.submit(1)
    with pytest.raises(Later, match="thirteen"):
        await bad
    assert await good == 2


async def test_a_caller_that_left_does_not_disturb_the_others() -> None:
    """A cancelled request has no answer to get."""
    batcher = Batcher(Doubling())
    gone, here = batcher.submit(1), batcher.submit(2)
    gone.cancel()
    assert await here == 4
    failed = [batcher.submit(13), batcher.submit(13)]
    failed[0].cancel()
    with pytest.raises(Later):
        await failed[1]
