"""Expressions that take linear time, and what is refused since it would not."""

import pytest

from buurtsein_text.linear import Expression, ExpressionError, ExpressionSet


@pytest.mark.parametrize("wrong", [b"(", b"a**", rb"(?=x)", rb"(a)\1"])
def test_what_cannot_be_linear_is_no_expression(wrong: bytes) -> None:
    """Look-around and back-references are not RE2's syntax: they would need backtracking."""
    with pytest.raises(ExpressionError, match="not an RE2 expression"):
        Expression(wrong)


def test_an_expression_that_is_empty_would_match_everywhere() -> None:
    """It is refused."""
    with pytest.raises(ExpressionError, match="everywhere"):
        Expression(b"x*")


def test_a_set_says_which_expressions_are_there() -> None:
    """A set without expressions has none anywhere."""
    several = ExpressionSet([rb"\bcat\b", b"dog", b"bird"])
    assert sorted(several.present(b"a dog and a cat")) == [0, 1]
    assert several.present(b"nothing") == []
    assert ExpressionSet([]).present(b"nothing") == []


def test_a_set_that_takes_too_much_memory_is_refused() -> None:
    """It would find nothing without saying so."""
    with pytest.raises(ExpressionError, match="together they take more than 1000 bytes"):
        ExpressionSet([b"a long expression"] * 50, memory=1000)
