"""The decision on one report."""

from dataclasses import replace

import pytest

from buurtsein_events.codec import encode
from buurtsein_events.reports import MemberNotice, ReportModerated
from buurtsein_events.results import Count, Never, Remember, State
from buurtsein_events.topics import MEMBER_NOTICES, REPORTS_MODERATED
from buurtsein_moderation import members
from buurtsein_moderation.loading import PACKS
from buurtsein_moderation.reloading import InForce
from buurtsein_moderation.service import stage

from .given import NOON, days, emitted, engine, event, facts, kind, moderation, report, rule

INSULT = "Jij bent echt een sukkel"
LAMP = "De lantaarnpaal bij de brug is uit"


def test_a_good_report_is_published() -> None:
    """One event, keyed by community, and nothing to tell or to remember when its author was thanked lately."""
    thanked = {"thanked:wo-07": {"some-event": (NOON - days(1)).timestamp()}}
    decision = moderation().decide(event(report(LAMP)), thanked, NOON)
    (emit,) = decision.emits
    assert (emit.topic, emit.key, emit.subject, emit.step) == (REPORTS_MODERATED, "woensel", "report-1", "moderated")
    assert isinstance(emit.data, ReportModerated)
    assert (emit.data.verdict, emit.data.type, emit.data.public_text) == ("publish", "nuisance", LAMP)
    assert (emit.data.message, emit.data.appeal, emit.data.step) == (None, None, "none")
    assert (decision.outcome, decision.changes, decision.counts) == ("publish", (), ())
    assert decision.accepted_at == NOON


def test_a_first_good_report_is_thanked_for() -> None:
    """In a notice of its own, which is no step, and not in what the status of the report says."""
    incoming = event(report(LAMP))
    decision = moderation().decide(incoming, {}, NOON)
    moderated, notice = (emit.data for emit in decision.emits)
    assert isinstance(moderated, ReportModerated)
    assert isinstance(notice, MemberNotice)
    assert (notice.step, notice.strikes, notice.appeal, moderated.message) == ("none", 0, None, None)
    assert notice.message.nl.startswith("Dank je wel voor je duidelijke melding!")
    assert decision.changes == (Remember("thanked:wo-07", incoming.id, NOON, days(30)),)


def test_an_insult_is_asked_to_be_said_differently() -> None:
    """The author is told why, what to do and where to appeal; a strike is remembered."""
    incoming = event(report(INSULT))
    decision = moderation().decide(incoming, {}, NOON)
    notice = emitted(decision, MEMBER_NOTICES)
    assert notice is not None
    assert (notice.key, notice.step) == ("wo-07", "notice")
    assert isinstance(notice.data, MemberNotice)
    assert (notice.data.step, notice.data.rule, notice.data.strikes) == ("friendly_request", "nl.quarrel.insult", 1)
    assert notice.data.appeal == "/v1/appeals/report-1"
    assert Remember("strikes:wo-07", incoming.id, NOON, days(90)) in decision.changes
    assert Count("rules", ("nl.quarrel.insult", "ask", "false")) in decision.counts
    assert Count("strikes", ("friendly_request",)) in decision.counts
    assert decision.fields == {"verdict": "ask", "type": "none", "rules": "nl.quarrel.insult"}


def test_links_to_appeal_lead_to_the_service_where_it_is_known() -> None:
    """Else they are paths; a link that is too long for an event is none."""
    for url, link in (("https://b.example/", "https://b.example/v1/appeals/report-1"), ("https://b" + "b" * 90, None)):
        emit = emitted(replace(moderation(), url=url).decide(event(report(INSULT)), {}, NOON), REPORTS_MODERATED)
        assert emit is not None
        assert isinstance(emit.data, ReportModerated)
        assert emit.data.appeal == link


