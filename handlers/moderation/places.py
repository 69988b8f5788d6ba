"""Channels and threads as options: by id alone, since a thread that the bot cannot see is in no cache."""

import discord
from discord import app_commands

Place = app_commands.AppCommandChannel | app_commands.AppCommandThread


class PlaceTransformer(app_commands.Transformer):
    """Takes a text channel or a thread as Discord sends it."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Where messages can be posted and stay readable in order."""
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.public_thread, kinds.private_thread, kinds.news_thread]

    async def transform(self, _: discord.Interaction, value: Place, /) -> Place:
        """The channel as it is."""
        return value


PlaceOption = app_commands.Transform[Place, PlaceTransformer]


def may_write(guild: discord.Guild | None, channel_id: int) -> bool:
    """Whether the bot may write in a channel, as far as that is known; a doubt is no reason to warn."""
    if guild is None:
        return True
    channel = guild.get_channel_or_thread(channel_id)
    if channel is None:
        return True
    try:
        allowed = channel.permissions_for(guild.me)
    except discord.ClientException:  # a thread whose channel is in no cache
        return True
    writes = allowed.send_messages_in_threads if isinstance(channel, discord.Thread) else allowed.send_messages
    return allowed.view_channel and writes
