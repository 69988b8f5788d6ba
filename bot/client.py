"""The client: no privileged intents, no pings, no caches that are not needed."""

import discord

from bot import timing
from bot.gateway import Intake
from bot.house import Services
from bot.metrics import Metrics
from bot.sync import sync_commands
from bot.tracing import rest_trace
from bot.tree import ParleyTree
from handlers import ask
from handlers.briefing.publisher import Publisher
from handlers.briefing.unrepeated import with_unrepeated
from handlers.desk import Desk
from handlers.moderation.audit import catch_up
from handlers.moderation.controls import DeedButton
from handlers.moderation.editing import lost_form
from handlers.views import CONTROLS
from knowledge.interpretation import AnswerKind
from knowledge.model import Scope
from knowledge.ports import Storage


class ParleyClient(discord.Client):
    """The bot on Discord. ``force_sync`` registers the commands at each start (for a Discord that forgets them)."""

    def __init__(self, services: Services, storage: Storage, *, force_sync: bool = False) -> None:
        self.metrics = Metrics()
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            http_trace=with_unrepeated(rest_trace(self.metrics)),
        )
        self.intake = Intake(self._connection.parsers, self.metrics.malformed.inc)
        self.services = services
        self.desk = Desk(services.knowledge, services.moderation, services.briefings, self._note_question)
        self.publisher = Publisher(self, services.briefings)
        self.tree = ParleyTree(self, self.metrics)
        self.storage = storage
        self._force_sync = force_sync

    async def setup_hook(self) -> None:
        """Runs once after login: the controls of old messages work again, the commands are registered if changed."""
        self.add_dynamic_items(*CONTROLS, DeedButton)
        await sync_commands(self.tree, self.storage, force=self._force_sync)

    async def close(self) -> None:
        """Lets briefings on their way arrive before the connection ends."""
        await self.publisher.close()
        await super().close()

    async def servers(self) -> set[int]:
        """The servers that the bot is in, as soon as Discord has told which."""
        await self.wait_until_ready()
        return {guild.id for guild in self.guilds}

    async def on_ready(self) -> None:
        """At each start and reconnect: who has left meanwhile, and what the audit channels have still to be told."""
        await self.desk.moderation.compare_servers(await self.servers())
        await catch_up(self, self.desk.moderation)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A server that comes back keeps what it had."""
        await self.desk.moderation.server_back(Scope(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """A server that removes the bot keeps its data for a while (``knowledge/moderation/purging.py``)."""
        await self.desk.moderation.server_left(Scope(guild.id))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Gives back what was typed into a form that an earlier process had opened."""
        try:
            await lost_form(interaction)
        except Exception as error:
            await self.desk.fail(interaction, error, None)

    async def on_app_command_completion(self, interaction: discord.Interaction, _: object) -> None:
        """Notes how long a command took that went well; the others end in the error door of the tree."""
        timing.end(self.metrics, interaction, timing.Outcome.ANSWERED)

    async def on_message(self, message: discord.Message) -> None:
        """Answers mentions and DMs; what goes wrong there is told in the log alone."""
        if self.user is not None:
            await ask.on_message(self.desk, self.user, message)

    def _note_question(self, kind: AnswerKind) -> None:
        self.metrics.questions.labels(kind).inc()
