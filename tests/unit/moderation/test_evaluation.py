"""Figures on labelled messages, on inputs small enough to count by hand."""

import pytest

from buurtsein_events.values import Redaction
from buurtsein_moderation.evaluation.groups import GroupFigures, group_figures, held_back
from buurtsein_moderation.evaluation.labelled import GroupSentence, LabelledMessage
from buurtsein_moderation.evaluation.messages import MessageFigures, message_figures
from buurtsein_moderation.evaluation.outcomes import Outcome, outcome
from buurtsein_moderation.evaluation.privacy import PrivacyFigures, privacy_figures
from buurtsein_moderation.evaluation.ratios import Score, Share

from .given import completeness, engine, rule

PUBLISHED = Outcome("publish")


def _message(text: str = "x", **labels: object) -> LabelledMessage:
    content = {"id": "1", "lang": "nl", "text": text, "type": "none", "moderation": "ok"}
    return LabelledMessage.model_validate(content | labels)


def _privacy(text: str, *private: str, hidden: tuple[tuple[int, int], ...] = ()) -> PrivacyFigures:
    redactions = tuple(Redaction(kind="name", start=start, end=end) for start, end in hidden)
    return privacy_figures([(_message(text, privacy=private), redactions)])


@pytest.fixture
def figures() -> MessageFigures:
    """Return the figures on six messages, of which three are about quarrels: found, missed and seen in a good one."""
    quarrel = Outcome("reject", ("quarrel",))
    return message_figures(
        [
            (_message(moderation="quarrel"), quarrel),
            (_message(moderation="quarrel", type="nuisance"), PUBLISHED),
            (_message(note="a curse"), quarrel),
            (_message(), PUBLISHED),
            (_message(type="urgent"), Outcome("review", ("vigilantism",), "urgent")),
            (_message(type="urgent", moderation="spam"), Outcome("reject", ("spam",), "urgent")),
        ]
    )


def test_a_category_is_right_wrong_or_missed(figures: MessageFigures) -> None:
    """One quarrel of each."""
    assert figures.scores["quarrel"] == Score(right=1, wrong=1, missed=1)


def test_precision_recall_and_f1_follow_from_the_counts() -> None:
    """Three right, one wrong, two missed."""
    score = Score(right=3, wrong=1, missed=2)
    assert [score.precision, score.recall, score.f1] == pytest.approx([0.75, 0.6, 2 / 3])


def test_macro_f1_is_the_mean_over_the_categories_that_occur(figures: MessageFigures) -> None:
    """Quarrel 1/2, vigilantism 0, spam 1; the others are neither labelled nor answered."""
    assert figures.macro_f1 == pytest.approx(0.5)


def test_flagged_are_messages_needing_action_that_are_held_back(figures: MessageFigures) -> None:
    """Two of the three."""
    assert figures.flagged == Share(2, 3)


def test_false_alarms_are_counted_among_all_hard_and_urgent_good_messages(figures: MessageFigures) -> None:
    """The hard one has a note."""
    assert figures.false_alarms == {"all": Share(2, 3), "hard": Share(1, 1), "urgent": Share(1, 1)}


def test_urgent_messages_sent_back_are_counted_whatever_is_wrong_with_them(figures: MessageFigures) -> None:
    """The held one is not sent back."""
    assert figures.urgent_declined == Share(1, 2)


def test_types_are_counted_by_label_and_answer(figures: MessageFigures) -> None:
    """The nuisance was taken for nothing to report."""
    assert figures.types == {("none", "none"): 3, ("nuisance", "none"): 1, ("urgent", "urgent"): 2}
    assert figures.type_accuracy == Share(5, 6)


def test_a_private_part_counts_only_when_all_of_it_is_hidden() -> None:
    """Here half of a name stays."""
    assert _privacy("vraag Anna even", "Anna", hidden=((6, 8),)).hidden == Share(0, 1)
    assert _privacy("vraag Anna even", "Anna", hidden=((6, 10),)).hidden == Share(1, 1)


def test_a_private_part_counts_only_when_it_is_hidden_everywhere() -> None:
    """It is named twice."""
    assert _privacy("Anna of Anna", "Anna", hidden=((0, 4),)).hidden == Share(0, 1)


def test_a_private_part_within_a_longer_word_need_not_be_hidden() -> None:
    """An is no part of Anders."""
    assert _privacy("Anders vraag An", "An", hidden=((13, 15),)).hidden == Share(1, 1)


def test_spaces_and_dashes_of_a_private_part_may_stay() -> None:
    """A number may be hidden piece by piece."""
    assert _privacy("bel 06-12 34", "06-12 34", hidden=((4, 6), (7, 9), (10, 12))).hidden == Share(1, 1)


def test_hiding_something_in_a_clean_message_alters_it() -> None:
    """Four characters for nothing."""
    assert _privacy("bel 1122 nu", hidden=((4, 8),)) == PrivacyFigures(Share(0, 0), Share(1, 1), Share(4, 4))


def test_characters_hidden_beside_a_private_part_are_needless() -> None:
    """The word before the name."""
    assert _privacy("mevrouw Bos", "Bos", hidden=((0, 11),)).needless == Share(8, 11)


@pytest.fixture
def groups() -> GroupFigures:
    """Return the figures on four sentences: Dutch hate found, missed, and English harmless ones, one taken for hate."""
    hate, other = Outcome("reject", ("stigmatising",)), Outcome("reject", ("quarrel",))
    sentences = [("nl", True, "slur", hate), ("nl", True, "threat", other), ("en", False, "news", hate)]
    return group_figures([*_pairs(sentences), *_pairs([("en", False, "news", PUBLISHED)])])


def _pairs(rows: list[tuple[str, bool, str, Outcome]]) -> list[tuple[GroupSentence, Outcome]]:
    return [
        (GroupSentence.model_validate({"text": "x", "lang": lang, "hateful": hateful, "kind": kind}), found)
        for lang, hateful, kind, found in rows
    ]


def test_balanced_accuracy_is_the_mean_of_both_rates(groups: GroupFigures) -> None:
    """Half of the hate was found, half of the rest passed."""
    assert (groups.all.hateful, groups.all.harmless) == (Share(1, 2), Share(1, 2))
    assert groups.all.balanced_accuracy == 0.5


def test_rates_are_given_by_language_and_kind(groups: GroupFigures) -> None:
    """A kind has only one of the two rates."""
    assert groups.by_language["nl"].passed == Share(1, 2)
    assert groups.by_kind["slur"].balanced_accuracy == 1.0
    assert groups.by_kind["news"].passed == Share(1, 2)


def test_hate_may_be_held_back_for_another_reason() -> None:
    """A threat is taken for a quarrel."""
    pairs = _pairs([("nl", True, "threat", Outcome("reject", ("quarrel",)))])
    assert group_figures(pairs).all.hateful == Share(0, 1)
    assert group_figures(pairs, held_back).all.hateful == Share(1, 1)


def test_a_share_of_nothing_is_nothing() -> None:
    """And is said without a percentage."""
    assert (Share(0, 0).value, str(Share(0, 0)), str(Share(1, 8))) == (0.0, "0 of 0", "1 of 8 (12.5%)")


def test_an_outcome_is_what_check_would_print_and_what_is_hidden() -> None:
    """Shadow rules do not show."""
    rules = engine(rule(), rule(id="xx.spam.shadow", category="spam", shadow=True))
    found = outcome("what a fool, 06-12345678", "nl", rules, completeness())
    assert (found.decision, found.categories, found.type) == ("reject", ("quarrel",), "none")
    assert [(one.kind, one.start, one.end) for one in found.redactions] == [("phone", 13, 24)]
