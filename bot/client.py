"""The client: no privileged intents, no pings, no caches that are not needed."""

import discord

from bot.sync import sync_commands
from bot.tree import ParleyTree
from handlers import ask
from handlers.desk import Desk, Service
from handlers.views import CONTROLS
from knowledge.ports import Storage


class ParleyClient(discord.Client):
    """The bot on Discord. ``force_sync`` registers the commands at each start (for a Discord that forgets them)."""

    def __init__(self, service: Service, storage: Storage, *, force_sync: bool = False) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.desk = Desk(service)
        self.tree = ParleyTree(self)
        self._storage = storage
        self._force_sync = force_sync

    async def setup_hook(self) -> None:
        """Runs once after login: the controls of old messages work again, the commands are registered if changed."""
        self.add_dynamic_items(*CONTROLS)
        await sync_commands(self.tree, self._storage, force=self._force_sync)

    async def on_message(self, message: discord.Message) -> None:
        """Answers mentions and DMs; what goes wrong there is told in the log alone."""
        if self.user is not None:
            await ask.on_message(self.desk, self.user, message)
