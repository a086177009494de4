"""Photos on the disk: each once, for its time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from buurtsein_events.results import Later
from buurtsein_intake.photos.darkroom import Darkroom
from buurtsein_intake.photos.files import PhotoFiles
from buurtsein_intake.photos.store import PhotoStore
from buurtsein_runtime.problems import Refused
from tests.unit.intake.photos.pictures import SECRET, bomb, camera_photo, encoded, picture

NOW = datetime(2026, 10, 13, tzinfo=UTC)
DAY = timedelta(days=1)


class World:
    """A store in a directory, at a time."""

    def __init__(self, directory: Path, seconds: float = 60) -> None:
        self.directory, self.at = directory, NOW
        self.files = PhotoFiles(directory)
        self.store = PhotoStore(self.files, Darkroom(seconds=seconds), keep=30 * DAY, now=lambda: self.at)

    def names(self) -> list[str]:
        """Return the files that there are."""
        return [path.name for path in self.directory.rglob("*") if path.is_file()]


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return an empty store."""
    return World(tmp_path)


async def test_a_photo_is_kept_under_the_hash_of_what_remains_of_it(world: World) -> None:
    """The same photo is one file, whatever its metadata; nothing of the original is on the disk."""
    first = await world.store.add(camera_photo())
    again = await world.store.add(encoded(picture(), "JPEG"))
    assert first == again
    assert world.names() == [f"{first.ref}.jpg"]
    kept = await world.store.read(first.ref)
    assert kept is not None
    assert SECRET not in kept


async def test_only_we_may_look_at_the_files(world: World) -> None:
    """Others on the machine may not."""
    ref = (await world.store.add(camera_photo())).ref
    path = next(world.directory.rglob(f"{ref}.jpg"))
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


async def test_a_photo_goes_when_its_time_is_over(world: World) -> None:
    """First nobody sees it, then its file is deleted."""
    photo = await world.store.add(camera_photo())
    world.at = photo.expires_at
    assert await world.store.read(photo.ref) is None
    assert world.files.sweep(world.at) == 1
    assert world.names() == []


async def test_a_report_that_names_a_photo_keeps_it_on(world: World) -> None:
    """Its time begins anew; of what is not there, it is said that it isn't."""
    photo = await world.store.add(camera_photo())
    world.at += 29 * DAY
    assert await world.store.claim([photo.ref, "0" * 64, "../../etc/passwd"]) == (True, False, False)
    world.at += 29 * DAY
    world.files.sweep(world.at)
    assert await world.store.read(photo.ref) is not None


async def test_a_claim_never_shortens(world: World) -> None:
    """Clocks of two machines differ."""
    photo = await world.store.add(camera_photo())
    world.at -= DAY
    await world.store.claim([photo.ref])
    world.at = photo.expires_at - timedelta(seconds=1)
    assert await world.store.read(photo.ref) is not None


async def test_what_a_crash_left_is_swept(world: World) -> None:
    """A file that was never finished is no photo and goes after an hour."""
    ref = (await world.store.add(camera_photo())).ref
    unfinished = world.directory / ref[:2] / "x.new"
    unfinished.write_bytes(b"half")
    world.files.sweep(datetime.now(UTC))
    assert unfinished.exists()
    world.files.sweep(datetime.now(UTC) + timedelta(hours=2))
    assert not unfinished.exists()


@pytest.mark.parametrize(("content", "status"), [(b"hello", 415), (bomb(), 413), (camera_photo()[:300], 415)])
async def test_what_is_no_photo_is_refused_and_leaves_nothing(world: World, content: bytes, status: int) -> None:
    """In the words of the problem."""
    with pytest.raises(Refused) as refused:
        await world.store.add(content)
    assert refused.value.problem.status == status
    assert world.names() == []


async def test_a_photo_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    """Its process ends with it."""
    with pytest.raises(Refused) as refused:
        await World(tmp_path, seconds=0.001).store.add(camera_photo())
    assert refused.value.problem.status == 413


async def test_a_path_that_is_no_directory_is_for_later(tmp_path: Path) -> None:
    """As a full or broken disk is."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(Later):
        await World(tmp_path / "file").store.add(camera_photo())
