"""What a report of something suspicious lacks, when that is asked for, and when it never is."""

import pytest

from buurtsein_events.reports import MemberNotice, ReportModerated
from buurtsein_events.topics import MEMBER_NOTICES, REPORTS_MODERATED
from buurtsein_moderation.assess import assess
from buurtsein_moderation.completeness import Checked, told_in

from .given import NOON, completeness, days, emitted, engine, event, kind, moderation, report, rule, shipped

WHERE = {"lat": 51.45, "lon": 5.45}
_EXAMPLES = {"match": ["zwarte jas"], "not": ["rode jas"]}


def _checked(text: str, **fields: object) -> Checked:
    told = report(text, **fields)
    assessment = assess(text, shipped(), stated=told.type, happening_now=told.saar.happening_now)
    return completeness().check(assessment, told_in(told))


def _moderated(text: str, **fields: object) -> ReportModerated:
    emit = emitted(moderation().decide(event(report(text, **fields)), {}, NOON), REPORTS_MODERATED)
    assert emit is not None
    assert isinstance(emit.data, ReportModerated)
    return emit.data


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Let op, er loopt een lange man met een zwarte jas door de Kerkstraat", ("behaviour",)),
        ("Verdachte jongen met donkere huid bij de school", ("behaviour", "description", "time")),
        ("Pas op voor een vrouw met blond haar en een rode jas", ("behaviour", "place", "time")),
        ("Vreemde man met een baard gezien", ("behaviour", "description", "place", "time")),
        ("Keep an eye out, a tall man in a grey coat is on our street now", ("behaviour",)),
        ("Suspicious guy with a beard near the station", ("behaviour", "description", "time")),
        ("Watch out for a woman with a green jacket and blonde hair", ("behaviour", "place", "time")),
    ],
)
def test_a_person_by_appearance_alone_is_asked_about(text: str, missing: tuple[str, ...]) -> None:
    """The question names exactly what is missing: always what the person did, and the rest as needed."""
    checked = _checked(text)
    assert checked.missing == missing
    assert checked.question is not None


@pytest.mark.parametrize(
    "text",
    [
        "Man voelt aan autodeuren",
        "Verdachte man met zwarte jas gluurt naar binnen",
        "Vannacht is mijn fiets gestolen",
        "Verdachte situatie bij de garageboxen",
        "Vreemd busje in de straat, kenteken VT-913-H",
        "Verdachte man met zwarte pet in de straat, 112 gebeld",
        "Verdachte man met zwarte pet in de straat, kenteken VT-913-H",
        "De lange man met de hoed speelt prachtig viool op de markt",
        "Te koop: zwarte jas, maat L",
        "De straatlantaarn is kapot, let op want er ligt glas",
        "Kunnen we een bankje bij de school plaatsen?",
        "Er vechten twee mannen met een mes op het plein",
        "Suspicious man with a dark coat trying door handles",
        "My bike was stolen last night",
        "A strange van with two men is circling the block",
        "For sale: red coat, size M",
    ],
)
def test_what_tells_enough_or_is_something_else_is_not_asked(text: str) -> None:
    """A crime that is over, a vehicle, what the police know, nuisance and chat go through."""
    assert _checked(text).question is None


@pytest.mark.parametrize("saar", [{"happening_now": True}, {"police_called": True}])
def test_what_happens_now_or_is_with_the_police_is_not_kept_waiting(saar: dict[str, bool]) -> None:
    """However little it tells, the networks get it at once."""
    told = _moderated("Vreemde man met een baard in de straat", type="suspicious", saar=saar)
    assert told.verdict == "publish"


@pytest.mark.parametrize(
    "text",
    [
        "Er voelt iemand aan autodeuren in de Dorpsstraat: man, 20 jaar, 1.80 m, grijs joggingpak, nu richting plein",
        "Two men are trying car doors on Mill Road, one tall, black hoodie, heading to the station",
        "Vannacht is bij ons in de Lindelaan de fiets uit de schuur gestolen",
    ],
)
def test_a_report_with_everything_is_complete(text: str) -> None:
    """So that its author can be praised."""
    assert _checked(text) == Checked(complete=True)


def test_nothing_is_required_of_a_nuisance() -> None:
    """A broken lamp needs no description."""
    assert _checked("De lamp is kapot") == Checked()


def test_an_urgent_report_can_be_complete_but_never_lacks_anything() -> None:
    """It is praised, and never found fault with."""
    full = "Er wordt nu ingebroken in de Kerkstraat, man met zwarte jas, lang, klimt door het raam"
    assert _checked(full) == Checked(complete=True)
    assert _checked("Brand!") == Checked()


def test_the_fields_of_an_app_tell_as_much_as_the_text() -> None:
    """Menus fill in persons, place and time."""
    person = {"behaviour": "voelt aan portieren", "clothing": "zwarte jas", "age": "20-25"}
    told = _checked("Zie beschrijving", type="suspicious", persons=[person], location=WHERE, occurred_at=NOON)
    assert told == Checked(complete=True)


def test_persons_without_behaviour_in_the_fields_are_asked_about() -> None:
    """Clothes and height are appearance, whatever the form they come in."""
    person = {"clothing": "zwarte jas", "height": "1,85 m"}
    told = _checked("Zie beschrijving", type="suspicious", persons=[person], location=WHERE, occurred_at=NOON)
    assert told.missing == ("behaviour",)
    assert told.question is not None


