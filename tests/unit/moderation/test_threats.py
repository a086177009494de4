"""Who threatens somebody in the group does not reach it, and who tells of a threat does."""

import pytest

from buurtsein_moderation.assess import assess

from .given import shipped


@pytest.mark.parametrize(
    "text",
    [
        "Ik maak je dood",
        "Ik sla je verrot",
        "Wij slaan jullie in elkaar",
        "Nog één keer en ik trap je het ziekenhuis in",
    ],
)
def test_a_threat_to_whoever_reads_it_is_held(text: str) -> None:
    """A coordinator and the police look at it."""
    assert assess(text, shipped()).verdict == "hold"


@pytest.mark.parametrize(
    "text", ["Hij zei: ik maak je dood, en rende weg", "Iemand roept ik maak je dood voor de deur"]
)
def test_a_threat_that_somebody_tells_of_is_not_held(text: str) -> None:
    """It is a report, and an urgent one."""
    assert assess(text, shipped()).verdict == "publish"
