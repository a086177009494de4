"""Bad records: each is refused for the reason that is expected of its dead letter."""

from collections import Counter

from buurtsein_events.codec import decode
from buurtsein_events.errors import DecodeError
from buurtsein_events.topics import EVENT_LIMIT
from buurtsein_platform.fault.poison import expected_reason, poisons


def reason_of(value: bytes | None) -> str:
    """Return why a value is no event."""
    try:
        decode(value)
    except DecodeError as error:
        return error.reason
    return "it is one"


def test_every_bad_record_is_refused_for_its_reason() -> None:
    """What is expected of a dead letter is what the codec says of the bytes."""
    for poison in poisons(60, 1):
        assert reason_of(poison.value) == expected_reason(poison.key)


def test_all_kinds_occur_on_all_topics_that_stages_read() -> None:
    """Broken JSON, a wrong schema, an unknown type, null, invalid UTF-8 and a byte too many."""
    made = list(poisons(300, 1))
    assert Counter(poison.topic for poison in made).keys() == {
        "reports.received",
        "reports.moderated",
        "signals.routed",
    }
    assert {len(poison.value) for poison in made if poison.value and len(poison.value) > 1000} == {EVENT_LIMIT + 1}
    assert len({(poison.topic, poison.key.split(b"/")[1]) for poison in made}) == 18


def test_each_bad_record_can_be_told_from_the_others() -> None:
    """Their keys differ and stay the same for a seed."""
    assert len({poison.key for poison in poisons(300, 1)}) == 300
    assert list(poisons(30, 5)) == list(poisons(30, 5))


def test_the_key_of_another_record_says_that_nothing_bad_is_expected() -> None:
    """Members, communities and no key at all are not poison."""
    for key in (b"m-abc", b"overvecht", b"poison", b"poison/unheard-of/1", b"\xff", None):
        assert expected_reason(key) is None
