"""Photos as files: each under the SHA-256 of its bytes, and its time of change is when it goes."""

import contextlib
import hashlib
import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

REF: Final = "^[0-9a-f]{64}$"
"""The pattern of what a photo is known by."""

_SUFFIX: Final = ".jpg"
_UNFINISHED: Final = ".new"
_UNFINISHED_SECONDS: Final = 3600


class PhotoFiles:
    """A directory of photos for our eyes only; every method raises `OSError` when it can't be used."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def write(self, photo: bytes, until: datetime) -> str:
        """Keep a photo and return what it is known by; it is on the disk by then. Writing it again changes nothing."""
        ref = hashlib.sha256(photo).hexdigest()
        path = self._path(ref)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(suffix=_UNFINISHED, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(photo)
                file.flush()
                os.fsync(file.fileno())
            _expire(Path(name), until)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        for directory in (path.parent, self._directory):
            _sync(directory)
        return ref

    def read(self, ref: str, now: datetime) -> bytes | None:
        """Return a photo, nothing when there is none (any more)."""
        if not self.has(ref, now):
            return None
        with contextlib.suppress(FileNotFoundError):
            return self._path(ref).read_bytes()
        return None

    def has(self, ref: str, now: datetime) -> bool:
        """Tell whether a photo is kept."""
        if re.fullmatch(REF, ref) is None:
            return False
        try:
            return self._path(ref).stat().st_mtime > now.timestamp()
        except FileNotFoundError:
            return False

    def extend(self, ref: str, until: datetime) -> None:
        """Keep a photo that there is until then at least."""
        _expire(self._path(ref), max(until, _moment(self._path(ref).stat().st_mtime)))

    def sweep(self, now: datetime) -> int:
        """Delete the photos whose time is over, and what a crash left; returns how many photos."""
        gone = 0
        for path in self._directory.glob(f"*/*{_SUFFIX}"):
            if path.stat().st_mtime <= now.timestamp():
                path.unlink(missing_ok=True)
                gone += 1
        for path in self._directory.glob(f"*/*{_UNFINISHED}"):
            with contextlib.suppress(FileNotFoundError):
                if abs(now.timestamp() - path.stat().st_ctime) > _UNFINISHED_SECONDS:
                    path.unlink()
        return gone

    def _path(self, ref: str) -> Path:
        return self._directory / ref[:2] / f"{ref}{_SUFFIX}"


def _expire(path: Path, until: datetime) -> None:
    os.utime(path, (until.timestamp(), until.timestamp()))


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
