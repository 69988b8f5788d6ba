"""A question in any words: ``/ask``, a right-clicked message, a mention, a DM; and ``/gaps``."""

import re

import discord
import structlog
from discord import app_commands

from handlers.asking import Commands
from handlers.desk import Desk
from handlers.render.layout import PageView
from handlers.render.paging import pages
from handlers.views import desk_of
from knowledge.model import BASE, Scope

log = structlog.get_logger(__name__)
QUESTION_LENGTH = 1_000


@app_commands.command(description="Ask in your own words: what does Putin want on Crimea?")
@app_commands.describe(question="Your question, in any words and in several languages")
async def ask(interaction: discord.Interaction, question: app_commands.Range[str, 1, QUESTION_LENGTH]) -> None:
    """Answers a question in any words."""
    await desk_of(interaction).ask(interaction, question)


@app_commands.command(description="What was asked here and not understood, so that words can be added")
@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.checks.has_permissions(manage_guild=True)
async def gaps(interaction: discord.Interaction) -> None:
    """Shows what was not understood in this server."""
    await desk_of(interaction).show_gaps(interaction)


@app_commands.context_menu(name="Where do they stand?")
async def where_do_they_stand(interaction: discord.Interaction, message: discord.Message) -> None:
    """Reads a message as a question. Its author did not ask, so nothing of it is kept."""
    await desk_of(interaction).ask(interaction, message.content, count=False)


async def on_message(desk: Desk, me: discord.ClientUser, message: discord.Message) -> None:
    """Answers a message that mentions the bot, or any in a DM, with a public reply; says nothing to bots.

    Discord sends the content of such messages without the message-content intent.
    """
    question = re.sub(rf"<@!?{me.id}>", " ", message.content).strip()
    is_meant = message.guild is None or me in message.mentions
    if message.author.bot or not is_meant or not question:
        return
    scope = Scope(message.guild.id if message.guild else BASE.id)
    try:
        card = await desk.card_for(question, scope)
    except Exception as error:  # a message has no interaction, so this is its door; the words are the same
        card = await desk.error_card(error, scope)
    try:
        await message.reply(view=PageView(pages(card)[0]), mention_author=False)
    except discord.Forbidden:
        log.info("mention.may_not_answer", channel=message.channel.id)


COMMANDS: Commands = (ask, gaps)
CONTEXT_MENUS = (where_do_they_stand,)
