"""The tree, by the YAML that an operator would write and the reports that it is meant for."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from buurtsein_events.reports import ReportModerated
from buurtsein_events.values import Saar
from tests.unit.routing.given import SHIPPED, assignments, event, moderated, networks, policy_of, signal

SOUND = """
tree:
  networks: [coordinator]
  promise: 7d
  routes:
    - {name: urgent, match: {type: urgent}, networks: [police, coordinator]}
    - {name: stopped, match: {verdict: [ask, hold, decline]}, networks: [coordinator]}
"""
EVENING = datetime(2026, 10, 17, 21, 30, tzinfo=UTC)  # a Saturday, 23:30 in the Netherlands
AFTER_MIDNIGHT = datetime(2026, 10, 17, 22, 30, tzinfo=UTC)  # the Sunday, 00:30

MATCHERS: list[tuple[str, ReportModerated, bool]] = [
    ("type: idea", moderated(kind="idea"), True),
    ("type: [idea, nuisance]", moderated(kind="nuisance"), True),
    ("type: idea", moderated(kind="nuisance"), False),
    ("severity: high", moderated(kind="suspicious", saar=Saar(happening_now=True)), True),
    ("severity: high", moderated(kind="suspicious"), False),
    ("area: utrecht/overvecht", moderated(), True),
    ("area: eindhoven/woensel-west", moderated(), False),
    ("area: eindhoven/woensel-west", moderated(area="eindhoven/woensel-west"), True),
    ("community: overvecht", moderated(), True),
    ("community: unassigned", moderated(community="nowhere", location=None), True),
    ("level: [starting, group]", moderated(community="overvecht"), True),
    ("level: loose", moderated(community="overvecht"), False),
    ("weekday: [sat, sun]", moderated(at=EVENING), True),
    ("weekday: sat", moderated(at=AFTER_MIDNIGHT), False),
    ('hours: "22:00-07:00"', moderated(at=EVENING), True),
    ('hours: "22:00-07:00"', moderated(at=AFTER_MIDNIGHT), True),
    ('hours: "22:00-07:00"', moderated(), False),
    ('hours: "12:00-12:01"', moderated(), True),
    ('hours: "11:00-12:00"', moderated(), False),
    ('hours: "22:00-07:00"', moderated(occurred=EVENING), True),
    ("anonymous: true", moderated(anonymous=True), True),
    ("anonymous: false", moderated(anonymous=True), False),
    ("police_called: false", moderated(), False),
    ("police_called: false", moderated(saar=Saar(police_called=False)), True),
    ("happening_now: true", moderated(saar=Saar(happening_now=True)), True),
    ("text: lift", moderated("De KLOTELIFT is weer stuk"), True),
    ("text: [fire, lift]", moderated("de lift"), True),
    ("text: fire", moderated("brandweer oefent"), False),
    ("type: nuisance, text: lift", moderated("de lift", kind="idea"), False),
]


@pytest.mark.parametrize(("matchers", "report", "holds"), MATCHERS)
def test_a_rule_has_the_reports_that_all_its_matchers_hold_for(
    tmp_path: Path, matchers: str, report: ReportModerated, holds: bool
) -> None:
    """Conditions are joined by and, the values of one condition by or."""
    policy = policy_of(tmp_path, f"{SOUND}    - {{name: tried, match: {{{matchers}}}, networks: [municipality]}}\n")
    assert networks(policy, report) == ({"municipality"} if holds else {"coordinator"})


def test_except_takes_reports_out_again(tmp_path: Path) -> None:
    """What `except` matches as a whole goes on to the next rule."""
    tree = (
        SOUND + "    - {name: lift, match: {text: lift}, except: {text: fire, type: idea}, networks: [municipality]}\n"
    )
    policy = policy_of(tmp_path, tree)
    assert networks(policy, moderated("de lift")) == {"municipality"}
    assert networks(policy, moderated("brand in de lift")) == {"municipality"}
    assert networks(policy, moderated("brand in de lift", kind="idea")) == {"coordinator"}


INHERITING = f"""{SOUND}
    - name: nuisance
      match: {{type: nuisance}}
      networks: [municipality]
      promise: 3d
      severity: low
      routes:
        - name: lift
          match: {{text: lift}}
          also: [police]
          promise: 4h
          routes:
            - {{name: lift-fire, match: {{text: fire}}, severity: high}}
