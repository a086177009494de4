"""The configuration files of feedback, read once and refused whole."""

from pathlib import Path

from pydantic import ValidationError

from buurtsein_events.communities import Communities
from buurtsein_feedback.cadence import Cadence, Draft, conflicts
from buurtsein_feedback.readers import Owners, unusable
from buurtsein_runtime.config import ConfigError, load_yaml, mistakes


def load_cadence(path: Path) -> Cadence:
    """Return the cadence; raises `ConfigError` with every mistake, in the values and between them."""
    draft = load_yaml(path, Draft).root
    problems = conflicts(draft)
    try:
        cadence = Cadence.model_validate(draft)
    except ValidationError as error:
        raise ConfigError(path, [*mistakes(error, Cadence), *problems]) from error
    if problems:
        raise ConfigError(path, problems)
    return cadence


def load_owners(path: Path) -> Owners:
    """Return the communities that feedback speaks to; raises `ConfigError` with every mistake."""
    communities = load_yaml(path, Communities)
    if problems := unusable(communities):
        raise ConfigError(path, problems)
    return Owners(communities)
