"""Photos that come with messages: the report is kept first, then it gets them."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from buurtsein_events.reports import ReportReceived
from buurtsein_events.results import Later
from buurtsein_intake.channels.message import Message
from buurtsein_intake.photos.attachments import Attachments, PhotoDesk
from buurtsein_intake.photos.media import ProviderMedia
from buurtsein_runtime import metrics
from tests.unit.intake.channels.provider import Provider as Channels
from tests.unit.intake.fakes import SECRETS, World, reports
from tests.unit.intake.photos.pictures import camera_photo
from tests.unit.intake.photos.providers import Provider, running
from tests.unit.intake.photos.test_media import MEDIA, configured

PHOTO = [{"file_id": "F1", "width": 40, "height": 20}]


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Return a provider that runs."""
    with running() as provider:
        yield provider


@pytest.fixture
def channels(provider: Provider, tmp_path: Path) -> Channels:
    """Return the channels of an intake that fetches from the provider."""
    secrets = {**SECRETS, **configured(provider), "sms_token": SECRETS["sms_token"]}
    return Channels(World(**{**secrets, "photos": tmp_path}))


def failed() -> float:
    """Return how many photos could not be had."""
    return float(metrics.PHOTOS.labels("failed")._value.get())


def mail(*pictures: bytes) -> Message:
    """Return a message that has its photos in itself."""
    return Message(channel="email", key="m1", sender="a@b.example", text="Glas", pictures=pictures)


async def told(channels: Channels) -> list[ReportReceived]:
    """Return the reports once no photo is under way."""
    await channels.world.attachments.settled()
    return list(reports(channels.world))


async def test_a_photo_is_added_to_its_report_as_an_edit(channels: Channels) -> None:
    """With the same words, of the same sender, and nothing more is asked."""
    answer = await channels.telegram(caption="Er ligt glas op de Kerkstraat", photo=PHOTO)
    assert channels.world.log.records
    first, edit = await told(channels)
    assert (first.photos, edit.edit_of, edit.text, edit.reporter) == ((), first.report_id, first.text, first.reporter)
    assert len(edit.photos) == 1
    assert await channels.world.photos.read(edit.photos[0])
    assert "112" in answer.text


async def test_photos_of_whatsapp_and_sms_are_added_too(channels: Channels) -> None:
    """Each as its provider keeps it."""
    await channels.whatsapp(type="image", image={"id": "900", "caption": "Glas op de Kerkstraat"})
    await channels.sms("Glas op de Kerkstraat", NumMedia="1", MediaUrl0=f"https://api.twilio.com{MEDIA}")
    found = await told(channels)
    assert sorted(len(report.photos) for report in found) == [0, 0, 1, 1]
    assert not channels.world.outbox.sent[1:]


async def test_what_completes_a_report_later_keeps_its_photos(channels: Channels) -> None:
    """An edit replaces the whole report."""
    await channels.telegram(caption="Er ligt glas", photo=PHOTO)
    await told(channels)
    await channels.telegram("nee")
    last = (await told(channels))[-1]
    assert (last.saar.police_called, len(last.photos)) == (False, 1)


async def test_a_photo_that_comes_late_is_added_to_what_was_said_meanwhile(channels: Channels) -> None:
    """What completed the report in between is not undone."""
    taken = await channels.world.intake.desk.take(
        Message(channel="telegram", key="k1", sender="9", chat="9", text="Er ligt glas")
    )
    await channels.world.intake.desk.take(Message(channel="telegram", key="k2", sender="9", chat="9", text="nee"))
    photo = await channels.world.photos.add(camera_photo())
    await channels.world.intake.report_desk.add_photos(taken, (photo.ref,))
    last = reports(channels.world)[-1]
    assert (last.saar.police_called, last.photos, last.edit_of) == (False, (photo.ref,), taken.reference)


async def test_a_photo_of_a_report_that_is_over_is_added_to_that_report(channels: Channels) -> None:
    """And not to the next one."""
    await channels.telegram(caption="Er ligt glas op de Kerkstraat", photo=PHOTO)
    channels.world.drafts.written.clear()
    first, edit = await told(channels)
    assert (edit.edit_of, edit.text, len(edit.photos)) == (first.report_id, first.text, 1)


async def test_the_same_message_again_fetches_nothing(channels: Channels, provider: Provider) -> None:
    """Providers send again what they think was not heard."""
    for _ in range(2):
        await channels.telegram(caption="Er ligt glas", photo=PHOTO, number=7)
        await told(channels)
    assert len(provider.asked) == 2
    assert len(reports(channels.world)) == 2


async def test_a_photo_that_can_not_be_had_costs_nothing_but_itself(channels: Channels, provider: Provider) -> None:
    """The report is kept, the provider hears so, and the photo is counted."""
    before = failed()
    provider.instead["/v23.0/900"] = (500, b"")
    answer = await channels.whatsapp(type="image", image={"id": "900", "caption": "Glas"})
    [report] = await told(channels)
    assert (answer.status_code, report.photos, failed() - before) == (200, (), 1)
    assert len(provider.asked) == 2


async def test_what_is_no_photo_is_counted_and_not_tried_again(channels: Channels, provider: Provider) -> None:
    """It stays none."""
    before = failed()
    provider.instead["/media/1"] = (200, b"<svg/>")
    await channels.whatsapp(type="image", image={"id": "900", "caption": "Glas"})
    assert len(await told(channels)) == 1
    assert failed() - before == 1
    assert len(provider.asked) == 2


