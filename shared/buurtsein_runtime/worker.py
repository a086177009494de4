"""The process of a stage: a Faust worker, its HTTP port and the watchdog, all of them crash-only.

A stop through Faust was seen to hang for minutes while its consumer thread kept the group waiting.
"""

import asyncio
import logging
import os
import signal
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import faust
import uvloop
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from fastapi import FastAPI

from buurtsein_runtime import logs, transport
from buurtsein_runtime.beginning import until_topics
from buurtsein_runtime.crash import leave, or_leave
from buurtsein_runtime.handler import Handler
from buurtsein_runtime.health import Health
from buurtsein_runtime.http import serve
from buurtsein_runtime.lanes import Lanes
from buurtsein_runtime.settings import StageSettings
from buurtsein_runtime.stage import Stage
from buurtsein_runtime.starting import started

TIMER_SECONDS = 0.5
LAG_SECONDS = 2.0


def run(
    *,
    settings: StageSettings,
    stages: tuple[Stage, ...],
    api: FastAPI | None = None,
    handlers: Mapping[str, Handler] | None = None,
    beside: Sequence[Callable[[], Awaitable[None]]] = (),
) -> NoReturn:
    """Run the stages of one service until the process is told to end; stages of one process share a consumer group.

    `handlers` by stage name take the place of `decode → decide → effects`; `beside` is other work for as long as the
    process runs.
    """
    logs.configure(settings, stages[0].name)
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    asyncio.run(until_topics(settings.kafka_bootstrap, [name for stage in stages for name in stage.sources]))
    lanes = Lanes(stages, settings, group=stages[0].group, handlers=handlers)
    app = _application(settings, stages[0].group)
    transport.install(app, lanes.pace)
    _connect(app, lanes, stages, settings, api or FastAPI(title=f"Buurtsein {stages[0].name}"))
    _work_beside(app, beside)
    started()
    _CrashOnlyWorker(app, loglevel="WARNING", redirect_stdouts=False, quiet=True).execute_from_commandline()
    leave("the worker ended by itself")


class _CrashOnlyWorker(faust.Worker):  # type: ignore[misc]
    def install_signal_handlers(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: os._exit(0))

    def _setup_logging(self) -> None:
        for name in ("faust", "mode", "aiokafka"):
            logging.getLogger(name).setLevel(logging.WARNING)


def _application(settings: StageSettings, group: str) -> faust.App:
    work_dir = settings.work_dir or Path(tempfile.mkdtemp(prefix="buurtsein-"))
    return faust.App(
        group,
        broker=";".join(f"kafka://{server.strip()}" for server in settings.kafka_bootstrap.split(",")),
        store="memory://",
        datadir=work_dir,
        web_enabled=False,
        topic_disable_leader=True,
        topic_allow_declare=False,
        consumer_auto_offset_reset="earliest",
        consumer_group_instance_id=settings.instance or "",
        stream_wait_empty=False,
        stream_buffer_maxsize=16,
        broker_max_poll_records=4000,
        broker_commit_interval=3600.0,
        broker_commit_every=10**9,
        broker_session_timeout=6.0,
        broker_heartbeat_interval=2.0,
        table_standby_replicas=0,
    )


def _connect(app: faust.App, lanes: Lanes, stages: Sequence[Stage], settings: StageSettings, api: FastAPI) -> None:
    for stage in stages:
        for name in stage.sources:
            _read(app, lanes, stage, name)
    _follow_assignment(app, lanes, settings)
    health = Health()
    lanes.add_checks(health)

    async def http() -> None:
        await serve(api, health, settings)
        leave("the HTTP port could not be served")

    async def timers() -> None:
        while True:
            await or_leave(lanes.tick())
            await asyncio.sleep(TIMER_SECONDS)

    async def watchdog() -> None:
        while True:
            if stalled := await lanes.watch():
                leave(f"{stalled} has lag and stands still")
            await asyncio.sleep(LAG_SECONDS)

    for work in (http, timers, watchdog):
        app.task(work)


def _work_beside(app: faust.App, works: Sequence[Callable[[], Awaitable[None]]]) -> None:
    async def beside() -> None:
        await asyncio.gather(*(or_leave(work()) for work in works))

    app.task(beside)


def _read(app: faust.App, lanes: Lanes, stage: Stage, name: str) -> None:
    source = app.topic(name, key_serializer=transport.CODEC, value_serializer=transport.CODEC)

    async def agent(stream: faust.StreamT) -> None:
        async for event in stream.events():
            # What was fetched before a rebalance is read again by whoever owns the partition now.
            if event.message.generation_id == app.consumer_generation_id:
                await lanes.offer(stage, event.value)

    app.agent(source, name=f"{stage.name}-{name}", isolated_partitions=True)(agent)


def _follow_assignment(app: faust.App, lanes: Lanes, settings: StageSettings) -> None:
    async def assigned(sender: object, assigned: set[TopicPartition], **_: object) -> None:  # noqa: ARG001
        lanes.assigned(assigned)

    async def revoked(sender: object, revoked: set[TopicPartition], **_: object) -> None:  # noqa: ARG001
        try:
            async with asyncio.timeout(settings.release_seconds):
                await lanes.release()
        except (TimeoutError, KafkaError) as error:
            leave(f"partitions were not given up in time: {error!r}")

    app.on_partitions_assigned.connect(assigned)
    app.on_partitions_revoked.connect(revoked)
