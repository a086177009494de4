"""`buurtsein client`: which applications may call intake, and with which keys."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

import click
from pydantic import ValidationError

from buurtsein_events.results import Later
from buurtsein_intake.client_keys import RANDOM_BYTES, UnclearKeyError, issue, rotated, without
from buurtsein_intake.client_options import LIFE, NAME, RATE, SCOPES, SPAN
from buurtsein_intake.clients import RESERVED, Client, Clients, Right
from buurtsein_intake.limits import Limit
from buurtsein_intake.register import Register
from buurtsein_intake.settings import IntakeSettings
from buurtsein_runtime import redis
from buurtsein_runtime.clock import SystemClock
from buurtsein_runtime.config import ConfigError, load_yaml

Result = TypeVar("Result")


@click.group()
def client() -> None:
    """Which applications may call intake, and with which keys."""


@client.command()
@click.argument("name", type=NAME)
@click.option("--scopes", type=SCOPES, default="reports:write", show_default=True, help="Separated by commas.")
@click.option("--network", "networks", multiple=True, help="A network whose outcomes it may report; any without this.")
@click.option("--rate", type=RATE, default="50/s", show_default=True, help="How often it may call.")
@click.option("--burst", type=click.IntRange(1, 1_000_000), default=500, show_default=True, help="How often at once.")
@click.option("--expires", type=LIFE, help="How long its key is good; forever without this.")
@click.option("--require-key", is_flag=True, help="Refuse its requests without an Idempotency-Key.")
def add(
    name: str,
    scopes: tuple[Right, ...],
    networks: tuple[str, ...],
    rate: float,
    burst: int,
    expires: timedelta | None,
    require_key: bool,
) -> None:
    """Add the application NAME and show its key, this once."""
    settings, now = IntakeSettings(), SystemClock().now()
    _check_networks(networks, settings.networks)
    _check_free(name, settings)
    issued = issue(name, secrets.token_urlsafe(RANDOM_BYTES), now=now, expires=_after(now, expires))
    new = Client(
        name=name,
        keys=(issued.key,),
        scopes=scopes,
        networks=networks,
        limit=Limit(rate=rate, burst=burst) if rate else None,
        idempotency_key_required=require_key,
    )
    if not _perform(lambda register: register.add(new)):
        raise click.ClickException(
            f"There is a client {name} already; give it a new key: buurtsein client rotate {name}"
        )
    _show(issued.text)


@client.command()
@click.argument("name", type=NAME)
@click.option("--grace", type=SPAN, default="7d", show_default=True, help="How long the old keys stay good.")
@click.option("--expires", type=LIFE, help="How long the new key is good; forever without this.")
def rotate(name: str, grace: timedelta, expires: timedelta | None) -> None:
    """Give the application NAME a new key and show it, this once; the old ones end after the grace."""
    now = SystemClock().now()
    issued = issue(name, secrets.token_urlsafe(RANDOM_BYTES), now=now, expires=_after(now, expires))
    _change(name, lambda known: rotated(known, issued.key, now=now, until=now + grace))
    _show(issued.text)


@client.command()
@click.argument("name", type=NAME)
@click.option("--key", "last_four", metavar="LAST4", help="Only the key that ends in these four characters.")
def revoke(name: str, last_four: str | None) -> None:
    """Take away the keys of the application NAME, or one of them; within 5 seconds they are refused."""
    if last_four is None:
        if not _perform(lambda register: register.remove(name)):
            raise _unknown(name)
        click.echo(f"{name} is removed; its keys are refused within 5 seconds.")
        return
    left = len(_change(name, lambda known: without(known, last_four)).keys)
    click.echo(f"The key of {name} that ends in {last_four} is refused within 5 seconds; {left} left.")


@client.command(name="list")
def list_() -> None:
    """Show all registered applications, never their keys."""
    now = SystemClock().now()
    known = _perform(lambda register: register.all())
    for each in known:
        for line in _lines(each, now):
            click.echo(line)
    if not known:
        click.echo("No clients are registered; those of the file that BUURTSEIN_CLIENTS names are not shown here.")


def _lines(known: Client, now: datetime) -> Iterator[str]:
    limit = f"{known.limit.rate:g}/s, {known.limit.burst} at once" if known.limit else "unlimited"
    networks = f"  networks {', '.join(known.networks)}" if known.networks else ""
    required = "  Idempotency-Key required" if known.idempotency_key_required else ""
    yield f"{known.name}  {', '.join(known.scopes)}  {limit}{networks}{required}"
    for key in known.keys:
        created = f"{key.created:%Y-%m-%d}" if key.created else "?"
        ends = "forever" if key.expires is None else f"until {key.expires:%Y-%m-%d %H:%M} UTC"
        yield f"  …{key.last_four or '?'}  since {created}  {ends if key.lives(now) else 'expired'}"
    if not known.keys:
        yield f"  no keys: buurtsein client rotate {known.name} gives one"


def _show(key: str) -> None:
    click.echo(key)
    click.echo(
        "It is good within 5 seconds. This is the only time that it is shown; only its SHA-256 is kept.", err=True
    )


def _check_networks(networks: tuple[str, ...], known: tuple[str, ...]) -> None:
    if unknown := sorted(set(networks).difference(known)):
        raise click.BadParameter(
            f"{unknown[0]!r} is no network; the networks are {', '.join(known)}", param_hint="--network"
        )


def _check_free(name: str, settings: IntakeSettings) -> None:
    if name in RESERVED:
        raise click.ClickException(f"{name} is the name of a channel of intake itself; choose another name")
    try:
        filed = load_yaml(settings.clients, Clients)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    if any(each.name == name for each in filed.clients):
        raise click.ClickException(f"{name} is in {settings.clients.name} already; choose another name")


def _after(now: datetime, span: timedelta | None) -> datetime | None:
    return None if span is None else now + span


def _change(name: str, change: Callable[[Client], Client]) -> Client:
    try:
        changed = _perform(lambda register: register.change(name, change))
    except UnclearKeyError as error:
        raise click.ClickException(str(error)) from error
    except ValidationError as error:
        raise click.ClickException(f"{name} can't be read in the register; revoke it and add it anew") from error
    if changed is None:
        raise _unknown(name)
    return changed


def _unknown(name: str) -> click.ClickException:
    return click.ClickException(
        f"There is no client {name} in the register; buurtsein client list shows those there are"
    )


def _perform(call: Callable[[Register], Awaitable[Result]]) -> Result:
    async def perform() -> Result:
        store = redis.connect(IntakeSettings())
        try:
            return await call(Register(store))
        finally:
            await store.aclose()

    try:
        return asyncio.run(perform())
    except Later as error:
        raise click.ClickException("Redis does not answer; is BUURTSEIN_REDIS_URL right?") from error
