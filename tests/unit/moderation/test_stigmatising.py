"""What is said of groups: hatred in every guise is found, and what only looks like it passes, in both languages."""

from collections.abc import Iterator, Mapping, Sequence

import pytest

from buurtsein_moderation.assess import assess

from . import said_in_dutch, said_in_english
from .given import rules_alone


def _cases(language: str, sentences: Mapping[str, Sequence[str]]) -> Iterator[object]:
    for way, said in sentences.items():
        for number, text in enumerate(said):
            yield pytest.param(language, text, id=f"{language}-{way}-{number}")


def _stigmatises(language: str, text: str) -> bool:
    found = assess(text, rules_alone(), language=language).findings
    return any(each.rule.category == "stigmatising" for each in found)


@pytest.mark.parametrize(("language", "text"), [*_cases("en", said_in_english.HATE), *_cases("nl", said_in_dutch.HATE)])
def test_what_is_said_against_a_group_is_found(language: str, text: str) -> None:
    """Each way of saying it, of groups that have little in common."""
    assert _stigmatises(language, text)


@pytest.mark.parametrize(
    ("language", "text"), [*_cases("en", said_in_english.HARMLESS), *_cases("nl", said_in_dutch.HARMLESS)]
)
def test_what_only_looks_like_it_passes(language: str, text: str) -> None:
    """Kindness, denial, counter-speech, reports of hate and of crime, and words that mean something else."""
    assert not _stigmatises(language, text)
