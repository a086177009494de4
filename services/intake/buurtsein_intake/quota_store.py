"""Buckets of tokens in Redis, for requests that take a token without claiming anything."""

from redis.asyncio import Redis

from buurtsein_events.results import Later
from buurtsein_intake.claims import UNREACHABLE
from buurtsein_intake.limits import Quota
from buurtsein_intake.quotas import exceeded
from buurtsein_intake.scripts import TAKE_TOKEN
from buurtsein_runtime.problems import Refused


class RedisQuotas:
    """Takes tokens; the buckets are those of `RedisClaims`."""

    def __init__(self, redis: Redis) -> None:
        self._script = redis.register_script(TAKE_TOKEN)

    async def spend(self, quota: Quota) -> None:
        """Take a token; raises `Refused` (429) when there is none yet, `Later` when Redis does not answer."""
        try:
            wait_ms = await self._script(args=[quota.bucket, quota.rate, quota.burst])
        except UNREACHABLE as error:
            raise Later("redis") from error
        if wait_ms:
            raise Refused(exceeded(quota, wait_ms))
