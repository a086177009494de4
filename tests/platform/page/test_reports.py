"""Reports from the page, in a real browser, on a real intake with a real Kafka and store."""

import signal
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page

from buurtsein_events.topics import REPORTS_MODERATED
from buurtsein_events.values import Person, Vehicle
from buurtsein_platform.platform import Platform
from tests.platform.intake_process import Process, event, moderated, received, send
from tests.platform.page.browser import heading, steps, to_check, violations
from tests.platform.page.given import kept, opened, sent
from tests.unit.intake.photos.pictures import encoded, picture

DRAFT = "localStorage.getItem('buurtsein.draft') ?? sessionStorage.getItem('buurtsein.draft')"


async def test_kafka_that_stops_and_goes_on_gets_one_report(
    browser: Browser, intake: Process, platform: Platform, kafka_bootstrap: str
) -> None:
    """The page says that it is not sent, and the same report is sent again at a press of a button."""
    page = await opened(browser, intake)
    text = f"Glas op straat {uuid4()}"
    await to_check(page, text)
    platform.kill("kafka", signal.SIGSTOP)
    try:
        await page.click(".buttons button")
        await page.wait_for_selector(".unsent")
    finally:
        platform.kill("kafka", signal.SIGCONT)
    await intake.ready()
    await page.evaluate("document.querySelector('.unsent ~ .buttons button')?.click()")
    reference = await sent(page)
    assert {each.subject for each in await received(kafka_bootstrap, [text])} == {reference}


async def test_a_report_without_a_connection_survives_a_reload_and_is_sent_when_there_is_one(
    browser: Browser, intake: Process, kafka_bootstrap: str
) -> None:
    """The page opens without a connection, says that the report waits, and sends it by itself; then nothing is left."""
    page = await opened(browser, intake)
    await page.wait_for_function("navigator.serviceWorker.controller && caches.match('/page/page.js')")
    text = f"Glas op straat {uuid4()}"
    await to_check(page, text)
    await page.context.set_offline(True)
    await page.click(".buttons button")
    await page.wait_for_selector(".unsent")
    await page.reload()
    await page.wait_for_selector(".unsent")
    await page.context.set_offline(False)
    reference = await sent(page)
    assert [each.subject for each in await received(kafka_bootstrap, [text])] == [reference]
    assert await page.evaluate(DRAFT) is None
    assert reference not in page.url


async def test_what_is_filled_in_survives_a_reload(browser: Browser, intake: Process) -> None:
    """In this tab only, as long as sending was not tried."""
    page = await opened(browser, intake)
    await to_check(page, "Glas op straat")
    await page.reload()
    await heading(page)
    assert "Glas op straat" in await page.locator(".answers").inner_text()
    assert await page.evaluate("localStorage.getItem('buurtsein.draft')") is None


async def test_a_request_to_change_the_report_is_followed_and_met_on_the_page(
    browser: Browser, intake: Process, kafka_bootstrap: str
) -> None:
    """What moderation says appears without a reload; what is sent then replaces the first report."""
    page = await opened(browser, intake)
    await to_check(page, "Glas op straat")
    await page.click(".buttons button")
    report = await kept(kafka_bootstrap, await sent(page))
    await send(kafka_bootstrap, (REPORTS_MODERATED, event(moderated(report, "ask"))))
    await page.wait_for_selector("text=Zeg het anders")
    await page.click("text=Pas je melding aan")
    await page.click(".buttons button")
    edited = await kept(kafka_bootstrap, await sent(page))
    assert (edited.edit_of, edited.text) == (report.report_id, "Glas op straat")


async def test_the_questions_are_those_of_the_form_for_the_type_of_report(browser: Browser, intake: Process) -> None:
    """In the form's words; what an idea does not need is passed by."""
    page = await opened(browser, intake)
    seen = [question.removesuffix(" (niet verplicht)") async for question in steps(page, "Een bankje", "idea")]
    form = (await intake.http.get("/v1/form/report?lang=nl")).json()
    labels = {question["id"]: question["label"] for question in form["questions"]}
    asked = ("112-called", "now-uncalled", "type", "where-idea", "what-idea", "photo", "anonymous")
    assert seen == [*(labels[name] for name in asked), "Controleer je melding"]


