"""What the commands share: packs that are refused end a command with every mistake, in words."""

from pathlib import Path
from typing import TypeVar

import click
from pydantic import BaseModel

from buurtsein_events.communities import Communities
from buurtsein_moderation.completeness import Completeness
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.ladder import Ladder
from buurtsein_moderation.loading import load_packs
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_runtime.config import ConfigError, load_yaml

Model = TypeVar("Model", bound=BaseModel)

PACKS = click.option("--packs", type=click.Path(path_type=Path), help="Other packs than the ones in force.")


def loaded(packs: Path | None) -> Engine:
    """Return the packs at a path, or those in force; raises `ClickException` with every mistake."""
    known = communities()
    try:
        return load_packs(packs or ModerationSettings().packs, known)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error


def communities() -> Communities:
    """Return the communities of this installation; raises `ClickException` with every mistake."""
    return _configured(ModerationSettings().communities, Communities)


def completeness() -> Completeness:
    """Return what a report should say here; raises `ClickException` with every mistake."""
    return _configured(ModerationSettings().completeness, Completeness)


def ladder() -> Ladder:
    """Return the ladder of this installation; raises `ClickException` with every mistake."""
    return _configured(ModerationSettings().ladder, Ladder)


def _configured(path: Path, model: type[Model]) -> Model:
    try:
        return load_yaml(path, model)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
