"""Regular expressions that are matched in linear time whatever the text: RE2, on bytes, behind two small classes."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

import re2

Span = tuple[int, int]

MEMORY: Final = 64 << 20
"""Bytes that a set may use for the states of its automaton; they are made when a text first needs them."""


class ExpressionError(ValueError):
    """An expression that is not in RE2's syntax, or that matches nothing at all, which is everywhere."""


class Expression:
    """One expression; raises `ExpressionError` when it cannot be used.

    What it compiles to is kept from its first use on: a set mostly says that it need not be looked for at all.
    """

    def __init__(self, expression: bytes) -> None:
        self.expression = expression
        try:
            compiled = _compiled(expression)
        except re2.error as error:
            raise ExpressionError(f"not an RE2 expression: {error}") from error
        if compiled.search(b"") is not None:
            raise ExpressionError("it matches the empty text, so it would match everywhere")

    def spans(self, text: bytes) -> Iterator[Span]:
        """Yield where it matches, from left to right without overlap."""
        return (match.span() for match in self._kept.finditer(text))

    @cached_property
    def _kept(self) -> re.Pattern[bytes]:
        return _compiled(self.expression)


def forget() -> None:
    """Let go of what was compiled to be checked, and not used yet."""
    re2.purge()


class ExpressionSet:
    """Several expressions that are looked for in one pass; raises `ExpressionError` when they take too much memory."""

    def __init__(self, expressions: Sequence[bytes], memory: int = MEMORY) -> None:
        options = _options()
        options.max_mem = memory
        self._set = re2.Set.SearchSet(options)
        for expression in expressions:
            self._set.Add(expression)
        try:
            self._set.Compile()
        except re2.error as error:
            raise ExpressionError(f"together they take more than {memory} bytes: {error}") from error

    def present(self, text: bytes) -> list[int]:
        """Return the numbers of the expressions that match somewhere in `text`."""
        numbers: list[int] | None = self._set.Match(text)
        return numbers or []


def _compiled(expression: bytes) -> re.Pattern[bytes]:
    # RE2's own kind of pattern, which has no types; what is asked of it here is what the standard library's has, too.
    compiled: re.Pattern[bytes] = re2.compile(expression, _options())
    return compiled


def _options() -> re2.Options:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    options.never_capture = True
    return options
