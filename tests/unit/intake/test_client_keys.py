"""Keys of clients: how they look, and what becomes of the old ones."""

import hashlib
from datetime import timedelta

import pytest

from buurtsein_intake.client_keys import UnclearKeyError, issue, rotated, without
from tests.unit.intake.fakes import NOW, client

WEEK = NOW + timedelta(days=7)


def test_of_a_key_only_its_hash_and_its_end_are_kept() -> None:
    """The text says whose it is, so that a key which leaks is recognised."""
    issued = issue("app", "r4nd0m", now=NOW, expires=WEEK)
    assert issued.text == "bts_app_r4nd0m"
    assert issued.key.sha256 == hashlib.sha256(b"bts_app_r4nd0m").hexdigest()
    assert (issued.key.last_four, issued.key.created, issued.key.expires) == ("nd0m", NOW, WEEK)


def test_a_rotated_key_ends_after_the_grace_or_when_it_would_have() -> None:
    """Those that ended already are forgotten."""
    ends = (None, NOW + timedelta(days=1), NOW)
    old = [issue("app", f"{n}", now=NOW, expires=end).key for n, end in enumerate(ends)]
    new = issue("app", "new", now=NOW, expires=None).key
    after = rotated(client("app", "x", keys=old), new, now=NOW, until=WEEK)
    assert [key.expires for key in after.keys] == [WEEK, NOW + timedelta(days=1), None]
    assert after.keys[-1] == new


def test_without_grace_only_the_new_key_is_left() -> None:
    """As after a leak."""
    new = issue("app", "new", now=NOW, expires=None).key
    assert rotated(client("app", "x"), new, now=NOW, until=NOW).keys == (new,)


def test_one_key_is_taken_away_by_its_last_characters() -> None:
    """When there is none or several of them, nothing happens and the others are named."""
    keys = [issue("app", random, now=NOW, expires=None).key for random in ("aaaa", "bbbb", "xbbbb")]
    app = client("app", "x", keys=keys)
    assert without(app, "aaaa").keys == app.keys[1:]
    for wrong in ("bbbb", "cccc"):
        with pytest.raises(UnclearKeyError, match="aaaa, bbbb, bbbb"):
            without(app, wrong)


def test_who_has_no_keys_has_none_to_take_away() -> None:
    """Which is said."""
    with pytest.raises(UnclearKeyError, match=r"its keys: none$"):
        without(client("app", "x", keys=[]), "aaaa")


def test_a_key_of_which_the_end_is_not_known_is_shown_as_one() -> None:
    """Operators may write a file by hand with its hash alone."""
    with pytest.raises(UnclearKeyError, match=r"its keys: \?$"):
        without(client("app", "x"), "aaaa")
