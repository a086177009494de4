"""What a stage waits for before it begins: a broker that has its topics."""

import asyncio
from collections.abc import Iterable

import structlog
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

WAIT_SECONDS = 0.25

_LOG = structlog.get_logger()


async def until_topics(bootstrap: str, names: Iterable[str]) -> None:
    """Return when the broker answers and has these topics; until then say once what is missing."""
    wanted, said = set(names), ""
    while problem := await _missing(bootstrap, wanted):
        if problem != said:
            _LOG.warning("waiting", dependency="kafka", error=problem)
            said = problem
        await asyncio.sleep(WAIT_SECONDS)


async def _missing(bootstrap: str, wanted: set[str]) -> str:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        await admin.start()
        missing = wanted - set(await admin.list_topics())
    except (KafkaError, OSError) as error:
        return f"{bootstrap} does not answer: {type(error).__name__}"
    finally:
        await admin.close()
    return f"topics are missing: {', '.join(sorted(missing))}" if missing else ""
