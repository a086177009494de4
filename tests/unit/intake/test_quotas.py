"""Buckets: whose token a request takes, and what is said when there is none."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from pydantic import ValidationError

from buurtsein_intake.limits import Limit, Quota, quota_of_client
from buurtsein_intake.quotas import Addresses, exceeded
from tests.unit.intake.fakes import NOW

LIMIT = Limit(rate=60 / 3600, burst=60)
PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


def bucket(peer: str, *forwarded: str, secret: bytes = b"s", days: int = 0) -> str:
    """Return the bucket of a request from `peer`, behind the proxies of `PROXIES`."""
    headers = [(b"x-forwarded-for", each.encode("latin-1")) for each in forwarded]
    scope = {"type": "http", "client": (peer, 1234), "headers": headers}
    return Addresses(secret, LIMIT, PROXIES).quota_of(scope, NOW + timedelta(days=days)).bucket


def test_an_address_has_one_bucket_a_day_that_does_not_show_it() -> None:
    """Another day, another secret and another address have others."""
    mine = bucket("192.0.2.7")
    assert "192" not in mine
    assert bucket("192.0.2.7") == mine
    assert len({mine, bucket("192.0.2.8"), bucket("192.0.2.7", secret=b"t"), bucket("192.0.2.7", days=1)}) == 4


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("192.0.2.7", ("198.51.100.1",), "192.0.2.7"),
        ("10.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("203.0.113.9, 198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("203.0.113.9", "198.51.100.1, 10.0.0.2"), "198.51.100.1"),
        ("10.0.0.1", ("198.51.100.1:4711",), "198.51.100.1"),
        ("10.0.0.1", (), "10.0.0.1"),
        ("10.0.0.1", (" , ",), "10.0.0.1"),
        ("fd00::1", ("[2001:db8::1]:4711",), "2001:db8::1"),
        ("::ffff:10.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("\xff<script>",), ""),
    ],
)
def test_an_address_is_believed_as_far_as_trusted_proxies_say_it(
    peer: str, forwarded: tuple[str, ...], counted: str
) -> None:
    """What a caller itself wrote in the header does not give it another bucket."""
    assert bucket(peer, *forwarded) == bucket(counted)


def test_a_household_has_one_bucket_however_many_addresses_it_has() -> None:
    """With IPv6 that is a network of 64 bits."""
    assert bucket("2001:db8::1") == bucket("2001:db8::ffff")
    assert bucket("2001:db8::1") != bucket("2001:db8:0:1::1")


def test_a_caller_without_an_address_has_a_bucket_too() -> None:
    """As over a Unix socket."""
    quota = Addresses(b"s", LIMIT).quota_of({"client": None, "headers": []}, NOW)
    assert (quota.rate, quota.burst) == (LIMIT.rate, LIMIT.burst)


def test_who_sends_too_much_is_told_when_to_go_on() -> None:
    """In the standard's headers, in whole seconds, and never at once."""
    problem = exceeded(Quota("client:app", 0.5, 30), 1001)
    assert (problem.status, problem.headers["Retry-After"]) == (429, "2")
    assert problem.headers["RateLimit-Policy"] == '"client";q=30;w=60'
    assert problem.headers["RateLimit"] == '"client";r=0;t=2'
    assert exceeded(Quota("client:app", 5, 30), 1).headers["Retry-After"] == "1"


@pytest.mark.parametrize(("limit", "quota"), [(None, None), (LIMIT, Quota("client:app", LIMIT.rate, LIMIT.burst))])
def test_a_client_has_a_bucket_of_its_own_if_it_has_a_limit(limit: Limit | None, quota: Quota | None) -> None:
    """Named after it, so that metrics and logs can be read."""
    assert quota_of_client("app", limit) == quota


@pytest.mark.parametrize(("rate", "burst"), [(0.001, 1), (1_000_000, 1_000_000)])
def test_a_limit_may_be_small_or_large(rate: float, burst: int) -> None:
    """From a report in a while to more than a broker takes."""
    assert Limit(rate=rate, burst=burst).burst == burst


@pytest.mark.parametrize(
    "wrong",
    [{"rate": 0}, {"rate": 1_000_001}, {"burst": 0}, {"burst": 1_000_001}, {"per": "minute"}],
    ids=lambda wrong: str(*wrong.items()),
)
def test_a_limit_that_lets_nothing_or_anything_through_is_refused(wrong: dict[str, object]) -> None:
    """As is what this version does not know."""
    with pytest.raises(ValidationError):
        Limit.model_validate({"rate": 1, "burst": 1, **wrong})
