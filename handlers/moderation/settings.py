"""``/settings``: roles, channels and rules of a server, for who may manage it."""

from typing import Literal

import discord
from discord import app_commands

from handlers import completion
from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.groups import settings
from handlers.moderation.places import Place, PlaceOption, may_write
from handlers.moderation.telling import reply, soon, tell_channels
from handlers.render.moderation.settings import render_set, render_settings
from handlers.views import desk_of
from knowledge.moderation.setting import NAMES, Values


@settings.command(name="show", description="What is set in this server")
async def show(interaction: discord.Interaction) -> None:
    """Shows what is set."""
    shown = desk_of(interaction).moderation.settings(server_of(interaction), caller_of(interaction))
    await reply(interaction, render_settings(await soon(interaction, shown)))


@settings.command(name="set", description="Sets roles, channels and rules; what you leave out stays")
@app_commands.describe(
    editor_role="Who may add and revise entries and words",
    approver_role="Who may approve, import, export and do all that editors may",
    review_channel="Where suggestions and proposed changes are posted",
    audit_channel="Where every change is posted",
    two_person="Which changes a second person must approve",
    answers="Who sees the answers to commands",
    timezone="As in Europe/Kyiv",
    reset="One setting to put back to what it was at first",
)
@app_commands.autocomplete(timezone=completion.time_zones)
@app_commands.choices(reset=[app_commands.Choice(name=name.replace("_", " "), value=name) for name in NAMES])
async def change(
    interaction: discord.Interaction,
    editor_role: discord.Role | None = None,
    approver_role: discord.Role | None = None,
    review_channel: PlaceOption | None = None,
    audit_channel: PlaceOption | None = None,
    two_person: Literal["off", "contested", "all"] | None = None,
    answers: Literal["ephemeral", "public"] | None = None,
    timezone: app_commands.Range[str, 1, 60] | None = None,
    reset: str | None = None,
) -> None:
    """Sets what was given; shows what is set where nothing was."""
    given: Values = {
        "editor_role": _id(editor_role),
        "approver_role": _id(approver_role),
        "review_channel": _id(review_channel),
        "audit_channel": _id(audit_channel),
        "two_person": two_person,
        "answers": answers,
        "timezone": timezone,
    }
    values: Values = {name: value for name, value in given.items() if value is not None}
    await _change(interaction, {**values, **({reset: None} if reset else {})}, [review_channel, audit_channel])


def _id(chosen: discord.Role | Place | None) -> int | None:
    return None if chosen is None else chosen.id


async def _change(interaction: discord.Interaction, values: Values, chosen: list[Place | None]) -> None:
    desk, scope, caller = desk_of(interaction), server_of(interaction), caller_of(interaction)
    if not values:
        await reply(interaction, render_settings(await soon(interaction, desk.moderation.settings(scope, caller))))
        return
    outcome = await soon(interaction, desk.moderation.change_settings(scope, caller, values))
    silent = [place.id for place in chosen if place and not may_write(interaction.guild, place.id)]
    await reply(interaction, render_set(outcome, silent))
    await tell_channels(interaction.client, desk, scope, outcome)
