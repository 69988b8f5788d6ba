"""Times commands, from the moment that one is taken to the moment that its handler has ended, and says how it ended."""

import time
from enum import StrEnum

import discord
from discord import app_commands

from bot.metrics import Metrics
from handlers.errors import is_gone, unwrap
from knowledge.errors import ParleyError

BEGAN = "parley.began"


class Outcome(StrEnum):
    """How a command ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    """What was typed cannot be understood, or may not be done."""
    SLOWED = "slowed"
    GONE = "gone"
    """Nobody waited any more, or another process had answered."""
    FAILED = "failed"


def begin(interaction: discord.Interaction) -> None:
    """Starts the clock for a command."""
    interaction.extras[BEGAN] = time.perf_counter()


def end(metrics: Metrics, interaction: discord.Interaction, outcome: Outcome) -> None:
    """Stops the clock; hints while somebody types are no commands."""
    began = interaction.extras.pop(BEGAN, None)
    if began is not None and interaction.type is discord.InteractionType.application_command:
        name = interaction.command.qualified_name if interaction.command else "unknown"
        metrics.commands.labels(name, outcome).observe(time.perf_counter() - began)


def outcome_of(error: BaseException) -> Outcome:
    """How a command ended that this error ended."""
    inner = unwrap(error)
    if is_gone(inner):
        return Outcome.GONE
    if isinstance(inner, app_commands.CommandOnCooldown):
        return Outcome.SLOWED
    return Outcome.REFUSED if isinstance(inner, ParleyError | app_commands.AppCommandError) else Outcome.FAILED
