"""Wires the API of moderation: what it reads and writes, what it keeps an eye on, and how it answers errors."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from buurtsein_moderation.access import Coordinators, Keyring
from buurtsein_moderation.ageing import watch_queues
from buurtsein_moderation.api import Office, add_routes
from buurtsein_moderation.desk import Desk
from buurtsein_moderation.parameters import answer_parameters
from buurtsein_moderation.policy import Moderation
from buurtsein_moderation.recording import Recorder
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_runtime import redis
from buurtsein_runtime.clock import SystemClock
from buurtsein_runtime.facts import FactStore
from buurtsein_runtime.http import NO_TELEMETRY
from buurtsein_runtime.problems import answer_errors
from buurtsein_runtime.producer import Producer


def application(
    settings: ModerationSettings, moderation: Moderation, coordinators: Coordinators, group: str
) -> FastAPI:
    """Return the API of the service whose stage keeps its state under `group`; it connects when it starts.

    People act in real time, so its clock is the system's, also in a replay.
    """
    producer, clock = Producer(settings.kafka_bootstrap, seconds=settings.kafka_seconds), SystemClock()
    store = FactStore(redis.connect(settings), group, settings.seen_seconds)
    desk = Desk(store, moderation.ladder, clock)
    recorder = Recorder(producer, clock, f"{settings.source}-moderation")

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        """Connect to Kafka and watch the queues while the API is served."""
        await producer.start()
        communities = [community.id for community in moderation.communities.communities]
        watching = asyncio.create_task(watch_queues(desk, communities, settings, clock))
        yield
        watching.cancel()
        await producer.stop()

    api = FastAPI(
        title="Buurtsein moderation",
        version="1",
        description="For coordinators, who decide about what moderation held, and for authors who appeal.",
        telemetry=NO_TELEMETRY,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    api.state.keyring = Keyring(coordinators)
    add_routes(api, Office(desk, recorder, settings, clock))
    answer_errors(api)
    answer_parameters(api)
    return api
