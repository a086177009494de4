"""The report page in a real browser, on a real intake with a real Kafka and store."""

import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from buurtsein_events.reports import ReportReceived
from buurtsein_events.topics import REPORTS_MODERATED
from buurtsein_events.values import Person, Vehicle
from buurtsein_platform.platform import Platform
from tests.platform import browser as chromium
from tests.platform.browser import heading, steps, tab_to, to_check, violations
from tests.platform.intake_process import Process, event, moderated, received, send
from tests.unit.intake.photos.pictures import encoded, picture

PROGRAM = chromium.found()
pytestmark = [
    pytest.mark.kafka,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium on the path: apt install chromium, or any Chrome, gives one"
    ),
]
SMALL = {"width": 320, "height": 568}
DRAFT = "localStorage.getItem('buurtsein.draft') ?? sessionStorage.getItem('buurtsein.draft')"


@pytest.fixture(scope="module")
async def intake(
    kafka_bootstrap: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Process]:
    """Start intake once for these tests."""
    own = {"BUURTSEIN_PHOTOS": str(tmp_path_factory.mktemp("photos"))}
    process = Process({"BUURTSEIN_KAFKA_BOOTSTRAP": kafka_bootstrap, "BUURTSEIN_REDIS_URL": redis_url, **own})
    await process.start()
    yield process
    await process.http.aclose()
    await process.stop()


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Start the browser once for these tests."""
    assert PROGRAM
    async for browser in chromium.browsers(PROGRAM):
        yield browser


async def opened(browser: Browser, intake: Process, path: str = "/", **options: object) -> Page:
    """Return the page, in a browser that knows nothing of earlier tests."""
    context: BrowserContext = await browser.new_context(
        **{"base_url": str(intake.http.base_url), "locale": "nl-NL", **options}  # type: ignore[arg-type]
    )
    context.set_default_timeout(20_000)
    page = await context.new_page()
    await page.goto(path)
    await heading(page)
    return page


async def sent(page: Page) -> str:
    """Return the reference of the report that was sent."""
    await page.wait_for_selector("#reference")
    return await page.locator("#reference").inner_text()


async def kept(bootstrap: str, reference: str) -> ReportReceived:
    """Return the report as it stands in Kafka."""
    [found] = await received(bootstrap, [reference])
    assert isinstance(found.data, ReportReceived)
    return found.data


async def test_the_whole_form_is_filled_in_by_keyboard(browser: Browser, intake: Process, kafka_bootstrap: str) -> None:
    """From the first question to the reference, and the report says what was filled in."""
    page = await opened(browser, intake)
    press, write = page.keyboard.press, page.keyboard.type
    text = f"Twee mannen voelen aan autodeuren {uuid4()}"
    chosen = {"112-called": 1, "now": 0, "type": 1, "anonymous": 0}
    while not await page.locator(".answers").count():
        seen = await heading(page)
        if await page.locator("input[type=radio]").count():
            name = await page.locator("input[type=radio]").first.get_attribute("name")
            await tab_to(page, "input[type=radio]")
            await press("Space")
            for _ in range(chosen[str(name).removesuffix("-uncalled")]):
                await press("ArrowDown")
        for selector, words in (("#where-street", "Haarlemmerdijk"), ("#where-town", "Amsterdam"), ("textarea", text)):
            if await page.locator(selector).count():
                await tab_to(page, selector)
                await write(words)
        await tab_to(page, "form .buttons button")
        await press("Enter")
        await heading(page, seen)
    await tab_to(page, ".buttons button")
    await press("Enter")
    report = await kept(kafka_bootstrap, await sent(page))
    assert (report.channel, report.client, report.type, report.text) == ("web", "web", "suspicious", text)
    assert report.location
    assert report.location.address == "Haarlemmerdijk, Amsterdam"
    assert (report.anonymous, report.saar.police_called, report.saar.happening_now) == (True, False, True)


async def test_a_question_without_an_answer_says_so_and_leads_to_its_field(browser: Browser, intake: Process) -> None:
    """The focus goes to the summary, and its link to the field."""
    page = await opened(browser, intake)
    await page.click("form .buttons button")
    assert await page.evaluate("document.activeElement.className") == "summary"
    await tab_to(page, ".summary a")
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.type") == "radio"
    assert (await page.title()).startswith("Fout: ")


async def test_the_page_fits_a_small_screen(browser: Browser, intake: Process) -> None:
    """At 320 by 568 (a larger one at 200 %) nothing scrolls sideways, and what is touched is 44 pixels high."""
    page = await opened(browser, intake, viewport=SMALL)
    small = (
        "[...document.querySelectorAll('button, main a, .call, .languages a, .option, .field input, textarea')]"
        ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
    )
    async for _ in steps(page, "Glas op straat"):
        assert await page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
        assert await page.evaluate(small) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
async def test_axe_finds_nothing_wrong_at_any_step(browser: Browser, intake: Process, locale: str, scheme: str) -> None:
    """Every question, a mistake, the check and the receipt, in both languages, light and dark."""
    page = await opened(browser, intake, locale=locale, color_scheme=scheme)
    await page.click("form .buttons button")
    wrong = await violations(page)
    async for _ in steps(page, "Glas op straat"):
        wrong += await violations(page)
    await page.click(".buttons button")
    await sent(page)
    assert wrong + await violations(page) == []


async def test_axe_finds_nothing_wrong_with_what_waits_and_with_the_form_without_scripts(
    browser: Browser, intake: Process
) -> None:
    """The report that is not sent yet, and the plain form."""
    page = await opened(browser, intake)
    await to_check(page, "Glas op straat")
    await page.context.set_offline(True)
    await page.click(".buttons button")
    await page.wait_for_selector(".unsent")
    wrong = await violations(page)
    await page.context.set_offline(False)
    await page.goto("/?plain=1")
    assert wrong + await violations(page) == []


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


async def test_the_language_is_chosen_without_losing_what_is_filled_in_and_remembered(
    browser: Browser, intake: Process
) -> None:
    """The browser's language first, and then the reader's choice."""
    page = await opened(browser, intake)
    await to_check(page, "Glas op straat")
    await page.click("text=English")
    assert await heading(page, "Controleer je melding") == "Check your report"
    assert "Glas op straat" in await page.locator(".answers").inner_text()
    await page.goto("/melden")
    await heading(page)
    assert await page.evaluate("document.documentElement.lang") == "en"


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


async def test_a_browser_without_scripts_reports_with_a_plain_form(
    browser: Browser, intake: Process, kafka_bootstrap: str
) -> None:
    """It is sent to the same place, and answered with a page."""
    context = await browser.new_context(base_url=str(intake.http.base_url), locale="nl-NL", java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/")
    text = f"Glas op straat {uuid4()}"
    await page.fill("textarea", text)
    await page.click("button[type=submit]")
    reference = await page.locator(".code").inner_text()
    assert (await kept(kafka_bootstrap, reference)).text == text
