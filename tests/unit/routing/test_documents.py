"""What the documents say about routing is true: their examples are accepted, and what they name is there."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from buurtsein_events.signals import SignalAssigned
from buurtsein_events.values import Category, Level, Severity, SignalType, Verdict
from buurtsein_routing.config import Match, Rule
from tests.unit.routing.given import policy_of

DOCS = Path(__file__).parents[3] / "docs"
RULES = (DOCS / "routing-rules.md").read_text("utf-8")
TOP = """
  coordinator: {role: coordinator, fields: [text]}
  police: {role: emergency, fields: [text]}
  fire_brigade: {role: emergency, fields: [text]}
  municipality: {role: partner, fields: [text]}
  housing_corporation: {role: partner, fields: [text]}
  community: {role: public, fields: [public_text]}
words: {fire: [brand], lift: ["*lift"], noise: [herrie]}
duplicates: {kinds: [fire]}
tree:
  networks: [coordinator]
  promise: 7d
  routes:
    - {name: urgent, match: {type: urgent}, networks: [police, coordinator]}
    - {name: stopped, match: {verdict: [ask, hold, decline]}, networks: [coordinator]}
"""


def blocks(language: str, document: str) -> list[str]:
    """Return the code blocks of a document that are in one language."""
    return re.findall(rf"```{language}\n(.*?)```", document, re.DOTALL)


@pytest.mark.parametrize("example", blocks("yaml", RULES))
def test_every_example_of_rules_is_accepted(tmp_path: Path, example: str) -> None:
    """A reader can paste it below the rules for what is urgent and what was stopped."""
    indented = "".join(f"    {line}\n" for line in example.splitlines())
    assert policy_of(tmp_path, TOP + indented, preamble="networks:").top.children[2:]


def test_every_matcher_and_option_is_explained() -> None:
    """What an operator may write stands in one of the tables."""
    explained = set(re.findall(r"`(\w+)`", "\n".join(line for line in RULES.splitlines() if line.startswith("|"))))
    options = {field.alias or name for name, field in Rule.model_fields.items()} - {"name", "match", "except"}
    assert set(Match.model_fields) | options <= explained
    values = (*get_args(SignalType), *get_args(Verdict), *get_args(Category), *get_args(Level), *get_args(Severity))
    assert set(values) <= explained


def test_the_signal_in_the_contract_for_consumers_has_no_field_that_there_is_not() -> None:
    """Its example is a signal."""
    example = blocks("json", (DOCS / "consuming-signals.md").read_text("utf-8"))[0]
    assert set(json.loads(example)) <= set(SignalAssigned.model_fields)
    assert SignalAssigned.model_validate_json(example.replace("0f9c…", "0f9c"))
