"""Reports that wait for a coordinator, and what a decision about them says."""

from datetime import timedelta

from buurtsein_events.reports import MemberNotice, ReportModerated
from buurtsein_events.results import Decision, Remember
from buurtsein_events.topics import MEMBER_NOTICES, REPORTS_MODERATED
from buurtsein_events.values import Verdict
from buurtsein_moderation.engine import Engine

from .given import NOON, World, days, emitted, engine, report, rule

HELD = "you fool, call me on 06-12345678"
LATER = NOON + timedelta(hours=2)


def rules(verdict: Verdict = "hold") -> Engine:
    """Return an engine with one rule, which gives a strike."""
    return engine(rule(verdict=verdict))


def held(earlier_strikes: int = 0, verdict: Verdict = "hold", **changes: object) -> World:
    """Return a world with one report that was not published, and a member with strikes from before."""
    world = World(rules(verdict))
    world.state["strikes:wo-07"] = {f"earlier-{n}": (NOON - days(n + 1)).timestamp() for n in range(earlier_strikes)}
    world.read(report(HELD, **changes))
    return world


def revised(decision: Decision) -> ReportModerated | None:
    """Return the report as it was decided on anew."""
    emit = emitted(decision, REPORTS_MODERATED)
    if emit is None:
        return None
    assert isinstance(emit.data, ReportModerated)
    return emit.data


def told(decision: Decision) -> MemberNotice:
    """Return what the member is told."""
    emit = emitted(decision, MEMBER_NOTICES)
    assert emit is not None
    assert isinstance(emit.data, MemberNotice)
    return emit.data


def strikes(world: World) -> int:
    """Return how many strikes the next report of the member would meet."""
    notice = told(world.read(report("you fool", report_id="next"), NOON + days(1), cause="next"))
    return notice.strikes - 1


def appealed(world: World) -> World:
    """Return the world after the author appealed."""
    decision = world.act("appeal", NOON + timedelta(minutes=5), by=None, message="Ik bedoelde de hond.")
    assert (decision.outcome, decision.emits) == ("appeal", ())
    return world


def kept(decision: Decision, key: str) -> Remember:
    """Return how a decision keeps a fact in a set."""
    (found,) = [change for change in decision.changes if isinstance(change, Remember) and change.key == key]
    return found
