"""A real Chromium that fills in the report page."""

import shutil
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TABS = 60
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def found() -> Path | None:
    """Return the browser on the path, if there is one."""
    return next((Path(path) for name in NAMES if (path := shutil.which(name))), None)


async def browsers(program: Path) -> AsyncIterator[Browser]:
    """Yield a browser with a profile of its own, and end it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        await browser.close()


async def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there, as who has no mouse does."""
    for _ in range(TABS):
        await page.keyboard.press("Tab")
        if await page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


async def heading(page: Page, other_than: str = "") -> str:
    """Return the heading of the page, once it is another one."""
    await page.wait_for_function("old => (document.querySelector('h1')?.textContent ?? old) !== old", arg=other_than)
    return await page.locator("h1").inner_text()


async def steps(page: Page, text: str, type_: str = "suspicious") -> AsyncIterator[str]:
    """Fill the form in, and yield at each question and at the check; afterwards the report can be sent."""
    while not await page.locator(".answers").count():
        seen = await page.locator("h1").text_content() or ""
        await _answer(page, text, type_)
        yield seen
        await page.click("form .buttons button")
        await heading(page, seen)
    yield await page.locator("h1").inner_text()


async def to_check(page: Page, text: str, type_: str = "suspicious") -> None:
    """Fill the form in up to the check."""
    async for _ in steps(page, text, type_):
        pass


async def _answer(page: Page, text: str, type_: str) -> None:
    for selector in (f"#type-{type_}", "#112-called-no", "input[type=radio]"):
        if await page.locator(css(selector)).count():
            await page.locator(css(selector)).first.check()
            return
    for selector, words in (("#where-street", "Haarlemmerdijk"), ("textarea", text)):
        if await page.locator(selector).count():
            await page.fill(selector, words)


def css(selector: str) -> str:
    """Return a selector in which an id may begin with a digit."""
    return f'[id="{selector[1:]}"]' if selector.startswith("#") else selector


async def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with the page as it is now (WCAG 2.2 AA and its best practices)."""
    await page.evaluate(AXE)
    found: list[str] = await page.evaluate(
        "async () => (await axe.run({rules: {'target-size': {enabled: true}}})).violations"
        ".map(found => `${found.id}: ${found.nodes.map(node => node.html).join(' ')}`)"
    )
    return found
