"""Packs take over lists and messages from those that they extend."""

from buurtsein_moderation.inheritance import inherit

from .given import pack, rule

HEY = {"nl": "Hé", "en": "Hey"}
SILENT = {key: value for key, value in rule().items() if key != "message"}


def test_a_rule_without_a_message_takes_that_of_its_category() -> None:
    """Its own goes first."""
    [own, of_category] = inherit(
        [pack(rule(), messages={"quarrel": HEY}), pack(SILENT, id="yy", messages={"quarrel": HEY})], []
    )
    said = [one.rules[0].message for one in (own, of_category)]
    assert [message.en for message in said if message] == ["Could you put it differently?", "Hey"]


def test_a_rule_without_any_message_is_refused() -> None:
    """Nobody is asked something without being told what."""
    problems: list[str] = []
    inherit([pack(SILENT, messages={"spam": HEY})], problems)
    assert problems == ["xx.quarrel.fool: it has no message, and its pack has none for quarrel"]


def test_a_pack_takes_over_lists_and_messages() -> None:
    """Through a pack between them, too; what it says itself goes first."""
    grandparent = pack(id="a", lists={"x": ["one"], "y": ["one"]}, messages={"quarrel": HEY})
    parent = pack(id="b", extends=["a"], lists={"y": ["two"]})
    child = inherit([grandparent, parent, pack(SILENT, id="c", extends=["b"])], [])[2]
    assert child.lists == {"x": ("one",), "y": ("two",)}
    assert child.rules[0].message is not None


def test_what_does_not_exist_cannot_be_extended() -> None:
    """And the mistake says what does."""
    problems: list[str] = []
    inherit([pack(id="a", extends=["b"]), pack(id="c")], problems)
    assert problems == ["a: it extends 'b', which is not one of the packs that can be read: a, c"]


def test_what_lacks_a_pack_is_left_out_and_the_mistake_is_told_once() -> None:
    """However many packs extend it: all else that is wrong with them follows from that one mistake."""
    problems: list[str] = []
    lost = [pack(id="a", extends=["b"]), *(pack(SILENT, id=name, extends=["a"]) for name in ("c", "d"))]
    assert [one.id for one in inherit([*lost, pack(rule(), id="e")], problems)] == ["e"]
    assert problems == ["a: it extends 'b', which is not one of the packs that can be read: a, c, d, e"]


def test_packs_cannot_extend_each_other() -> None:
    """Each of the two is named."""
    problems: list[str] = []
    inherit([pack(id="a", extends=["b"]), pack(id="b", extends=["a"])], problems)
    assert problems == ["b: it extends itself through 'a'", "a: it extends itself through 'b'"]
