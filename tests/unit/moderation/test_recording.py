"""Which requests are the same action: what is repeated is one, and what anybody decides besides is another."""

import pytest

from buurtsein_events.actions import Case, ModerationAction
from buurtsein_moderation.recording import action_id

from .given import World, engine, report, rule


def _case() -> Case:
    world = World(engine(rule(verdict="hold")))
    world.read(report("you fool"))
    return world.case()


def _action(**changes: object) -> ModerationAction:
    content: dict[str, object] = {"report_id": "report-1", "action": "redact", "by": "annet", "case": _case()}
    hidden = {"redactions": [{"kind": "name", "start": 0, "end": 3}], "message": "Zo kan het."}
    return ModerationAction.model_validate(content | hidden | changes)


def test_the_same_decision_is_one_action() -> None:
    """However often it is sent."""
    assert action_id(_action()) == action_id(_action())


@pytest.mark.parametrize(
    "changes",
    [
        {"by": "bob"},
        {"message": "Zo niet."},
        {"redactions": [{"kind": "name", "start": 4, "end": 8}]},
        {"action": "approve", "redactions": []},
        {"report_id": "report-2"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_another_decision_is_another_action(changes: dict[str, object]) -> None:
    """So it is refused or on the trail as not done, and nobody takes it for the first."""
    assert action_id(_action(**changes)) != action_id(_action())
