"""`buurtsein dlq`: lists, shows and replays what could not be decided."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

import click
from kafka import KafkaProducer
from kafka.errors import MessageSizeTooLargeError
from rich.table import Table
from rich.text import Text

from buurtsein_events.accounting import Sighting
from buurtsein_events.deadletters import DeadLetter, NotADeadLetter, Origin
from buurtsein_events.topics import dead_letter_topic
from buurtsein_platform.dlq_output import console, shown
from buurtsein_platform.dlq_reader import TopicReader, in_one_line, reading
from buurtsein_platform.errors import PlatformError
from buurtsein_platform.platform import here
from buurtsein_runtime.terminal import MOMENT, printable

COLUMNS = ("position", "reason", "error", "stage", "origin", "time", "bytes", "detail")
REPLAY_SECONDS = 30
LARGEST = 4 * 1024 * 1024


class Filters(NamedTuple):
    """Which dead letters are meant; None means any."""

    topic: str | None
    reason: str | None
    stage: str | None
    since: datetime | None

    def match(self, letter: DeadLetter) -> bool:
        """Return whether a dead letter is meant, but for its topic."""
        wanted = ((self.reason, letter.reason), (self.stage, letter.stage))
        return all(want in (None, is_) for want, is_ in wanted) and (self.since is None or letter.at >= self.since)


class Found(NamedTuple):
    """A dead letter and its position on the dead-letter topic."""

    position: Origin
    letter: DeadLetter


def filters(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that filter dead letters to a command."""
    options = (
        click.option("--topic", help="Only of this topic, such as reports.received."),
        click.option("--reason", help="Only with this reason, such as not_json."),
        click.option("--stage", help="Only of this stage, such as moderation."),
        click.option("--since", type=MOMENT, help="Only since: 6d, 12h, 30m or an ISO 8601 time."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group()
def dlq() -> None:
    """Work on dead letters: what no stage could decode or decide."""


@dlq.command("list")
@filters
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one line for each.")
def list_letters(
    topic: str | None, reason: str | None, stage: str | None, since: datetime | None, as_json: bool
) -> None:
    """List dead letters, each with its position, the reason and where it came from."""
    with reading(here().kafka_bootstrap) as reader:
        found = find(reader, Filters(topic, reason, stage, since))
        if as_json:
            for each in found:
                click.echo(json.dumps(summary(each)))
        else:
            console().print(table(found))


@dlq.command()
@click.argument("position")
def show(position: str) -> None:
    """Show one dead letter whole: its headers, and its value as text or as a hex dump."""
    with reading(here().kafka_bootstrap) as reader:
        record = _record(reader, position)
    for name, value in record.headers:
        click.echo(f"{printable(name)}: {' '.join(shown(value))}")
    click.echo(f"key: {' '.join(shown(record.key))}")
    value = _letter(record).value
    click.echo(f"value, {len(value or b'')} bytes:")
    click.echo("\n".join(shown(value)))


@dlq.command()
@click.argument("positions", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every dead letter that the filters leave.")
@filters
@click.option("--dry-run", is_flag=True, help="Say what would be put back, and put nothing back.")
def replay(
    *,
    positions: tuple[str, ...],
    everything: bool,
    topic: str | None,
    reason: str | None,
    stage: str | None,
    since: datetime | None,
    dry_run: bool,
) -> None:
    """Put records back on the topics that they came from, as they were; twice is processed once."""
    chosen = Filters(topic, reason, stage, since)
    if bool(positions) == everything or (positions and any(chosen)):
        raise click.UsageError("name positions, or use --all with or without filters")
    bootstrap = here().kafka_bootstrap
    with reading(bootstrap) as reader:
        found = list(find(reader, chosen)) if everything else [_found(reader, position) for position in positions]
    if dry_run:
        for each in found:
            click.echo(f"{each.position} would go to {each.letter.origin.topic}")
        return
    with in_one_line(bootstrap):
        refused = put_back(bootstrap, found)
    if refused:
        raise click.exceptions.Exit(1)


def find(reader: TopicReader, chosen: Filters) -> Iterator[Found]:
    """Yield the dead letters on the cluster's dead-letter topics that are meant; others on them are skipped."""
    suffix = dead_letter_topic("")
    topics = [dead_letter_topic(chosen.topic.removesuffix(suffix))] if chosen.topic else sorted(reader.existing())
    for topic in topics:
        for record in reader.read(topic) if topic.endswith(suffix) else ():
            try:
                letter = _letter(record)
            except PlatformError as error:
                click.echo(error.message, err=True)
                continue
            if chosen.match(letter):
                yield Found(record.origin, letter)


def put_back(bootstrap: str, found: Iterable[Found]) -> int:
    """Send the records of dead letters to where they came from and say where each went; returns how many did not."""
    producer = KafkaProducer(
        bootstrap_servers=bootstrap.split(","),
        client_id="buurtsein-replay",
        acks="all",
        allow_auto_create_topics=False,
        max_request_size=LARGEST,
        bootstrap_timeout_ms=5000,
    )
    refused = 0
    try:
        for each in found:
            try:
                click.echo(f"{each.position} went to {_sent(producer, each.letter)}")
            except (ValueError, MessageSizeTooLargeError) as error:
                refused += 1
                click.echo(f"{each.position} can't be put back: {error or type(error).__name__}", err=True)
    finally:
        producer.close(timeout=REPLAY_SECONDS)
    return refused


def _sent(producer: KafkaProducer, letter: DeadLetter) -> Origin:
    sent = producer.send(
        letter.origin.topic,
        key=letter.key,
        value=letter.value,
        headers=[(name, value or b"") for name, value in letter.replay_headers()],
        partition=None if letter.key is not None else letter.origin.partition,
    ).get(timeout=REPLAY_SECONDS)
    return Origin(sent.topic, sent.partition, sent.offset)


def summary(found: Found) -> dict[str, str | int | None]:
    """Return one dead letter as a line of JSON has it."""
    position, letter = found
    return {
        "position": str(position),
        "id": letter.id,
        "reason": letter.reason,
        "error": letter.error,
        "detail": letter.detail,
        "stage": letter.stage,
        "origin": str(letter.origin),
        "time": letter.at.isoformat(),
        "key": None if letter.key is None else letter.key.decode("utf-8", "backslashreplace"),
        "bytes": None if letter.value is None else len(letter.value),
    }


def table(found: Iterable[Found]) -> Table:
    """Return dead letters as a table."""
    rows = Table(*COLUMNS, box=None, pad_edge=False)
    for each in found:
        values = summary(each)
        rows.add_row(*(Text(printable(_cell(values[name]))) for name in COLUMNS))
    return rows


def _cell(value: str | int | None) -> str:
    return "null" if value is None else str(value)


def _found(reader: TopicReader, position: str) -> Found:
    record = _record(reader, position)
    return Found(record.origin, _letter(record))


def _record(reader: TopicReader, position: str) -> Sighting:
    try:
        origin = Origin.parse(position)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    if not origin.topic.endswith(dead_letter_topic("")):
        raise click.BadParameter(f"{position} is not on a dead-letter topic; `buurtsein dlq list` shows positions")
    record = reader.at(origin)
    if record is None:
        raise PlatformError(f"There is no record at {position}.")
    return record


def _letter(record: Sighting) -> DeadLetter:
    """Return the dead letter in a record; one that names another topic than its own is no dead letter."""
    try:
        letter = DeadLetter.from_record(value=record.value, key=record.key, headers=record.headers)
    except NotADeadLetter as error:
        raise PlatformError(f"{record.origin} is no dead letter: {printable(str(error))}") from error
    if dead_letter_topic(letter.origin.topic) != record.origin.topic:
        raise PlatformError(f"{record.origin} is no dead letter of its topic: it names {printable(str(letter.origin))}")
    return letter