"""


@pytest.mark.parametrize(
    ("text", "to", "severity", "promise"),
    [
        ("rommel", ["municipality"], "low", timedelta(days=3)),
        ("de lift", ["municipality", "police"], "low", timedelta(hours=4)),
        ("brand in de lift", ["municipality", "police"], "high", timedelta(hours=4)),
    ],
)
def test_what_a_rule_does_not_say_is_inherited(
    tmp_path: Path, text: str, to: list[str], severity: str, promise: timedelta
) -> None:
    """`networks` replaces, `also` adds, and the deepest rule that says something wins."""
    decision = policy_of(tmp_path, INHERITING).decide(event(moderated(text)), {}, EVENING)
    found = signal(decision)
    assert list(assignments(decision)) == to
    assert found.severity == severity
    assert found.promised_at == found.received_at + promise


CONTINUING = f"""{SOUND}
    - name: lift
      match: {{text: lift}}
      continue: true
      networks: [municipality]
      promise: 2d
      severity: high
    - name: fire
      match: {{text: fire}}
      networks: [police]
      promise: 3d
      severity: low
    - name: everything
      networks: [community]
"""


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("de lift", ["municipality", "community"]),
        ("brand", ["police"]),
        ("brand in de lift", ["municipality", "police"]),
        ("niets", ["community"]),
    ],
)
def test_continue_lets_later_rules_have_the_report_too(tmp_path: Path, text: str, to: list[str]) -> None:
    """The first rule that matches without it is the last."""
    assert list(assignments(policy_of(tmp_path, CONTINUING).decide(event(moderated(text)), {}, EVENING))) == to


def test_several_ends_give_the_gravest_severity_and_the_soonest_promise(tmp_path: Path) -> None:
    """Who waits for the later of two promises would be told too late by the other."""
    found = signal(policy_of(tmp_path, CONTINUING).decide(event(moderated("brand in de lift")), {}, EVENING))
    assert (found.severity, found.promised_at) == ("high", found.received_at + timedelta(days=2))


def test_a_report_goes_no_further_than_its_parent_when_no_child_matches(tmp_path: Path) -> None:
    """A rule has what its children leave; a sibling after it does not."""
    tree = f"""{SOUND}
    - name: nuisance
      match: {{type: nuisance}}
      networks: [municipality]
      routes: [{{name: lift, match: {{text: lift}}, networks: [police]}}]
    - {{name: everything, networks: [community]}}
"""
    assert networks(policy_of(tmp_path, tree), moderated("rommel")) == {"municipality"}


def test_every_network_is_told_by_which_rules_and_matchers_it_came(tmp_path: Path) -> None:
    """The way from the root, with the conditions that held; words of the text are not among them."""
    decision = policy_of(tmp_path, INHERITING).decide(event(moderated("de klotelift")), {}, EVENING)
    why = assignments(decision)["police"].why
    assert [(reason.rule, reason.matched) for reason in why] == [
        ("root", ("always",)),
        ("nuisance", ("type=nuisance",)),
        ("lift", ("text=lift",)),
    ]
    assert decision.fields["rules"] == "root > nuisance > lift"


def test_severity_follows_type_and_answers_until_a_rule_says_otherwise(tmp_path: Path) -> None:
    """Urgent is critical unless it is over."""
    policy = policy_of(tmp_path, SOUND)
    over = moderated(kind="urgent", saar=Saar(happening_now=False))
    graded = [moderated(kind="urgent"), over, moderated(kind="suspicious"), moderated(), moderated(kind="idea")]
    found = [signal(policy.decide(event(each), {}, EVENING)).severity for each in graded]
    assert found == ["critical", "high", "normal", "normal", "low"]


def test_only_findings_that_settled_the_verdict_count_as_its_category() -> None:
    """A milder finding next to the one that settled it does not send the report to the police."""
    settled = moderated(kind="none", verdict="hold", category="vigilantism")
    milder = settled.model_copy(update={"verdict": "ask"})
    assert networks(SHIPPED, settled) == {"coordinator", "police"}
    assert networks(SHIPPED, milder) == {"coordinator"}
