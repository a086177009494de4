"""Where a platform keeps things: a data directory that is easy to delete, and a cache for all platforms of a user."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from buurtsein_platform.errors import PlatformError


@dataclass(frozen=True, slots=True)
class Home:
    """The paths of one platform.

    The control socket is not in the data directory: its path must be short, and who deletes the data while the platform
    runs must still be able to stop it.
    """

    root: Path
    cache: Path

    @property
    def logs(self) -> Path:
        """The directory with one log file for each program."""
        return self.root / "logs"

    @property
    def kafka(self) -> Path:
        """The directory of the broker."""
        return self.root / "kafka"

    @property
    def store(self) -> Path:
        """The directory of Redis or Valkey."""
        return self.root / "store"

    @property
    def outbox(self) -> Path:
        """The directory where feedback leaves what it would send."""
        return self.root / "outbox"

    @property
    def photos(self) -> Path:
        """The directory where intake keeps photos."""
        return self.root / "photos"

    @property
    def supervisor(self) -> Path:
        """The generated configuration of the supervisor."""
        return self.root / "supervisord.conf"

    @property
    def running(self) -> Path:
        """The file that tells other commands what runs and where."""
        return self.root / "platform.json"

    @property
    def socket(self) -> Path:
        """The supervisor's control socket."""
        return self.cache / "run" / f"{sha256(str(self.root).encode()).hexdigest()[:16]}.sock"

    def log(self, program: str) -> Path:
        """Return the log file of a program."""
        return self.logs / f"{program}.log"

    def work(self, program: str) -> Path:
        """Return the directory that a service works in."""
        return self.root / "work" / program

    def create(self) -> None:
        """Create the directories, for the user's eyes only."""
        for directory in (
            self.logs,
            self.kafka,
            self.store,
            self.outbox,
            self.photos,
            self.root / "work",
            self.socket.parent,
        ):
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)


class Running(BaseModel):
    """What runs and where: ports by program, and a fingerprint of the settings that it was started with."""

    model_config = ConfigDict(frozen=True)

    kafka: str
    redis: str
    ports: dict[str, int]
    settings: str

    @classmethod
    def read(cls, home: Home) -> "Running | None":
        """Return what the data directory says to be running, None when it says nothing."""
        try:
            return cls.model_validate_json(home.running.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise PlatformError(f"{home.running} is damaged: stop with `buurtsein down` and start again.") from error

    def write(self, home: Home) -> None:
        """Write the file, readable for the user only: an address may hold a password."""
        home.running.touch(mode=0o600)
        home.running.write_text(self.model_dump_json(indent=2) + "\n", "utf-8")


def home_at(root: Path, environment: Mapping[str, str] = os.environ) -> Home:
    """Return the platform's paths for a data directory."""
    cache = environment.get("BUURTSEIN_CACHE") or Path(environment.get("XDG_CACHE_HOME") or "~/.cache") / "buurtsein"
    return Home(root.expanduser().resolve(), Path(cache).expanduser().resolve())


def default_root(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the data directory: BUURTSEIN_HOME, else `.buurtsein` where the command is run."""
    return Path(environment.get("BUURTSEIN_HOME") or ".buurtsein")
