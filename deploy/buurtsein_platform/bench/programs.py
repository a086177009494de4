"""The bare parts to compare with, each a process: `python -m buurtsein_platform.bench.programs NAME`.

`copy` is a plain aiokafka loop that copies records and commits after each batch; `stage` is the runtime's stage with a
decision that passes records through; `http` is a FastAPI server that does nothing but keep a body with acks=all.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import uvicorn
import uvloop
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from fastapi import FastAPI, Request, Response

from buurtsein_events.results import Decision
from buurtsein_runtime.records import Output, Record
from buurtsein_runtime.settings import StageSettings
from buurtsein_runtime.stage import Stage
from buurtsein_runtime.worker import run

SOURCE, COPIED, PASSED, BODIES = "bench.in", "bench.copied", "bench.passed", "bench.bodies"
STAGE = "bench-stage"


@dataclass(slots=True)
class _Passed:
    outputs: list[Output]
    dead: list[bool] = field(default_factory=list)

    def settle(self) -> None:
        """Say nothing."""


class _PassThrough:
    async def handle(self, records: Sequence[Record]) -> _Passed:
        return _Passed([Output(PASSED, record.key, record.value) for record in records])


def stage() -> None:
    """Copy records through the runtime's stage."""
    passing = Stage(name=STAGE, sources=(SOURCE,), decide=lambda *_: Decision("passed"), keys=lambda _: ())
    run(settings=StageSettings(), stages=(passing,), handlers={STAGE: _PassThrough()})


async def copy(bootstrap: str) -> None:
    """Copy records with a bare loop."""
    reader = AIOKafkaConsumer(
        SOURCE,
        bootstrap_servers=bootstrap,
        group_id="bench-copy",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_poll_records=4000,
    )
    writer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", linger_ms=0, max_batch_size=262144)
    await reader.start()
    await writer.start()
    while True:
        batches = await reader.getmany(timeout_ms=1000)
        records = [record for batch in batches.values() for record in batch]
        if records:
            await asyncio.gather(*[await writer.send(COPIED, record.value, record.key) for record in records])
            await reader.commit()


async def http(bootstrap: str, port: int) -> None:
    """Serve a FastAPI application that only keeps the body."""
    api, kept = FastAPI(), AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", linger_ms=2, max_batch_size=262144)

    @api.post("/v1/reports", status_code=202)
    async def keep(request: Request) -> Response:
        """Keep the body."""
        await kept.send_and_wait(BODIES, await request.body())
        return Response(b"{}", 202, media_type="application/json")

    await kept.start()
    await uvicorn.Server(uvicorn.Config(api, port=port, access_log=False, log_config=None, http="httptools")).serve()


def main(name: str) -> None:
    """Run one of the programs."""
    bootstrap = os.environ["BUURTSEIN_KAFKA_BOOTSTRAP"]
    if name == "stage":
        sys.argv = sys.argv[:1]
        stage()
    uvloop.run(copy(bootstrap) if name == "copy" else http(bootstrap, int(os.environ["BUURTSEIN_HTTP_PORT"])))


if __name__ == "__main__":
    main(sys.argv[1])
