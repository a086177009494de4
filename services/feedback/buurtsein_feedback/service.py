"""The feedback service: tells reporters what came of their reports, and readers what happens around them."""

from typing import NoReturn

from buurtsein_feedback.settings import FeedbackSettings
from buurtsein_feedback.stages import delivery_stage, feedback_stage
from buurtsein_runtime.config import ConfigError
from buurtsein_runtime.worker import run


def main() -> NoReturn:
    """Read the settings and run the two stages until the process is told to end."""
    settings = FeedbackSettings()
    try:
        stages = (feedback_stage(settings), delivery_stage(settings))
    except ConfigError as error:
        raise SystemExit(str(error)) from error
    run(settings=settings, stages=stages)