def test_the_finding_names_rule_version_and_span() -> None:
    """As the coordinator will see it."""
    emit = emitted(moderation().decide(event(report(INSULT)), {}, NOON), REPORTS_MODERATED)
    assert emit is not None
    assert isinstance(emit.data, ReportModerated)
    (finding,) = emit.data.findings
    assert (finding.rule, finding.version, finding.category) == ("nl.quarrel.insult", 2, "quarrel")
    assert INSULT[finding.start : finding.end] in INSULT
    assert finding.end > finding.start


@pytest.mark.parametrize(("community", "last"), [("woensel", "removal_proposed"), ("strict", "removed")])
def test_a_member_who_goes_on_climbs_the_ladder(community: str, last: str) -> None:
    """Three offences over a week; an ordinary report in between changes nothing, and is thanked for once."""
    policy, state = moderation(), dict[str, dict[str, float]]()
    steps = []
    for day, text in enumerate([INSULT, LAMP, INSULT, LAMP, INSULT]):
        incoming = event(report(text, community=community), at=NOON + days(day), cause=f"request-{day}")
        decision = policy.decide(incoming, state, NOON)
        notice = emitted(decision, MEMBER_NOTICES)
        steps.append(notice.data.step if notice and isinstance(notice.data, MemberNotice) else None)
        state = facts(decision, state)
    assert steps == ["friendly_request", "none", "firm_request", None, last]
    assert ("removed:wo-07" in state) is (last == "removed")


def test_a_removed_member_is_still_heard() -> None:
    """Held for the coordinator, and at once when it is urgent."""
    state = {"removed:wo-07": {"some-event": (NOON - days(1)).timestamp()}}
    held = moderation().decide(event(report(LAMP)), state, NOON)
    assert held.outcome == "hold"
    assert emitted(held, MEMBER_NOTICES) is not None
    assert (
        moderation().decide(event(report("Brand in de flat, vlammen uit het raam!")), state, NOON).outcome == "publish"
    )


def test_anonymous_senders_get_no_strike_and_no_notice() -> None:
    """The verdict stands, and no facts are asked for."""
    incoming = event(report(INSULT, anonymous=True, reporter=None))
    decision = moderation().decide(incoming, {}, NOON)
    assert (decision.outcome, [change.key for change in decision.changes]) == ("ask", ["case:report-1"])
    assert emitted(decision, MEMBER_NOTICES) is None
    assert moderation().keys(incoming) == ("case:report-1",)


def test_irrelevant_reports_are_declined_without_a_strike() -> None:
    """With a friendly note."""
    decision = moderation().decide(event(report("Goedemorgen allemaal, fijne dag!")), {}, NOON)
    notice = emitted(decision, MEMBER_NOTICES)
    assert (decision.outcome, [change.key for change in decision.changes]) == ("decline", ["case:report-1"])
    assert notice is not None
    assert isinstance(notice.data, MemberNotice)
    assert (notice.data.step, notice.data.strikes) == ("note", 0)


@pytest.mark.parametrize(
    ("community", "area", "key"),
    [
        ("woensel", None, "woensel"),
        (None, "eindhoven/woensel-west", "woensel"),
        ("elsewhere", "eindhoven/woensel-west", "woensel"),
        ("elsewhere", None, "unassigned"),
        (None, None, "unassigned"),
    ],
)
def test_the_key_is_the_community(community: str | None, area: str | None, key: str) -> None:
    """Named, or that of the area, or nobody's."""
    decision = moderation().decide(event(report(LAMP, community=community, area=area)), {}, NOON)
    assert [emit.key for emit in decision.emits if emit.topic == REPORTS_MODERATED] == [key]


def test_a_shadow_rule_is_counted_and_nothing_else() -> None:
    """Metrics show what it would do; there is no strike, no notice, and the log doesn't name it among what applies."""
    decision = moderation(engine(rule(shadow=True))).decide(event(report("you fool")), {}, NOON)
    assert (decision.outcome, decision.fields["rules"], decision.changes) == ("publish", "", ())
    assert emitted(decision, MEMBER_NOTICES) is None
    assert decision.counts == (Count("rules", ("xx.quarrel.fool", "ask", "true")),)


