"""The outbox: every digest as a file that can be read, written whole or not at all, and the same when written twice."""

import os
from datetime import UTC
from pathlib import Path

from buurtsein_events.digests import FeedbackDigest
from buurtsein_events.ids import derive

_NAME_BYTES = 200


def path_of(outbox: Path, digest: FeedbackDigest, digest_id: str) -> Path:
    """Return the file of a digest: a folder for each reader, files that sort by time."""
    until = digest.until.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return outbox / folder_of(digest.reader) / f"{until}-{digest.kind}-{digest_id}.txt"


def folder_of(reader: str) -> str:
    """Return the folder of a reader, never one outside the outbox: `~` stands for the slash, which no name has."""
    name = reader.replace("/", "~")
    if not name.strip("."):
        return f"~{name}"
    return name if len(name.encode()) <= _NAME_BYTES else derive(reader, "outbox")


def write(path: Path, text: str) -> None:
    """Write a file in one step; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, "utf-8")
    draft.replace(path)
