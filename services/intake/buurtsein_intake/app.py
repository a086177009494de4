"""Wires intake: settings in, an application out that starts and stops what it needs."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI

from buurtsein_events.communities import Communities
from buurtsein_intake.acceptance import Acceptance
from buurtsein_intake.access import AccessLog
from buurtsein_intake.answers import Receipts
from buurtsein_intake.channels.registry import adapters
from buurtsein_intake.channels.routes import add_channels
from buurtsein_intake.claims import RedisClaims
from buurtsein_intake.clients import Clients, Keyring
from buurtsein_intake.direct import Shortcut
from buurtsein_intake.http import Intake, add_routes
from buurtsein_intake.methods import Methods
from buurtsein_intake.openapi import documented_by
from buurtsein_intake.projection import Projection, watch_accounts
from buurtsein_intake.register import Register, watch_clients
from buurtsein_intake.settings import IntakeSettings, addresses
from buurtsein_intake.statuses import RedisStatuses
from buurtsein_intake.submissions import Submissions
from buurtsein_runtime import health, redis, tracing
from buurtsein_runtime.clock import SystemClock, clock
from buurtsein_runtime.config import load_yaml
from buurtsein_runtime.http import NO_TELEMETRY
from buurtsein_runtime.problems import answer_errors
from buurtsein_runtime.producer import Producer

_STOP_SECONDS = 3.0

_LOG = structlog.get_logger()


def bootstrap(settings: IntakeSettings) -> FastAPI:
    """Return the application; raises `ConfigError` when a configuration file is refused.

    Nothing is connected before the application starts, and it starts without Kafka and Redis.
    """
    store = redis.connect(settings)
    statuses = RedisStatuses(store, status_seconds=settings.status_seconds)
    claims = RedisClaims(
        store,
        seconds=settings.redis_seconds,
        lease_seconds=settings.lease_seconds,
        status_seconds=settings.status_seconds,
    )
    keyring = Keyring(load_yaml(settings.clients, Clients))
    keyring.lose(SystemClock().now())
    producer = Producer(settings.kafka_bootstrap, seconds=settings.kafka_seconds)
    projection = Projection(statuses, bootstrap=settings.kafka_bootstrap)
    intake = Intake(
        settings=settings,
        keyring=keyring,
        addresses=addresses(settings),
        communities=frozenset(c.id for c in load_yaml(settings.communities, Communities).communities),
        receipts=Receipts(settings.public_url),
        submissions=Submissions(settings),
        acceptance=Acceptance(claims, producer),
        statuses=statuses,
        clock=clock(settings.clock),
        tracer=tracing.tracer(settings, "intake"),
    )
    checks = health.Health()
    checks.ready.update(redis=statuses.problem, kafka=projection.kafka_problem, projection=projection.problem)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        """Connect, keep what runs in the background, and let go."""
        await producer.start()
        # What exists now stays: the collector need not look at it after every few hundred requests.
        gc.freeze()
        background = [
            asyncio.create_task(projection.run()),
            asyncio.create_task(watch_clients(Register(store), keyring)),
            asyncio.create_task(watch_accounts(statuses, settings.unaccounted_seconds)),
        ]
        yield
        for task in background:
            task.cancel()
        await _within("background", asyncio.wait(background))
        await _within("producer", producer.stop())
        await _within("redis", store.aclose())

    api = application(intake, lifespan=lifespan)
    api.include_router(health.router(checks))
    return api


def application(intake: Intake, **options: object) -> FastAPI:
    """Return the application around `intake`, with every error answered as a problem."""
    api = FastAPI(
        title="Buurtsein intake",
        version="1",
        description="Takes residents' reports from any channel, keeps them, and tells what became of them.",
        telemetry=NO_TELEMETRY,
        redirect_slashes=False,
        **options,  # type: ignore[arg-type]
    )
    add_routes(api, intake)
    add_channels(
        api, adapters(intake.settings), intake.desk, public_url=intake.settings.public_url, now=intake.clock.now
    )
    api.openapi = documented_by(api)  # type: ignore[method-assign]
    answer_errors(api)
    layers = api.build_middleware_stack
    # Outside all layers: what they add to each request costs a tenth of it, and intake's own routes need none of it.
    api.build_middleware_stack = lambda: AccessLog(Shortcut(Methods(layers(), api.routes), api.routes))  # type: ignore[method-assign]
    return api


async def _within(name: str, stopping: Awaitable[object]) -> None:
    try:
        await asyncio.wait_for(stopping, _STOP_SECONDS)
    except TimeoutError:
        _LOG.warning("not_stopped_in_time", what=name)
