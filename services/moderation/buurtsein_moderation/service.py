"""The moderation service: reads received reports, decides about them, tells their authors and asks coordinators."""

import sys
from typing import NoReturn

from buurtsein_events.topics import MODERATION_ACTIONS, REPORTS_RECEIVED
from buurtsein_moderation.access import load_coordinators
from buurtsein_moderation.app import application
from buurtsein_moderation.loading import load_moderation
from buurtsein_moderation.reloading import InForce, fingerprint
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_runtime.config import ConfigError
from buurtsein_runtime.logs import configure
from buurtsein_runtime.stage import Stage
from buurtsein_runtime.worker import run
from buurtsein_text import redaction


def main() -> NoReturn:
    """Run the service until it is stopped; a file that is refused ends it before it reads anything."""
    settings = ModerationSettings()
    configure(settings, "moderation")
    try:
        in_force = loaded(settings)
        coordinators = load_coordinators(settings.coordinators, in_force.moderation.communities)
    except ConfigError as error:
        sys.exit(str(error))
    only = stage(in_force)
    api = application(settings, in_force.moderation, coordinators, only.group)
    run(settings=settings, stages=(only,), api=api, beside=(in_force.watch,))


def loaded(settings: ModerationSettings) -> InForce:
    """Return the policy with its files loaded; raises `ConfigError` for the first that is refused."""
    redaction.load()
    # Packs that change while they are loaded differ from this, and are loaded again.
    version = fingerprint(settings.packs)
    moderation = load_moderation(
        settings.packs, settings.ladder, settings.communities, settings.completeness, url=settings.moderation_url
    )
    return InForce(moderation, settings.packs, version)


def stage(in_force: InForce) -> Stage:
    """Return the one stage of the service."""
    return Stage(
        name="moderation",
        sources=(REPORTS_RECEIVED, MODERATION_ACTIONS),
        decide=in_force.decide,
        keys=in_force.keys,
    )