def test_another_event_can_never_be_decided() -> None:
    """It becomes a dead letter."""
    other = MemberNotice.model_validate(
        {"report_id": "r", "member": "m", "channel": "app", "step": "note", "message": {"nl": "x", "en": "x"}}
    )
    with pytest.raises(Never, match="not_a_report"):
        moderation().decide(event(other), {}, NOON)
    assert moderation().keys(event(other)) == ()


def test_what_is_longest_still_fits_in_an_event() -> None:
    """A text that grows by placeholders, a report id as long as allowed, every field filled."""
    text = ("0612345678 " * 400)[:4000]
    incoming = event(report(text + "", report_id="r" * 100, reporter="m" * 100))
    emit = emitted(moderation().decide(incoming, {}, NOON), REPORTS_MODERATED)
    assert emit is not None
    assert isinstance(emit.data, ReportModerated)
    assert len(emit.data.public_text) <= 4000
    assert emit.data.appeal is None
    assert encode(event(emit.data))


def test_the_stage_reads_reports_and_asks_for_the_members_facts() -> None:
    """As the runtime sees the service."""
    own = stage(InForce(moderation(), PACKS, "first"))
    assert (own.name, own.sources) == ("moderation", ("reports.received", "moderation.actions"))
    assert own.keys(event(report(LAMP))) == ("case:report-1", *members.keys("wo-07"))


def test_rules_in_shadow_do_not_crowd_out_those_that_apply() -> None:
    """An event holds twenty findings."""
    crowd = [rule(id=f"xx.shadow.r{number}", shadow=True) for number in range(25)]
    decision = moderation(engine(*crowd, rule())).decide(event(report("what a fool")), {}, NOON)
    moderated = emitted(decision, REPORTS_MODERATED)
    assert moderated is not None
    assert isinstance(moderated.data, ReportModerated)
    assert moderated.data.findings[0].rule == "xx.quarrel.fool"
    assert len(moderated.data.findings) == 20


def test_a_finding_in_shadow_says_so() -> None:
    """Coordinators see which of the rules counted."""
    decision = moderation(engine(rule(shadow=True))).decide(event(report("you fool")), {}, NOON)
    moderated = emitted(decision, REPORTS_MODERATED)
    assert moderated is not None
    assert isinstance(moderated.data, ReportModerated)
    assert [finding.shadow for finding in moderated.data.findings] == [True]


def _notice(text: str, state: State | None = None) -> MemberNotice:
    emit = emitted(
        moderation(engine(rule(), types=(kind(),))).decide(event(report(text)), state or {}, NOON), MEMBER_NOTICES
    )
    assert emit is not None
    assert isinstance(emit.data, MemberNotice)
    return emit.data


def test_a_notice_names_where_the_report_was_made() -> None:
    """Its community, whose language it is read in, and the channel that it goes back over."""
    notice = _notice("you fool")
    assert (notice.community, notice.channel, notice.report_id) == ("woensel", "app", "report-1")


@pytest.mark.parametrize(
    ("text", "settled"), [("you fool", "xx.quarrel.fool"), ("", "completeness"), ("the shed is on fire", None)]
)
def test_a_notice_names_what_settled_the_verdict(text: str, settled: str | None) -> None:
    """A rule, or that the report says too little; thanks have no cause but the report."""
    assert _notice(text).rule == settled


def test_what_happens_now_is_urgent() -> None:
    """As the reporter answered, though the words alone are only suspicious."""
    types = (kind(type="suspicious"),)
    incoming = event(report("it is on fire", saar={"happening_now": True}))
    assert moderation(engine(rule(), types=types)).decide(incoming, {}, NOON).fields["type"] == "urgent"