@pytest.mark.parametrize(
    ("vehicle", "missing"),
    [
        ({"plate": "VT-913-H"}, ()),
        ({"colour": "rood", "direction": "richting ring"}, ()),
        ({"colour": "rood"}, ("description",)),
    ],
)
def test_a_vehicle_describes_a_person_too(vehicle: dict[str, str], missing: tuple[str, ...]) -> None:
    """A plate is enough; a colour is one descriptor."""
    told = _checked("Een man gluurt nu naar binnen", vehicles=[vehicle], location=WHERE)
    assert told.missing == missing


def test_where_the_channel_gives_the_place_it_is_not_missing() -> None:
    """The position comes with the message."""
    assert "place" in _checked("Vreemde man met een baard gezien").missing
    assert "place" not in _checked("Vreemde man met een baard gezien", location=WHERE).missing


def test_the_question_names_what_is_missing_in_both_languages() -> None:
    """And nothing else."""
    question = _checked("Verdachte jongen met donkere huid bij de school").question
    assert question is not None
    assert "wat de persoon doet of deed, minstens twee kenmerken" in question.nl
    assert "what the person is doing or did, at least two features" in question.en
    assert "waar het is" not in question.nl


def test_the_author_gets_a_friendly_question_and_no_strike() -> None:
    """A note: it says what to add, and counts for nothing."""
    decision = moderation().decide(event(report("Vreemde man met een baard gezien")), {}, NOON)
    emit = emitted(decision, MEMBER_NOTICES)
    assert emit is not None
    assert isinstance(emit.data, MemberNotice)
    assert (emit.data.step, emit.data.rule, emit.data.next_step) == ("note", "completeness", "edit")
    assert not any(change.key.startswith("strikes:") for change in decision.changes)


def test_what_is_missing_stands_on_the_event() -> None:
    """With the verdict, so that apps can show it."""
    told = _moderated("Vreemde man met een baard gezien")
    assert told.verdict == "ask"
    assert told.missing == ("behaviour", "description", "place", "time")
    assert told.complete is False


def test_an_anonymous_reporter_is_asked_without_a_notice() -> None:
    """There is nobody to send it to; the answer stands with the report."""
    decision = moderation().decide(
        event(report("Vreemde man met een baard gezien", anonymous=True, reporter=None)), {}, NOON
    )
    assert emitted(decision, MEMBER_NOTICES) is None
    assert decision.outcome == "ask"


def test_the_edit_that_tells_it_is_published() -> None:
    """Nothing remains of the question."""
    told = _moderated("Vreemde man met een baard gluurt nu in auto's in de Kerkstraat, zwarte jas", edit_of="report-0")
    assert (told.verdict, told.complete) == ("publish", True)


@pytest.mark.parametrize("name", ["weighed", "no_rule"])
def test_a_type_that_a_rule_says_is_known_whatever_the_rule_is_called(name: str) -> None:
    """Names are for people to read; whether a type is a guess doesn't hang on them."""
    text = "Let op, een lange man met een zwarte jas"
    by_rule = kind(id=name, type="nuisance", matches={"phrases": ["zwarte jas"]}, examples=_EXAMPLES)
    assessment = assess(text, engine(rule(), types=(by_rule,)))
    assert completeness().check(assessment, told_in(report(text))) == Checked()


@pytest.mark.parametrize("text", ["", " ", "\n", "?", ".", "...", "?!", "-", "\u200b", "—"])
def test_who_says_nothing_is_asked_what_they_see(text: str) -> None:
    """Whatever the empty text is made of."""
    moderated = _moderated(text)
    assert (moderated.verdict, moderated.step, moderated.next_step) == ("ask", "note", "edit")
    assert moderated.message is not None
    assert moderated.message.nl.endswith(completeness().nothing.nl)


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "nuisance"},
        {"photos": ("photo-1",)},
        {"saar": {"police_called": True}},
        {"persons": [{"behaviour": "voelt aan deuren"}]},
    ],
)
@pytest.mark.parametrize("text", ["", " ", "."])
def test_a_report_may_say_all_in_its_fields(text: str, fields: dict[str, object]) -> None:
    """An app fills them in, and a photo says enough."""
    assert _moderated(text, **fields).verdict == "publish"


@pytest.mark.parametrize(
    ("text", "thanked"),
    [
        ("Een man gluurt nu naar binnen in de Kerkstraat, zwarte jas, lang", True),
        ("Een man gluurt nu naar binnen", False),
    ],
    ids=["complete", "without a place"],
)
def test_only_a_report_that_says_enough_is_thanked_for(text: str, thanked: bool) -> None:
    """What lacks something is published as it is, and praise would teach that nothing was missing."""
    decision = moderation().decide(event(report(text)), {}, NOON)
    assert (decision.outcome, emitted(decision, MEMBER_NOTICES) is not None) == ("publish", thanked)


def test_a_removed_member_who_says_nothing_is_held() -> None:
    """The coordinator looks at all that they send, and nobody invites them to send more."""
    removed = {"removed:wo-07": {"some-event": (NOON - days(1)).timestamp()}}
    assert moderation().decide(event(report("")), removed, NOON).outcome == "hold"
