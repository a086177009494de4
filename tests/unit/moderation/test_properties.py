"""What holds for every report."""

from hypothesis import given, settings
from hypothesis import strategies as st

from buurtsein_events.reports import ReportModerated
from buurtsein_events.topics import REPORTS_MODERATED

from .given import NOON, days, emitted, event, facts, moderation, report

WORDS = st.sampled_from(
    [
        "jij",
        "sukkel",
        "marokkanen",
        "zijn",
        "allemaal",
        "dieven",
        "te",
        "koop",
        "kat",
        "kwijt",
        "goedemorgen",
        "brand",
        "in",
        "de",
        "flat",
        "vlammen",
        "we",
        "pakken",
        "hem",
        "zelf",
        "knuppel",
        "korting",
        "klik",
        "hier",
        "http://x.example",
        "06-12345678",
        "gestolen",
        "lamp",
        "kapot",
        "voorstel",
        "you",
        "idiot",
        "foreigners",
        "steal",
        "'quoted'",
        '"words"',
        "NL91ABNA0417164300",
        "84-ZPL-2",
        "é",
        "😀",
        "heeeel",
        "ik",
        "ben",
        "geen",
        "racist",
        "maar",
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=200))
TYPES = st.sampled_from([None, "urgent", "suspicious", "nuisance", "idea"])
FACTS = st.dictionaries(
    st.text("abc", min_size=1, max_size=3),
    st.integers(-120, 5).map(lambda day: (NOON + days(day)).timestamp()),
    max_size=5,
)
STATES = st.fixed_dictionaries({"strikes:wo-07": FACTS, "removed:wo-07": FACTS})


@settings(max_examples=60)
@given(TEXTS, TYPES, STATES)
def test_the_same_report_and_facts_give_the_same_decision(
    text: str, stated: str | None, state: dict[str, dict[str, float]]
) -> None:
    """Also when its own strike, or that of a later report, is already there: a batch may be decided on again."""
    policy, incoming = moderation(), event(report(text, type=stated))
    decision = policy.decide(incoming, state, NOON)
    assert policy.decide(incoming, state, NOON + days(3)) == decision
    again = facts(decision, state)
    again["strikes:wo-07"]["a-later-event"] = (NOON + days(1)).timestamp()
    assert policy.decide(incoming, again, NOON) == decision


@settings(max_examples=60)
@given(TEXTS, TYPES, STATES)
def test_urgent_reports_are_never_declined(text: str, stated: str | None, state: dict[str, dict[str, float]]) -> None:
    """Whatever else is in them and whoever sends them."""
    emit = emitted(moderation().decide(event(report(text, type=stated)), state, NOON), REPORTS_MODERATED)
    assert emit is not None
    assert isinstance(emit.data, ReportModerated)
    assert emit.data.verdict != "decline" or emit.data.type != "urgent"
    assert stated != "urgent" or emit.data.type == "urgent"


@settings(max_examples=60)
@given(TEXTS)
def test_spans_lie_inside_the_text_and_hide_what_they_name(text: str) -> None:
    """Findings and redactions alike; what is between redactions is what was there."""
    emit = emitted(moderation().decide(event(report(text)), {}, NOON), REPORTS_MODERATED)
    assert emit is not None
    moderated = emit.data
    assert isinstance(moderated, ReportModerated)
    spans = [(one.start, one.end) for one in moderated.findings]
    spans += [(one.start, one.end) for one in moderated.redactions]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    starts = [one.start for one in moderated.redactions]
    ends = [one.end for one in moderated.redactions]
    kept = [text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)]
    assert all(piece in moderated.public_text for piece in kept)


@given(TEXTS, STATES)
def test_whoever_is_asked_held_or_declined_is_told_why(text: str, state: dict[str, dict[str, float]]) -> None:
    """In both languages, with a way to appeal."""
    decision = moderation().decide(event(report(text)), state, NOON)
    emit = emitted(decision, REPORTS_MODERATED)
    assert emit is not None
    assert isinstance(emit.data, ReportModerated)
    told = emit.data.message is not None and emit.data.appeal is not None and len(decision.emits) == 2
    assert told is (emit.data.verdict != "publish")
