"""Wires intake: settings in, an application out that starts and stops what it needs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from functools import partial
from operator import attrgetter

import structlog
from fastapi import FastAPI
from redis.asyncio import Redis
from starlette.types import Lifespan

from buurtsein_events.communities import Communities
from buurtsein_intake.acceptance import Acceptance
from buurtsein_intake.access import AccessLog
from buurtsein_intake.answers import Receipts
from buurtsein_intake.channels.drafts import RedisDrafts
from buurtsein_intake.channels.filings import RedisFilings
from buurtsein_intake.channels.open311_routes import Open311Desk, add_open311
from buurtsein_intake.channels.open311_services import Open311File, Services
from buurtsein_intake.channels.outgoing import GraphOutbox
from buurtsein_intake.channels.registry import adapters, email
from buurtsein_intake.channels.routes import add_channels
from buurtsein_intake.channels.signalen_categories import SignalenFile
from buurtsein_intake.channels.signalen_desk import SignalenDesk
from buurtsein_intake.channels.signalen_routes import add_signalen
from buurtsein_intake.claims import RedisClaims
from buurtsein_intake.clients import Clients, Keyring
from buurtsein_intake.code_routes import add_codes
from buurtsein_intake.code_store import RedisCodes
from buurtsein_intake.direct import Shortcut
from buurtsein_intake.exchange import Exchange
from buurtsein_intake.form_checks import load_form
from buurtsein_intake.form_routes import add_form
from buurtsein_intake.http import Intake, add_routes
from buurtsein_intake.methods import Methods
from buurtsein_intake.openapi import documented_by
from buurtsein_intake.page import Page, add_page
from buurtsein_intake.photos.attachments import Attachments
from buurtsein_intake.photos.darkroom import Darkroom
from buurtsein_intake.photos.files import PhotoFiles
from buurtsein_intake.photos.media import ProviderMedia
from buurtsein_intake.photos.routes import add_photos
from buurtsein_intake.photos.store import PhotoStore
from buurtsein_intake.projection import Projection, watch_accounts
from buurtsein_intake.register import Register, watch_clients
from buurtsein_intake.settings import IntakeSettings, addresses
from buurtsein_intake.smtp import MailServer
from buurtsein_intake.statuses import RedisStatuses
from buurtsein_intake.submissions import Submissions
from buurtsein_intake.web import add_web
from buurtsein_runtime import health, redis, tracing
from buurtsein_runtime.clock import SystemClock, clock
from buurtsein_runtime.config import load_yaml
from buurtsein_runtime.http import NO_TELEMETRY
from buurtsein_runtime.problems import answer_errors
from buurtsein_runtime.producer import Producer
from buurtsein_runtime.starting import started

_STOP_SECONDS = 3.0
_Doing = Callable[[], Coroutine[object, object, None]]

_LOG = structlog.get_logger()


def bootstrap(settings: IntakeSettings) -> FastAPI:
    """Return the application; raises `ConfigError` when a configuration file is refused.

    Nothing is connected before the application starts, and it starts without Kafka and Redis.
    """
    store = redis.connect(settings)
    keyring = Keyring(load_yaml(settings.clients, Clients))
    keyring.lose(SystemClock().now())
    producer = Producer(settings.kafka_bootstrap, seconds=settings.kafka_seconds)
    outbox = GraphOutbox(settings)
    photos, media = photo_store(settings), ProviderMedia(settings)
    attachments = Attachments(photos, media, attempts=settings.graph_attempts, rest=settings.graph_rest_seconds)
    submissions = Submissions(settings)
    statuses = RedisStatuses(store, status_seconds=settings.status_seconds, code=submissions.code_entry)
    projection = Projection(statuses, bootstrap=settings.kafka_bootstrap)
    exchange = _exchange(settings, store)
    claims = RedisClaims(exchange)
    intake = Intake(
        settings=settings,
        keyring=keyring,
        addresses=addresses(settings),
        communities=frozenset(c.id for c in load_yaml(settings.communities, Communities).communities),
        receipts=Receipts(settings.public_url),
        submissions=submissions,
        acceptance=Acceptance(claims, producer),
        statuses=statuses,
        clock=clock(settings.clock),
        tracer=tracing.tracer(settings, "intake"),
        form=load_form(settings.form),
        drafts=_drafts(settings, exchange),
        outbox=outbox,
        filings=RedisFilings(exchange, seconds=settings.status_seconds),
        photos=photos,
        attachments=attachments,
        quotas=claims,
        codes=RedisCodes(store, wrong=settings.wrong_codes, status_seconds=settings.status_seconds),
    )
    mail = MailServer(settings, email(settings, keyring, intake.known), intake.desk, now=intake.clock.now)
    background = (
        projection.run,
        photos.sweep,
        partial(watch_clients, Register(store), keyring),
        partial(watch_accounts, statuses, settings.unaccounted_seconds),
    )
    endings = {"attachments": attachments.stop, "media": media.close, "outbox": outbox.stop}
    endings |= {"producer": producer.stop, "redis": store.aclose}
    api = application(intake, lifespan=_lifespan(producer, mail, background, endings))
    api.include_router(health.router(_checks(statuses, projection)))
    return api


def _checks(statuses: RedisStatuses, projection: Projection) -> health.Health:
    checks = health.Health()
    checks.ready.update(redis=statuses.problem, kafka=projection.kafka_problem, projection=projection.problem)
    return checks


def _exchange(settings: IntakeSettings, store: Redis) -> Exchange:
    return Exchange(
        store,
        seconds=settings.redis_seconds,
        lease_seconds=settings.lease_seconds,
        status_seconds=settings.status_seconds,
    )


def _drafts(settings: IntakeSettings, exchange: Exchange) -> RedisDrafts:
    return RedisDrafts(
        exchange,
        timeout=settings.redis_seconds,
        seconds=settings.draft_seconds,
        quiet_seconds=settings.quiet_seconds,
    )


def photo_store(settings: IntakeSettings) -> PhotoStore:
    """Return where photos are kept by the settings."""
    return PhotoStore(
        PhotoFiles(settings.photos),
        Darkroom(seconds=settings.photo_making_seconds),
        keep=timedelta(seconds=settings.photo_seconds),
    )


def _lifespan(
    producer: Producer, mail: MailServer, background: Sequence[_Doing], endings: Mapping[str, _Doing]
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        """Connect, keep what runs in the background, and let go."""
        await producer.start()
        started()
        tasks = [asyncio.create_task(run()) for run in background]
        await mail.start()
        yield
        await _within("smtp", mail.stop())
        for task in tasks:
            task.cancel()
        await _within("background", asyncio.wait(tasks))
        for name, end in endings.items():
            await _within(name, end())

    return lifespan


def application(intake: Intake, lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """Return the application around `intake`, with every error answered as a problem."""
    api = FastAPI(
        title="Buurtsein intake",
        version="1",
        description="Takes residents' reports from any channel, keeps them, and tells what became of them.",
        telemetry=NO_TELEMETRY,
        redirect_slashes=False,
        generate_unique_id_function=attrgetter("name"),
        lifespan=lifespan,
    )
    add_routes(api, intake)
    add_form(api, intake.form)
    channels = adapters(intake.settings, intake.keyring, intake.known)
    add_channels(api, channels, intake.desk, public_url=intake.settings.public_url, now=intake.clock.now)
    _add_standards(api, intake)
    add_codes(api, intake)
    add_photos(api, intake)
    _add_page(api, intake)
    api.openapi = documented_by(api)  # type: ignore[method-assign]
    answer_errors(api)
    layers = api.build_middleware_stack
    # Outside all layers: what they add to each request costs a tenth of it, and intake's own routes need none of it.
    api.build_middleware_stack = lambda: AccessLog(Shortcut(Methods(layers(), api.routes), api.routes))  # type: ignore[method-assign]
    return api


def _add_standards(api: FastAPI, intake: Intake) -> None:
    settings = intake.settings
    services = Services(load_yaml(settings.open311, Open311File), intake.form, settings.public_url)
    add_open311(
        api,
        Open311Desk(
            services=services,
            keyring=intake.keyring,
            desk=intake.desk,
            filings=intake.filings,
            statuses=intake.statuses,
            clock=intake.clock,
            public_url=settings.public_url,
        ),
    )
    if settings.signalen_public:
        signalen = SignalenDesk(
            file=load_yaml(settings.signalen, SignalenFile),
            illustrations=intake.illustrations,
            upload=intake.upload,
            filings=intake.filings,
            statuses=intake.statuses,
            clock=intake.clock,
            public_url=settings.public_url,
            spend=intake.spend_of_address,
        )
        add_signalen(api, signalen)


def _add_page(api: FastAPI, intake: Intake) -> None:
    page = Page(intake.settings.page)
    add_page(api, page)
    add_web(api, intake, page)


async def _within(name: str, stopping: Awaitable[object]) -> None:
    try:
        await asyncio.wait_for(stopping, _STOP_SECONDS)
    except TimeoutError:
        _LOG.warning("not_stopped_in_time", what=name)
