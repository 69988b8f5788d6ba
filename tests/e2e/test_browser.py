"""The preview page in a real browser, as a stranger drives it after ``make run``."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import FrameLocator, Page, async_playwright, expect

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

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium on this machine")


@asynccontextmanager
async def preview(folder: Path) -> AsyncIterator[str]:
    """The address of a running preview; it must end by itself when told to."""
    environment = {key: value for key, value in os.environ.items() if key not in {"DISCORD_TOKEN", "DATABASE_URL"}}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "preview", "--port", "0"),
        cwd=folder,
        env=environment | {"DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'parley.db'}"},
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
async def browser(address: str) -> AsyncIterator[tuple[Page, FrameLocator]]:
    """The page, and the channel in it."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await chromium.new_page(viewport={"width": 1180, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        await page.goto(address)
        channel = page.frame_locator("iframe.shown")
        await channel.locator(".channel-message").first.wait_for()
        yield page, channel
        await chromium.close()


async def test_a_stranger_types_a_command_with_autocomplete_and_clicks_a_button(tmp_path: Path) -> None:
    async with preview(tmp_path) as address, browser(address) as (page, channel):
        log, suggestion = channel.locator("#channel-message-list"), channel.locator(".command-suggestion")
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

        answer = log.locator(".channel-message").last
        await expect(answer).to_contain_text("Russia wants legally binding security guarantees", timeout=PATIENCE_MS)
        await expect(answer).to_contain_text("Only you can see this")
        await answer.get_by_role("button", name="Sources").click()
        await expect(log.locator(".channel-message").last).to_contain_text(
            "Sources · Russia · Security guarantees", timeout=PATIENCE_MS
        )


async def test_a_word_that_is_the_option_itself_is_sent_by_a_second_enter(tmp_path: Path) -> None:
    async with preview(tmp_path) as address, browser(address) as (page, channel):
        suggestion = channel.locator(".command-suggestion")
        await page.keyboard.type("/compare ", delay=20)
        await page.keyboard.type("nato", delay=20)
        await suggestion.get_by_text("NATO and neutrality").wait_for()
        await channel.locator(".command-popup-heading", has_text="NATO").wait_for()
        await page.keyboard.press("Enter")
        await page.wait_for_timeout(300)  # the page notes what was taken
        await page.keyboard.press("Enter")

        answer = channel.locator("#channel-message-list .channel-message").last
        await expect(answer).to_contain_text("NATO and neutrality: Russia and Ukraine", timeout=PATIENCE_MS)


async def test_the_address_needs_its_key(tmp_path: Path) -> None:
    async with preview(tmp_path) as address, async_playwright() as playwright:
        request = await playwright.request.new_context()
        root = "/".join(address.split("/")[:3])

        assert (await request.get(address)).status == 200
        assert (await request.get(f"{root}/")).status in {403, 404}
        assert (await request.get(f"{root}/wrong-key/")).status in {403, 404}
        await request.dispose()
