"""A small service on the runtime, for the tests of the runtime: it counts the reports of each client."""

import os
import sys
from datetime import datetime, timedelta

from buurtsein_events.envelope import Event
from buurtsein_events.reports import MemberNotice, ReportReceived
from buurtsein_events.results import Decision, Emit, Forget, Never, Remember, State
from buurtsein_events.values import Message, Value
from buurtsein_runtime.settings import StageSettings
from buurtsein_runtime.stage import Stage, Timer
from buurtsein_runtime.worker import run

RUN = os.environ.get("PROBE_RUN", "probe")
SOURCE, OUT, DIGESTS = f"{RUN}.in", f"{RUN}.out", f"{RUN}.digests"
CLIENTS = tuple(f"client-{number}" for number in range(5))
EVERY = timedelta(seconds=1)


def report(event: Event[Value]) -> ReportReceived:
    """Return the report in an event."""
    if not isinstance(event.data, ReportReceived):
        raise Never("not_a_report", event.type)
    return event.data


def decide(event: Event[Value], state: State, now: datetime) -> Decision:
    """Tell each report how many earlier ones its client sent; some reports can't be decided."""
    data = report(event)
    if data.text == "bug":
        raise KeyError("a defect")
    if data.text == "never":
        raise Never("unwanted", "the report says so")
    earlier = sum(at < event.time.timestamp() for at in state[data.client].values())
    return Decision(
        "counted",
        (Emit(OUT, data.client, data.report_id, "count", notice(data.report_id, data.client, earlier)),),
        (Remember(data.client, event.id, event.time, timedelta(days=1)),),
    )


def due(owner: str, state: State, since: datetime, until: datetime) -> Decision:
    """Tell each client which reports were counted since the last time."""
    facts = tuple(sorted(state[owner]))
    if not facts:
        return Decision("nothing")
    emits = tuple(Emit(DIGESTS, owner, fact, fact, notice(fact, owner, len(facts))) for fact in facts)
    return Decision("told", emits, tuple(Forget(owner, fact) for fact in facts))


def notice(report_id: str, member: str, number: int) -> MemberNotice:
    """Return a notice that carries a number."""
    text = Message(nl="geteld", en="counted")
    return MemberNotice(report_id=report_id, member=member, channel="app", step="note", strikes=number, message=text)


def stage(*, timed: bool) -> Stage:
    """Return the stage, with its timer if it is `timed`."""
    timer = Timer(topic=SOURCE, every=EVERY, owners=lambda: CLIENTS, keys=lambda owner: (owner,), decide=due)
    return Stage(
        name=RUN,
        sources=(SOURCE,),
        decide=decide,
        keys=lambda event: (report(event).client,),
        timer=timer if timed else None,
    )


if __name__ == "__main__":
    timed = "timed" in sys.argv
    sys.argv = sys.argv[:1]
    run(settings=StageSettings(), stages=(stage(timed=timed),))
