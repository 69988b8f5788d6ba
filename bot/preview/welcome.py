"""The first message in #general: what a visitor can try."""

import discord

from bot.preview.world import CHANNELS

TEXT = (
    "## Welcome! This is Parley in a Discord that lives on your computer",
    "Nothing here reaches the internet. Click the line below, type `/`, and try:\n"
    "- `/position russia security` – where one side stands on one topic\n"
    "- `/compare territory` – both sides next to each other\n"
    "- `/timeline` – how the positions moved",
    "-# Pick from the list that opens while you type, press Enter to send. Bottom left you can be Mia, a member, or "
    "Moritz, a moderator, who sees more commands and one more channel.",
)


async def post(client: discord.Client) -> None:
    """Post the welcome as the bot, where the first channel is."""
    for guild in client.guilds:
        channel = discord.utils.get(guild.text_channels, name=CHANNELS[0].key)
        if channel is not None:
            await channel.send(view=_view())


def _view() -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    container = discord.ui.Container[discord.ui.LayoutView](accent_colour=0x5865F2)
    for text in TEXT:
        container.add_item(discord.ui.TextDisplay(text))
    return view.add_item(container)
