"""The routing service: reads moderated reports and hands them to the networks that can act on them."""

import sys
from typing import NoReturn

from buurtsein_events.topics import REPORTS_MODERATED
from buurtsein_routing.loading import load_map, load_policy
from buurtsein_routing.policy import Policy
from buurtsein_routing.settings import RoutingSettings
from buurtsein_runtime.config import ConfigError
from buurtsein_runtime.logs import configure
from buurtsein_runtime.stage import Stage
from buurtsein_runtime.worker import run


def main() -> NoReturn:
    """Run the service until it is stopped; a file that is refused ends it before it reads anything."""
    settings = RoutingSettings()
    configure(settings, "routing")
    try:
        policy = load_policy(settings.routes, load_map(settings.communities, settings.areas), settings.networks)
    except ConfigError as error:
        sys.exit(str(error))
    run(settings=settings, stages=(stage(policy),))


def stage(policy: Policy) -> Stage:
    """Return the one stage of the service."""
    return Stage(name="routing", sources=(REPORTS_MODERATED,), decide=policy.decide, keys=policy.keys)
