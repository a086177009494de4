"""Who presses a sign for help and nothing else is not told that the group is no place to chat."""

import pytest

from buurtsein_moderation.assess import assess

from .given import shipped


@pytest.mark.parametrize("text", ["🆘", "🆘🆘🆘", "🔥", "🔥🔥🔥", "🚨🚨", "🚑"])
def test_a_sign_of_alarm_alone_is_not_declined(text: str) -> None:
    """A child or somebody without words may have sent it."""
    assert assess(text, shipped()).verdict != "decline"
