"""The moderation service: reads received reports, decides about them and tells their authors."""

import sys
from typing import NoReturn

from buurtsein_events.topics import REPORTS_RECEIVED
from buurtsein_moderation.loading import load_moderation
from buurtsein_moderation.policy import Moderation
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_runtime.config import ConfigError
from buurtsein_runtime.logs import configure
from buurtsein_runtime.stage import Stage
from buurtsein_runtime.worker import run


def main() -> NoReturn:
    """Run the service until it is stopped; a file that is refused ends it before it reads anything."""
    settings = ModerationSettings()
    configure(settings, "moderation")
    try:
        moderation = load_moderation(settings.packs, settings.ladder, settings.communities, settings.completeness)
    except ConfigError as error:
        sys.exit(str(error))
    run(settings=settings, stages=(stage(moderation),))


def stage(moderation: Moderation) -> Stage:
    """Return the one stage of the service."""
    return Stage(name="moderation", sources=(REPORTS_RECEIVED,), decide=moderation.decide, keys=moderation.keys)


if __name__ == "__main__":
    main()
