"""The first message in #general of each server: what a visitor can try."""

import discord

from bot.preview.world import CHANNELS

TEXT = (
    "## Try Parley here\nThis is the real bot in a simulated Discord, all on your computer. "
    "Type `/` in the line at the bottom and choose a command, for example:\n"
    "- `/position russia security`: where one side stands on one topic\n"
    "- `/compare territory`: the sides next to each other\n"
    "- `/timeline`: what happened, in order",
    "A list of what you can choose opens in each field and narrows as you type; Enter sends.",
    "-# At the bottom left you choose who you are: Cleo, a member, Ann, an editor, Bob, an approver, or "
    "Dana, the owner. Roles are given there too. Another tab can be somebody else. The far left has a second server.",
)


async def post(client: discord.Client) -> None:
    """Post the welcome as the bot in the first channel of each server."""
    for guild in client.guilds:
        channel = discord.utils.get(guild.text_channels, name=CHANNELS[0].key)
        if channel is not None:
            await channel.send(view=_view())


def _view() -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    container = discord.ui.Container[discord.ui.LayoutView](accent_colour=0x5865F2)
    for text in TEXT[:-1]:
        container.add_item(discord.ui.TextDisplay(text))
    container.add_item(discord.ui.Separator()).add_item(discord.ui.TextDisplay(TEXT[-1]))
    return view.add_item(container)
