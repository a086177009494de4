"""The page is for everyone: by keyboard, on a small screen, to a screen reader, in two languages, without scripts."""

from uuid import uuid4

import pytest
from playwright.async_api import Browser

from tests.platform.intake_process import Process
from tests.platform.page.browser import heading, steps, tab_to, to_check, violations
from tests.platform.page.given import kept, opened, sent

SMALL = {"width": 320, "height": 568}


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
