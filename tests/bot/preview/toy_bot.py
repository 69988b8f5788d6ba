"""A bot with one of everything that the preview page must be able to drive; run as a program it serves the page."""

import asyncio
import signal
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.ext import tasks

from bot.preview import serve

PARTIES = ("Russia", "Ukraine", "Both")


class Entry(discord.ui.Modal, title="New entry"):
    """A form with each kind of field."""

    party: Any = discord.ui.Label(
        text="Party",
        component=discord.ui.Select(options=[discord.SelectOption(label=each) for each in PARTIES]),
    )
    claim: Any = discord.ui.Label(
        text="Claim",
        description="One sentence",
        component=discord.ui.TextInput(style=discord.TextStyle.paragraph, min_length=10, max_length=80),
    )
    where: Any = discord.ui.Label(text="Where", component=discord.ui.ChannelSelect(required=False))
    role: Any = discord.ui.Label(text="Who", component=discord.ui.RoleSelect(required=False))
    note: Any = discord.ui.Label(text="Note", component=discord.ui.TextInput(required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Says what was filled in, and posts it for approval."""
        chosen = [each.name for part in (self.where, self.role) for each in part.component.values]
        text = f"{self.party.component.values[0]}: {self.claim.component.value} {' '.join(chosen)}"
        await interaction.response.send_message(f"Proposed {text}", ephemeral=True)
        assert interaction.guild is not None
        review = discord.utils.get(interaction.guild.text_channels, name="review")
        assert review is not None
        await review.send(text, view=Approval())


class Approval(discord.ui.View):
    """The first who presses wins."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.by = ""

    @discord.ui.button(label="Approve")
    async def approve(self, interaction: discord.Interaction, _: discord.ui.Button[Any]) -> None:
        """Approves once."""
        if self.by:
            await interaction.response.send_message(f"{self.by} was faster", ephemeral=True)
            return
        self.by = interaction.user.display_name
        await interaction.response.edit_message(content=f"Approved by {self.by}")


class ToyBot(discord.Client):
    """The bot."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default())
        self.tree: app_commands.CommandTree[Any] = app_commands.CommandTree(self)
        entry = app_commands.Group(name="entry", description="Entries")
        entry.command(name="add", description="Add an entry")(_add)
        entry.command(name="import", description="Import a file")(_import)
        settings = app_commands.Group(name="settings", description="Settings")
        settings.command(name="set", description="Change settings")(_set)
        self.tree.add_command(entry)
        self.tree.add_command(settings)
        self.tree.context_menu(name="Suggest an entry")(_suggest)
        self.tree.context_menu(name="Count letters")(_count)

    async def setup_hook(self) -> None:
        """Registers the commands."""
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        """Answers a mention; "later" makes it speak up by itself in #briefings."""
        if self.user is None or self.user not in message.mentions or message.guild is None:
            return
        await message.reply("You called?")
        briefings = discord.utils.get(message.guild.text_channels, name="briefings")
        if "later" in message.content and briefings is not None:
            self._speak.start(briefings)

    @tasks.loop(seconds=1, count=2)
    async def _speak(self, channel: discord.TextChannel) -> None:
        await channel.send(f"Briefing {self._speak.current_loop}")


async def _add(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Entry())


async def _import(interaction: discord.Interaction, file: discord.Attachment) -> None:
    content = await file.read()
    back = discord.File(Path(__file__), filename="report.txt")
    await interaction.response.send_message(f"{file.filename} has {len(content)} bytes", file=back, ephemeral=True)


async def _set(
    interaction: discord.Interaction,
    editor_role: discord.Role | None = None,
    review_channel: discord.TextChannel | None = None,
    who: discord.Member | None = None,
) -> None:
    parts = [str(each.mention) for each in (editor_role, review_channel, who) if each]
    await interaction.response.send_message(f"Set {' '.join(parts)}")


async def _suggest(interaction: discord.Interaction, message: discord.Message) -> None:
    form = Entry()
    form.claim.component.default = message.content
    await interaction.response.send_modal(form)


async def _count(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"{len(message.content)} letters", ephemeral=True)


async def _main() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await serve(ToyBot(), port=0, stop=stop, announce=lambda address: print(address, flush=True))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(_main())
