"""The page as it is opened, and what comes of a report that is sent on it."""

from playwright.async_api import Browser, BrowserContext, Page

from buurtsein_events.reports import ReportReceived
from tests.platform.intake_process import Process, received
from tests.platform.page.browser import heading


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
