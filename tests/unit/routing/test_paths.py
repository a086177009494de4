"""The ways of a report down the tree: which it goes, what was tried, and what several ends say together."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from buurtsein_events.reports import ReportModerated
from buurtsein_events.values import Saar
from buurtsein_routing.policy import Policy
from buurtsein_routing.tree import Route, trials
from tests.unit.routing.given import PREAMBLE, moderated, policy_of
from tests.unit.routing.test_tree import SOUND

SEVERAL = f"""{SOUND}
    - name: lift
      match: {{text: lift, type: [idea, nuisance]}}
      except: {{happening_now: true}}
      continue: true
      networks: [municipality]
      severity: low
      discreet: true
      routes:
        - {{name: in-public, match: {{anonymous: true}}, discreet: false}}
        - {{name: same-area, match: {{area: utrecht/overvecht}}}}
    - {{name: fire, match: {{text: fire}}, networks: [police], severity: normal}}
"""


@pytest.fixture(name="policy")
def _policy(tmp_path: Path) -> Policy:
    return policy_of(tmp_path, SEVERAL)


def way(policy: Policy, report: ReportModerated) -> Route:
    """Return where a report goes."""
    found = policy.route(policy.case(report))
    assert found is not None
    return found


def test_a_rule_that_continues_is_an_end_like_any(policy: Policy) -> None:
    """When nothing behind it matches the report does not go to its parent, too."""
    assert [str(path) for path in way(policy, moderated("de lift")).paths] == ["root > lift > same-area"]


def test_the_gravest_of_several_ends_counts(policy: Policy) -> None:
    """By how grave it is, not by its name."""
    assert way(policy, moderated("brand in de lift")).severity == "normal"


def test_one_discreet_end_makes_it_discreet(policy: Policy) -> None:
    """What one rule keeps back the other does not tell."""
    assert way(policy, moderated("brand in de lift")).discreet


@pytest.mark.parametrize(("anonymous", "discreet"), [(False, True), (True, False)], ids=["inherited", "its own"])
def test_a_rule_is_as_discreet_as_its_parent_unless_it_says_so(policy: Policy, anonymous: bool, discreet: bool) -> None:
    """Also when it says that it is not."""
    assert way(policy, moderated("de lift", anonymous=anonymous)).discreet is discreet


def test_every_rule_on_the_way_says_why(policy: Policy) -> None:
    """With the values of the report, not with all that the rule allows; what matches everything says `always`."""
    (path,) = way(policy, moderated("de lift")).paths
    assert [why.matched for why in path.whys] == [
        ("always",),
        ("type=nuisance", "text=lift"),
        ("area=utrecht/overvecht",),
    ]


def test_what_is_said_of_a_matcher_is_short(tmp_path: Path) -> None:
    """However long the names that operators choose."""
    name = "x" * 98
    rule = f"    - {{name: tried, match: {{text: {name}}}, networks: [municipality]}}\n"
    preamble = PREAMBLE.replace("lift:", f"{name}:")
    (path,) = way(policy_of(tmp_path, SOUND + rule, preamble), moderated("de lift")).paths
    assert path.whys[-1].matched == (f"text={'x' * 95}",)


TRIED = {
    "de lift": [
        "✓root",
        "✗urgent type",
        "✗stopped verdict",
        "✓lift",
        "✗in-public anonymous",
        "✓same-area",
        "✗fire text",
    ],
    "brand": ["✓root", "✗urgent type", "✗stopped verdict", "✗lift text", "✓fire"],
}


@pytest.mark.parametrize("text", TRIED)
def test_rules_are_tried_in_their_order_until_one_matches(policy: Policy, text: str) -> None:
    """Then those below it, and those behind it only when it says `continue`."""
    tried = trials(policy.top, policy.case(moderated(text)))
    marks = [f"✓{each.node.name}" if each.matched else f"✗{each.node.name} {each.failed}" for each in tried]
    assert marks == TRIED[text]


def test_nothing_is_tried_behind_a_rule_that_has_the_report(policy: Policy) -> None:
    """It is its end."""
    tried = trials(policy.top, policy.case(moderated("de lift", kind="urgent")))
    assert [each.node.name for each in tried] == ["root", "urgent"]


def test_an_exception_is_named_where_it_applied(policy: Policy) -> None:
    """All matchers of the rule hold then."""
    report = moderated("de lift", saar=Saar(happening_now=True))
    assert [each.failed for each in trials(policy.top, policy.case(report)) if each.node.name == "lift"] == ["except"]


def test_a_rule_without_matchers_always_matches(tmp_path: Path) -> None:
    """And is explained so."""
    policy = policy_of(tmp_path, f"{SOUND}    - {{name: everything, networks: [community]}}\n")
    (*_, last) = trials(policy.top, policy.case(moderated()))
    assert (last.node.name, last.matched) == ("everything", ("always",))


@pytest.mark.parametrize(("hour", "holds"), [(19, False), (20, True), (4, True), (5, False)])
def test_hours_hold_from_the_first_time_up_to_the_second(tmp_path: Path, hour: int, holds: bool) -> None:
    """On the community's clock, two hours ahead of UTC."""
    policy = policy_of(tmp_path, f'{SOUND}    - {{name: night, match: {{hours: "22:00-07:00"}}, networks: [police]}}\n')
    found = way(policy, moderated(at=datetime(2026, 10, 14, hour, tzinfo=UTC)))
    assert ("police" in found.networks) is holds
