"""The two stages of the feedback service, put together from its settings."""

from buurtsein_events.topics import FEEDBACK_DIGESTS, MEMBER_NOTICES, SIGNALS_OUTCOMES, SIGNALS_ROUTED
from buurtsein_feedback import delivery
from buurtsein_feedback.delivery import Delivery
from buurtsein_feedback.digests import DigestTimer
from buurtsein_feedback.loading import load_cadence, load_owners
from buurtsein_feedback.policy import FeedbackPolicy
from buurtsein_feedback.settings import FeedbackSettings
from buurtsein_feedback.sinks import Sinks
from buurtsein_feedback.webhooks import WebhookSender, client
from buurtsein_runtime.clock import SystemClock
from buurtsein_runtime.config import load_yaml
from buurtsein_runtime.stage import Stage, Timer
from buurtsein_text import redaction


def feedback_stage(settings: FeedbackSettings) -> Stage:
    """Return the stage that turns signals, outcomes and notices into digests; raises `ConfigError`."""
    owners, cadence = load_owners(settings.communities), load_cadence(settings.cadence)
    redaction.load()
    policy = FeedbackPolicy(owners, cadence)
    digests = DigestTimer(owners, cadence, settings.more_url)
    return Stage(
        name="feedback",
        sources=(SIGNALS_ROUTED, SIGNALS_OUTCOMES, MEMBER_NOTICES),
        decide=policy.decide,
        keys=policy.keys,
        timer=Timer(topic=SIGNALS_ROUTED, every=cadence.tick, owners=owners.ids, keys=digests.keys, decide=digests.due),
    )


def delivery_stage(settings: FeedbackSettings) -> Stage:
    """Return the stage that delivers digests; raises `ConfigError`."""
    # Receivers compare a signature's time with their own clock, so a replay's clock would not do.
    sender = WebhookSender(
        client(), SystemClock(), timeout=settings.sink_timeout, allow_private=settings.allow_private_sinks
    )
    deliveries = Delivery(
        owners=load_owners(settings.communities),
        sinks=load_yaml(settings.sinks, Sinks),
        sender=sender,
        directory=settings.outbox,
        patience=settings.sink_patience,
    )
    return Stage(
        name="feedback-delivery",
        sources=(FEEDBACK_DIGESTS,),
        decide=delivery.decide,
        keys=lambda _: (),
        effect=deliveries.deliver,
    )
