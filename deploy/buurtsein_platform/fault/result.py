"""What a run of the fault suite showed, and whether the promise held."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from buurtsein_events.accounting import Account, Ledger
from buurtsein_platform.dlq_reader import reading
from buurtsein_platform.fault.clients import Books
from buurtsein_platform.fault.plan import every_kind
from buurtsein_platform.fault.tally import TOPICS, Findings, Tally

STANDSTILL_LIMIT: Final = 30.0
"""Seconds for which a partition may stand still after the last fault."""

_SHOWN: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything that was counted in one run; times are seconds."""

    reports: int
    books: Books
    findings: Findings
    account: Account
    faults: Mapping[str, int]
    poison: int
    longest_pause: float
    standstill: float
    stands_at: str
    settled: bool

    @property
    def lost(self) -> int:
        """The number of accepted reports, and of what had to follow from them, that are nowhere."""
        return max(len(self.findings.lost), self.account.count("lost"))

    @property
    def duplicated(self) -> int:
        """The number of events, ends and items that are there more than once."""
        return max(len(self.findings.duplicated), self.account.count("twice"))

    @property
    def well(self) -> bool:
        """Whether the promise held."""
        return not any(self.complaints())

    def complaints(self) -> Iterator[str]:
        """Yield a line for each thing that is not as promised."""
        yield from self.books.problems
        yield from (*self.findings.lost, *self.findings.duplicated, *self.findings.wrong)
        yield from (f"{fault.kind}: {fault.what} at {fault.where}: {fault.detail}" for fault in self.account.faults)
        yield from self._omissions()

    def _omissions(self) -> Iterator[str]:
        if len(self.books.accepted) != self.reports:
            yield f"{self.reports} reports were sent and {len(self.books.accepted)} accepted"
        if self.findings.buried != self.findings.poison or self.findings.poison < self.poison:
            yield f"{self.poison} bad records were written, {self.findings.buried} became dead letters as they should"
        if self.standstill > STANDSTILL_LIMIT:
            yield f"{self.stands_at} stood still for {self.standstill:.0f} s after the last fault"
        if not self.settled:
            yield "not everything came to its end in time after the last fault"
        if missing := every_kind() - self.faults.keys():
            yield f"some faults did not hit: {', '.join(sorted(missing))}"


def verify(bootstrap: str, accepted: Iterable[str]) -> tuple[Findings, Account]:
    """Read the topics from their beginnings and count, in two ways."""
    tally, ledger = Tally(), Ledger()
    with reading(bootstrap) as reader:
        for topic in dict.fromkeys((*TOPICS, *ledger.topics)):
            for seen in reader.read(topic):
                tally.add(seen)
                if topic in ledger.topics:
                    ledger.add(seen)
    return tally.findings(frozenset(accepted)), ledger.account()


def rows(result: Result) -> Iterator[tuple[str, str]]:
    """Yield the table of a result."""
    findings, books = result.findings, result.books
    yield "accepted", f"{len(books.accepted):,} of {result.reports:,} sent"
    yield "terminal", f"{findings.terminal:,}"
    yield "", ", ".join(f"{end} {number:,}" for end, number in sorted(findings.ends.items()))
    yield "lost", f"{result.lost}"
    yield "duplicated", f"{result.duplicated}"
    yield "dead-lettered as expected", f"{findings.buried} of {findings.poison}"
    yield "digests", f"{findings.digests:,}, no news twice to a reader" if result.duplicated == 0 else "see above"
    yield "retries, repeats", f"{books.retries:,} until accepted, {books.repeats:,} although accepted"
    yield "faults", f"{sum(result.faults.values())}"
    yield from _faults(result.faults)
    yield "longest pause", f"{result.longest_pause:.1f} s in which nothing came out"
    yield "after the last fault", f"{result.standstill:.1f} s in which one partition stood still"


def _faults(faults: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    by_act: dict[str, list[str]] = {}
    for kind, number in sorted(faults.items()):
        act, _, program = kind.rpartition(" ")
        by_act.setdefault(act, []).append(f"{program} {number}")
    for act, programs in by_act.items():
        yield "", f"{act}: {', '.join(programs)}"


def told(result: Result) -> list[str]:
    """Return the first complaints, and how many more there are."""
    lines = list(result.complaints())
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([f"… and {more} more"] if more > 0 else [])]
