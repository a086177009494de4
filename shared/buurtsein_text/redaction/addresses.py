"""Where somebody lives: a street with a house number, `nr 12`, the people `of 22`, a postal code with a number.

Streets without a number stay, and so do numbers of public things, floors, times and counts.
"""

from buurtsein_text.redaction import dwellings, lone, placed, streets
from buurtsein_text.redaction.finding import Finder


def finders() -> tuple[Finder, ...]:
    """Return what looks for addresses."""
    return (*streets.finders(), *dwellings.finders(), *placed.finders(), *lone.finders())
