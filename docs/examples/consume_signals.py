"""Reads the signals of one network, each once. Needs kafka-python and nothing of Buurtsein.

python consume_signals.py municipality --bootstrap 127.0.0.1:9092
"""

import argparse
import json
import sqlite3
import sys
from typing import TypedDict

from kafka import KafkaConsumer

KNOWN_TYPE = "nl.buurtsein.signal.assigned.v1"


class Signal(TypedDict):
    """The fields that this consumer uses; an event may have more."""

    signal_id: str
    incident: str
    duplicate: bool
    severity: str
    community: str


class Seen:
    """The signals that were handled, kept on disk, so that one that is read again is not handled again."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path)
        self._db.execute("CREATE TABLE IF NOT EXISTS seen (signal_id TEXT PRIMARY KEY)")

    def __contains__(self, signal_id: str) -> bool:
        """Return whether the signal was handled."""
        return self._db.execute("SELECT 1 FROM seen WHERE signal_id = ?", (signal_id,)).fetchone() is not None

    def add(self, signal_id: str) -> None:
        """Remember that the signal was handled."""
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (signal_id,))


def signal_of(value: bytes) -> Signal | None:
    """Return the signal in an event, or `None` for an event of a type that this consumer does not know."""
    event = json.loads(value)
    return event["data"] if event["type"] == KNOWN_TYPE else None


def handle(signal: Signal) -> None:
    """Act on a signal: here it is printed, and when it is about a known event with its incident."""
    about = f"more about {signal['incident']}" if signal["duplicate"] else "new"
    whole = json.dumps(signal, ensure_ascii=False)
    sys.stdout.write(f"{signal['severity']:8} {signal['community']:16} {about}: {whole}\n")


def consume(network: str, bootstrap: str, seen: Seen, *, idle_seconds: float | None) -> None:
    """Read the network's topic, and end when nothing came for `idle_seconds` if that is given."""
    consumer = KafkaConsumer(
        f"signals.routed.{network}",
        bootstrap_servers=bootstrap.split(","),
        group_id=f"{network}-example",
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        consumer_timeout_ms=int(idle_seconds * 1000) if idle_seconds else float("inf"),
    )
    for record in consumer:
        signal = signal_of(record.value)
        if signal is not None and signal["signal_id"] not in seen:
            handle(signal)
            seen.add(signal["signal_id"])
        consumer.commit()
    consumer.close()


def main() -> None:
    """Read the command line and consume."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("network")
    arguments.add_argument("--bootstrap", default="127.0.0.1:9092")
    arguments.add_argument("--seen", default="seen.sqlite", help="file of the signals that were handled")
    arguments.add_argument("--idle", type=float, help="end when nothing came for so many seconds")
    given = arguments.parse_args()
    consume(given.network, given.bootstrap, Seen(given.seen), idle_seconds=given.idle)


if __name__ == "__main__":
    main()
