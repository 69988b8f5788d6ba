"""A page as Discord shows it: Components V2, one container."""

import io
from collections.abc import Iterable

import discord

from handlers.custom_ids import encode
from handlers.render.card import Link, Menu, Page

ACCENT = discord.Colour(0x4F6D8F)
"""A grey blue that is no party's colour."""


class PageView(discord.ui.LayoutView):
    """A page. Its buttons carry their state, so nothing has to be kept for it (``handlers/views.py``)."""

    def __init__(self, page: Page) -> None:
        super().__init__(timeout=None)
        parts: list[discord.ui.Item[PageView]] = []
        for text in page.texts:
            if parts:
                parts.append(discord.ui.Separator())
            parts.append(discord.ui.TextDisplay(text))
        parts.extend(_menu(menu, number) for number, menu in enumerate(page.menus))
        parts.extend(_row(links) for links in page.rows)
        if page.attachment:
            parts.append(discord.ui.File(f"attachment://{page.attachment.name}"))
        self.add_item(discord.ui.Container(*parts, accent_colour=ACCENT))


def files_of(page: Page) -> list[discord.File]:
    """The files that a page shows; made anew for each message, since sending one uses it up."""
    return [discord.File(io.BytesIO(page.attachment.data), page.attachment.name)] if page.attachment else []


def _row(links: Iterable[Link]) -> discord.ui.ActionRow[PageView]:
    return discord.ui.ActionRow(*(_button(link) for link in links))


def _button(link: Link) -> discord.ui.Button[PageView]:
    return discord.ui.Button(label=link.label, style=_style(link), custom_id=encode(link.target))


def _style(link: Link) -> discord.ButtonStyle:
    if link.danger:
        return discord.ButtonStyle.danger
    return discord.ButtonStyle.primary if link.primary else discord.ButtonStyle.secondary


def _menu(menu: Menu, number: int) -> discord.ui.ActionRow[PageView]:
    options = [discord.SelectOption(label=each.label, value=encode(each.target)) for each in menu.options]
    select: discord.ui.Select[PageView] = discord.ui.Select(
        custom_id=f"menu:{number}", placeholder=menu.placeholder, options=options
    )
    return discord.ui.ActionRow(select)
