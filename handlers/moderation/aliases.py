"""``/alias``: a server's own words for parties, topics and people, and parties and topics of its own."""

from collections.abc import Awaitable

import discord
import structlog
from discord import app_commands

from handlers.completion import Choices
from handlers.desk import scope_of
from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.groups import alias
from handlers.moderation.telling import reply, soon, tell_outcome
from handlers.render.moderation.aliases import render_aliases
from handlers.render.paging import OPTION_LABEL_LIMIT, OPTION_LIMIT
from handlers.render.text import clip
from handlers.views import desk_of
from knowledge.matching.normalise import normalise
from knowledge.moderation.errors import Forbidden
from knowledge.moderation.outcomes import Applied

log = structlog.get_logger(__name__)
Typed = app_commands.Range[str, 1, 200]


async def _targets(interaction: discord.Interaction, current: str) -> Choices:
    try:
        found = await desk_of(interaction).moderation.complete_target(scope_of(interaction), current)
    except Exception:  # a hint that fails must not be in the way of typing on
        log.exception("autocomplete.failed", option="target")
        return []
    return [app_commands.Choice(name=clip(name, OPTION_LABEL_LIMIT), value=target) for name, target in found]


async def _words(interaction: discord.Interaction, current: str) -> Choices:
    try:
        found = await desk_of(interaction).moderation.aliases(server_of(interaction), caller_of(interaction))
    except Forbidden:  # they are told when they send it
        return []
    except Exception:  # as above
        log.exception("autocomplete.failed", option="word")
        return []
    wanted = normalise(current)
    words = [each for each in found if wanted in normalise(each.word)][:OPTION_LIMIT]
    return [app_commands.Choice(name=clip(f"{w.word} → {w.target}", OPTION_LABEL_LIMIT), value=w.word) for w in words]


@alias.command(name="add", description="A further word for a party, a topic or a person")
@app_commands.describe(word="The word, as people here write it", target="What it means: a party, a topic or a person")
@app_commands.autocomplete(target=_targets)
async def add(interaction: discord.Interaction, word: Typed, target: Typed) -> None:
    """Makes a word mean something in this server."""
    scope, caller = server_of(interaction), caller_of(interaction)
    await _tell(interaction, desk_of(interaction).moderation.add_alias(scope, caller, word, target))


@alias.command(name="remove", description="Takes one of this server's words away again")
@app_commands.describe(word="One of this server's own words")
@app_commands.autocomplete(word=_words)
async def remove(interaction: discord.Interaction, word: Typed) -> None:
    """Takes a word of this server away."""
    scope, caller = server_of(interaction), caller_of(interaction)
    await _tell(interaction, desk_of(interaction).moderation.remove_alias(scope, caller, word))


@alias.command(name="list", description="This server's own words, and what they mean")
async def list_words(interaction: discord.Interaction) -> None:
    """Shows this server's words."""
    found = desk_of(interaction).moderation.aliases(server_of(interaction), caller_of(interaction))
    await reply(interaction, render_aliases(await soon(interaction, found)))


@alias.command(name="party-add", description="A party of this server's own")
@app_commands.describe(name="What it is called", about="In a sentence, who it is")
async def add_party(interaction: discord.Interaction, name: Typed, about: Typed) -> None:
    """Gives this server a party of its own."""
    scope, caller = server_of(interaction), caller_of(interaction)
    await _tell(interaction, desk_of(interaction).moderation.add_party(scope, caller, name, about))


@alias.command(name="topic-add", description="A topic of this server's own")
@app_commands.describe(name="What it is called", about="In a sentence, what it is about")
async def add_topic(interaction: discord.Interaction, name: Typed, about: Typed) -> None:
    """Gives this server a topic of its own."""
    scope, caller = server_of(interaction), caller_of(interaction)
    await _tell(interaction, desk_of(interaction).moderation.add_topic(scope, caller, name, about))


async def _tell(interaction: discord.Interaction, change: Awaitable[Applied]) -> None:
    outcome = await soon(interaction, change)
    await tell_outcome(interaction, desk_of(interaction), server_of(interaction), outcome)
