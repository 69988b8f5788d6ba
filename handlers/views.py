"""The buttons and menus of every answer. Registered once, they work for messages of any age, after any restart."""

import re
from typing import Any, Protocol, Self, cast

import discord

from handlers.custom_ids import PATTERN, Target, decode
from handlers.desk import Desk
from handlers.wording import OutdatedControl


class HasDesk(Protocol):
    """The client, as far as the views need it."""

    desk: Desk


def desk_of(interaction: discord.Interaction) -> Desk:
    """The desk of the bot that got the interaction."""
    return cast(HasDesk, interaction.client).desk


async def _follow(interaction: discord.Interaction, target: Target | None) -> None:
    desk = desk_of(interaction)
    try:
        if target is None:
            raise OutdatedControl
        desk.pace.note(interaction.user.id, interaction.created_at)
        await desk.follow(interaction, target)
    except Exception as error:
        await desk.fail(interaction, error, target.request if target else None)


class TargetButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=PATTERN):
    """A button whose custom id is a target."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Made anew for each click."""
        return cls(cast("discord.ui.Button[Any]", item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Follows the target."""
        await _follow(interaction, decode(self.item.custom_id or ""))


class TargetMenu(discord.ui.DynamicItem[discord.ui.Select[Any]], template=r"menu:\d+"):
    """A menu whose options are targets."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Made anew for each choice."""
        return cls(cast("discord.ui.Select[Any]", item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Follows the target that was chosen."""
        await _follow(interaction, decode(self.item.values[0]) if self.item.values else None)


CONTROLS = (TargetButton, TargetMenu)
"""To be registered with ``Client.add_dynamic_items``."""
