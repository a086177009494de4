"""Shares of a number of messages, and how well a category is recognised."""

from typing import NamedTuple


class Share(NamedTuple):
    """`part` of `of` messages."""

    part: int
    of: int

    @property
    def value(self) -> float:
        """Return the share from 0 to 1; 0 of nothing."""
        return self.part / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.part} of {self.of}" + (f" ({self.value:.1%})" if self.of else "")


class Score(NamedTuple):
    """How often a category was found where the label says so, where it does not, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return Share(self.right, self.right + self.wrong).value

    @property
    def recall(self) -> float:
        """Return the share of what the labels say that was found."""
        return Share(self.right, self.right + self.missed).value

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return Share(2 * self.right, 2 * self.right + self.wrong + self.missed).value

    @property
    def occurs(self) -> bool:
        """Return whether any label or answer names the category."""
        return any(self)