@pytest.mark.parametrize(("named", "community"), [("woensel", "woensel"), ("nergens", None)])
async def test_a_link_may_name_the_community(
    browser: Browser, intake: Process, kafka_bootstrap: str, named: str, community: str | None
) -> None:
    """One that is no more costs nothing: the place decides then."""
    page = await opened(browser, intake, f"/?community={named}")
    await to_check(page, "Glas op straat")
    await page.click(".buttons button")
    assert (await kept(kafka_bootstrap, await sent(page))).community == community


async def test_a_mistake_that_intake_finds_leads_back_to_its_question(browser: Browser, intake: Process) -> None:
    """The pointer of the problem is the question's field."""
    page = await opened(browser, intake)
    await to_check(page, "Glas op \u202e straat")
    await page.click(".buttons button")
    assert await heading(page, "Controleer je melding") == "Wat gebeurt er?"
    assert await page.locator("textarea").get_attribute("aria-invalid") == "true"
    assert "#what" in page.url


async def test_times_persons_and_vehicles_are_in_the_report(
    browser: Browser, intake: Process, kafka_bootstrap: str
) -> None:
    """The time with this device's offset, persons and vehicles with what is known of them and nothing else."""
    page = await opened(browser, intake, timezone_id="Europe/Amsterdam")
    async for question in steps(page, "Glas op straat"):
        if question.startswith("Wanneer"):
            await page.fill("#when", "2025-07-01T02:41")
        if question.startswith("Wie"):
            await page.fill("#who-0-behaviour", "kijkt in auto's")
            await page.click("text=Nog een persoon")
        if question.startswith("Was er"):
            await page.click("text=Nog een voertuig")
            await page.fill("#vehicles-1-kind", "scooter")
    await page.click(".buttons button")
    report = await kept(kafka_bootstrap, await sent(page))
    assert report.occurred_at == datetime(2025, 7, 1, 0, 41, tzinfo=UTC)
    assert report.persons == (Person(behaviour="kijkt in auto's"),)
    assert report.vehicles == (Vehicle(kind="scooter"),)


async def test_a_photo_is_sent_when_it_is_chosen_and_named_in_the_report(
    browser: Browser, intake: Process, kafka_bootstrap: str
) -> None:
    """One that is taken away again is not, and what is no photo is refused on the spot."""
    page = await opened(browser, intake)
    async for question in steps(page, "Glas op straat"):
        if question.startswith("Heb je foto"):
            await choose(page, b"no photo", "Deze foto kan niet worden gebruikt.")
            await choose(page, encoded(picture((8, 8)), "PNG"), "Je foto is toegevoegd.")
            await choose(page, encoded(picture((9, 9)), "PNG"), "Je foto is toegevoegd.")
            await page.click("text=Haal weg: Foto 1")
            assert await violations(page) == []
    await page.click(".buttons button")
    report = await kept(kafka_bootstrap, await sent(page))
    assert len(report.photos) == 1


async def choose(page: Page, content: bytes, said: str) -> None:
    """Choose a photo, and wait for what is said about it."""
    await page.locator(".live").evaluate("live => { live.textContent = ''; }")
    files = {"name": "foto.png", "mimeType": "image/png", "buffer": content}
    await page.locator("input[type=file]").last.set_input_files(files)  # type: ignore[arg-type]
    await page.wait_for_selector(f"text={said}")


async def test_the_own_position_is_added_when_the_reporter_wants_it(
    browser: Browser, intake: Process, kafka_bootstrap: str
) -> None:
    """Rounded to about a metre; the street may stay empty."""
    place = {"latitude": 52.383312345, "longitude": 4.886412345, "accuracy": 12}
    page = await opened(browser, intake, geolocation=place, permissions=["geolocation"])
    async for question in steps(page, "Glas op straat"):
        if question == "Waar is het?":
            await page.click("text=Gebruik de plek waar ik nu ben")
            await page.wait_for_selector("text=ongeveer 12 meter")
    await page.click(".buttons button")
    report = await kept(kafka_bootstrap, await sent(page))
    assert report.location
    assert (report.location.lat, report.location.lon) == (52.38331, 4.88641)
