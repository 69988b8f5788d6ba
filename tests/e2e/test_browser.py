"""The preview page in a real browser, as a stranger drives it after ``make run``."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, FrameLocator, Locator, Page, async_playwright, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 20_000
LINE = "#channel-composer-input"
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium on this machine")


PARLEY = ("bot", "preview", "--port", "0")
TOY = ("tests.bot.preview.toy_bot",)


@asynccontextmanager
async def preview(folder: Path, module: Sequence[str] = PARLEY) -> AsyncIterator[str]:
    """The address of a running preview; it must end by itself when told to."""
    environment = {key: value for key, value in os.environ.items() if key not in {"DISCORD_TOKEN", "DATABASE_URL"}}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", *module),
        cwd=folder,
        env=environment | {"DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'parley.db'}", "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield await asyncio.wait_for(_address(process), timeout=60)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), timeout=10) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line.decode()):
            return found.group(0)
    raise AssertionError("the preview ended without an address")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser without pages."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


async def tab(browser: Browser, address: str) -> tuple[Page, FrameLocator]:
    """A new page, and the channel in it."""
    page = await browser.new_page(viewport={"width": 1180, "height": 1000})
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(address)
    channel = page.frame_locator("iframe.shown")
    await channel.locator(LINE).wait_for()
    return page, channel


async def command(page: Page, channel: FrameLocator, line: str) -> None:
    """Types a command, and sends it if it needs nothing more."""
    await channel.locator(LINE).press_sequentially(f"{line} ", delay=20)
    await channel.locator(".command-chip", has_text=line).wait_for()
    if not await channel.locator(".command-ghost, .command-pill").count():
        await page.keyboard.press("Enter")


async def choose(channel: FrameLocator, label: str, option: str) -> None:
    """Chooses from a menu of the form that is open."""
    field = channel.locator(".modal-field", has_text=label).first
    await field.get_by_role("combobox").first.click()
    await field.locator(".select-option", has_text=option).click()


def newest(channel: FrameLocator) -> Locator:
    """The newest message of the channel."""
    return channel.locator("#channel-message-list .channel-message").last


async def test_a_stranger_types_commands_with_autocomplete_and_clicks_a_button(tmp_path: Path) -> None:
    async with preview(tmp_path) as address, chromium() as browser:
        page, channel = await tab(browser, address)
        suggestion = channel.locator(".command-suggestion")
        await channel.locator(".channel-message").wait_for()
        await page.keyboard.type("/position ", delay=20)
        await suggestion.get_by_text("Ukraine").wait_for()
        await page.keyboard.type("putn", delay=20)
        await expect(suggestion).to_have_count(1)
        await expect(suggestion).to_have_text("Russia")
        await page.keyboard.press("Tab")
        await suggestion.get_by_text("Sanctions").wait_for()
        await page.keyboard.type("security", delay=20)
        await suggestion.get_by_text("Security guarantees").wait_for()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        answer = newest(channel)
        await expect(answer).to_contain_text("Russia wants legally binding security guarantees", timeout=PATIENCE_MS)
        await expect(answer).to_contain_text("Only you can see this")
        await answer.get_by_role("button", name="Sources").click()
        await expect(answer).to_contain_text("Sources · Russia · Security guarantees", timeout=PATIENCE_MS)
        await _sends_by_a_second_enter(page, channel)
        await _goes_on_to_the_next_option(page, channel)
        await _needs_the_key(page, address)


async def _sends_by_a_second_enter(page: Page, channel: FrameLocator) -> None:
    """A word that is the option itself is taken by one Enter and sent by the next."""
    await channel.locator(LINE).press_sequentially("/compare ", delay=20)
    await page.keyboard.type("nato", delay=20)
    await channel.locator(".command-suggestion").get_by_text("NATO and neutrality").wait_for()
    await channel.locator(".command-popup-heading", has_text="NATO").wait_for()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(newest(channel)).to_contain_text("NATO and neutrality: Russia and Ukraine", timeout=PATIENCE_MS)


async def _goes_on_to_the_next_option(page: Page, channel: FrameLocator) -> None:
    """What is typed after a suggestion was taken names another option that may be given."""
    await channel.locator(LINE).press_sequentially("/timeline ", delay=20)
    for option, typed, taken in (("party", "ukr", "Ukraine"), ("topic", "secur", "Security guarantees")):
        await page.keyboard.type(f"{option}:{typed}", delay=20)
        await channel.locator(".command-suggestion").get_by_text(taken).wait_for()
        await expect(channel.locator(".command-popup-heading", has_text=typed)).to_be_visible()
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(newest(channel)).to_contain_text("Time line", timeout=PATIENCE_MS)


async def _needs_the_key(page: Page, address: str) -> None:
    root = "/".join(address.split("/")[:3])
    assert (await page.request.get(address)).status == 200
    assert (await page.request.get(f"{root}/")).status in {403, 404}
    assert (await page.request.get(f"{root}/wrong-key/")).status in {403, 404}


async def test_two_people_in_two_tabs_moderate(tmp_path: Path) -> None:
    async with preview(tmp_path, TOY) as address, chromium() as browser:
        ann, form = await tab(browser, f"{address}#ann/second/general")
        bob, review = await tab(browser, address)
        await bob.locator("[data-person=bob]").click()
        await bob.locator("[data-server=second]").click()
        await _fills_a_form(ann, form)
        await expect(review.get_by_text("Proposed")).to_have_count(0)  # only Ann sees it
        await bob.locator("[data-place='second/review'].unread").click()
        await _names_roles_channels_and_files(ann, form)
        await _right_clicks(ann, form)
        await ann.locator("[data-place='second/review']").click()
        await _race(form, review)


async def _fills_a_form(page: Page, channel: FrameLocator) -> None:
    await command(page, channel, "/entry add")
    await channel.get_by_role("textbox", name="Claim").fill("Too short")
    await choose(channel, "Party", "Ukraine")
    await channel.get_by_role("button", name="Submit").click()
    await expect(channel.get_by_text("Enter at least 10 characters")).to_be_visible()
    await channel.get_by_role("textbox", name="Claim").fill("Long enough")
    await choose(channel, "Who", "Editors")
    await channel.get_by_role("button", name="Submit").click()
    await expect(newest(channel)).to_contain_text("Proposed Ukraine: Long enough Editors", timeout=PATIENCE_MS)


async def _names_roles_channels_and_files(page: Page, channel: FrameLocator) -> None:
    await command(page, channel, "/settings set")
    for option, typed, taken in (("editor_role", "@Edit", "@Editors"), ("review_channel", "#rev", "#review")):
        await page.keyboard.type(f"{option}:{typed}", delay=10)
        await channel.locator(".command-suggestion").get_by_text(taken[1:]).wait_for()
        await page.keyboard.press("Tab")
        await channel.locator(".command-mention", has_text=taken).wait_for()
    await page.keyboard.press("Enter")
    await expect(newest(channel)).to_contain_text("Set @Editors #review", timeout=PATIENCE_MS)

    await command(page, channel, "/entry import")
    file: FilePayload = {"name": "entries.csv", "mimeType": "text/csv", "buffer": b"1,2\n"}
    await channel.locator(".command-file-input").set_input_files(file)
    await page.keyboard.press("Enter")
    await expect(newest(channel)).to_contain_text("entries.csv has 4 bytes", timeout=PATIENCE_MS)
    async with page.expect_download() as download:
        await channel.get_by_role("button", name="Download report.txt").click()
    assert (await download.value).suggested_filename == "report.txt"


async def _right_clicks(page: Page, channel: FrameLocator) -> None:
    await channel.locator(LINE).fill("@Parley later")
    await page.keyboard.press("Enter")
    await expect(newest(channel)).to_contain_text("You called?", timeout=PATIENCE_MS)
    await expect(channel.locator("#new-messages")).to_be_hidden()
    await newest(channel).click(button="right")
    await channel.get_by_role("menuitem", name="Count letters").click()
    await expect(newest(channel)).to_contain_text("letters", timeout=PATIENCE_MS)
    await page.locator("[data-place='second/briefings'].unread").wait_for()  # the bot spoke by itself


async def _race(*channels: FrameLocator) -> None:
    buttons = [channel.get_by_role("button", name="Approve") for channel in channels]
    await asyncio.gather(*(button.wait_for() for button in buttons))
    await asyncio.gather(*(button.click() for button in buttons))
    await asyncio.gather(
        *(expect(each.get_by_text("Approved by")).to_be_visible(timeout=PATIENCE_MS) for each in channels)
    )
    late = channels[1] if await channels[0].get_by_text("Approved by Ann").count() else channels[0]
    await expect(late.get_by_text("was faster")).to_be_visible(timeout=PATIENCE_MS)