async def test_a_report_does_not_wait_for_photos_that_are_gone(channels: Channels, tmp_path: Path) -> None:
    """What completes it is kept whatever became of them."""
    await channels.telegram(caption="Er ligt glas", photo=PHOTO)
    await told(channels)
    shutil.rmtree(tmp_path)
    answer = await channels.telegram("nee")
    assert (answer.status_code, (await told(channels))[-1].saar.police_called) == (200, False)


async def test_photos_join_what_another_process_kept_meanwhile(channels: Channels) -> None:
    """Nothing of it is undone, and the last edit has them."""
    channels.world.drafts.meanwhile = lambda draft: draft.model_copy(update={"police_called": True})
    await channels.telegram(caption="Er ligt glas", photo=PHOTO)
    last = (await told(channels))[-1]
    assert (last.saar.police_called, len(last.photos)) == (True, 1)


async def test_of_messenger_only_photos_are_fetched(channels: Channels, provider: Provider) -> None:
    """A film, a file or a thumb up is none."""
    url = f"{provider.url}/media/1"
    kinds: list[dict[str, object]] = [
        {"type": "video", "payload": {"url": url}},
        {"type": "image", "payload": {"url": url, "sticker_id": 369239263222822}},
        {"type": "image", "payload": {"url": url + "?" + "x" * 1000}},
    ]
    await channels.messenger(text="Er ligt glas", attachments=kinds)
    await told(channels)
    assert [path for path, _ in provider.asked] == [f"/media/1?{'x' * 1000}"]


async def test_a_silent_provider_costs_the_others_nothing(channels: Channels) -> None:
    """However many of its photos are waited for."""

    async def silent(photos: tuple[str, ...]) -> None:
        await asyncio.Event().wait()

    attachments, photo = channels.world.attachments, ("900",)
    for number in range(25):
        attachments.collect(Message(channel="whatsapp", key=f"w{number}", attachments=photo), silent)
    kept = asyncio.Event()

    async def keep(photos: tuple[str, ...]) -> str:
        kept.set()
        return "kept"

    attachments.collect(Message(channel="telegram", key="t", attachments=("F1",)), keep)
    async with asyncio.timeout(30):
        await kept.wait()
    await attachments.stop()


async def test_an_address_of_an_application_is_not_fetched(channels: Channels, provider: Provider) -> None:
    """Nor counted as a photo that failed; what a sender names leads nowhere."""
    before = failed()
    address = (f"{provider.url}/media/1",)
    await channels.world.intake.desk.take(Message(channel="open311", key=None, text="Glas", attachments=address))
    await told(channels)
    assert (failed() - before, provider.asked) == (0, [])


async def test_photos_that_are_in_the_message_itself_come_with_the_report(channels: Channels) -> None:
    """At most five, each once; there is nothing to be added later."""
    await channels.world.intake.desk.take(mail(*[camera_photo()] * 7))
    [report] = await told(channels)
    assert len(report.photos) == 1
    assert await channels.world.photos.read(report.photos[0])


async def test_photos_that_take_long_are_added_later(tmp_path: Path) -> None:
    """The report does not wait for them."""
    world = World(photos=tmp_path)
    world.attachments = Attachments(world.photos, ProviderMedia(world.settings), attempts=1, rest=0, patience=0)
    await PhotoDesk(world.intake.report_desk, world.attachments).take(mail(camera_photo()))
    assert [each.photos for each in reports(world)] == [()]
    await world.attachments.settled()
    first, edit = reports(world)
    assert (edit.edit_of, len(edit.photos)) == (first.report_id, 1)


async def test_a_mail_is_a_report_while_the_store_of_photos_is_away(tmp_path: Path) -> None:
    """Its photo is tried again, and counted when that is of no use."""
    before = failed()
    (tmp_path / "photos").write_text("not a directory")
    world = World(photos=tmp_path / "photos")
    taken = await world.intake.desk.take(mail(camera_photo()))
    await world.attachments.settled()
    [report] = reports(world)
    assert (taken.reference, report.photos, failed() - before) == (report.report_id, (), 1)


async def test_what_is_no_photo_in_a_message_is_counted_and_left_out(channels: Channels) -> None:
    """The others are kept."""
    before = failed()
    await channels.world.intake.desk.take(mail(b"<svg/>", camera_photo()))
    assert [len(each.photos) for each in await told(channels)] == [1]
    assert failed() - before == 1


async def test_an_edit_that_can_not_be_kept_at_first_is_kept_then(channels: Channels) -> None:
    """Kafka may be away for a moment."""
    calls: list[tuple[str, ...]] = []

    async def keep(photos: tuple[str, ...]) -> str:
        calls.append(photos)
        if len(calls) == 1:
            raise Later("kafka")
        return "kept"

    channels.world.attachments.collect(Message(channel="telegram", key="m1", attachments=("F1",)), keep)
    await channels.world.attachments.settled()
    assert len(calls) == 2


async def test_no_more_than_some_are_under_way_at_once(channels: Channels, provider: Provider) -> None:
    """Those of further messages are not fetched, and counted; the reports are kept."""
    before = failed()
    for number in range(25):
        await channels.telegram(caption=f"Glas {number}", photo=PHOTO)
    await told(channels)
    lost = failed() - before
    assert 0 < lost <= 5
    assert len(provider.asked) == 2 * (25 - lost)
