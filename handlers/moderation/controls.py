"""Moderators' buttons: what each does. They carry what they need in their custom id, so they outlive a restart."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, Self, cast

import discord

from handlers.custom_ids import DEED_PATTERN, Deed, DeedVerb, decode_deed
from handlers.moderation import editing, importing, privacy, reviewing
from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.telling import soon, tell_outcome
from handlers.views import desk_of
from handlers.wording import OutdatedControl


async def _undo(interaction: discord.Interaction, key: str) -> None:
    desk, scope = desk_of(interaction), server_of(interaction)
    outcome = await soon(interaction, desk.moderation.undo(scope, caller_of(interaction), int(key)))
    await tell_outcome(interaction, desk, scope, outcome)


async def _on_top(interaction: discord.Interaction, key: str) -> None:
    desk, scope = desk_of(interaction), server_of(interaction)
    outcome = await soon(interaction, desk.moderation.apply_on_top(scope, caller_of(interaction), key))
    await tell_outcome(interaction, desk, scope, outcome)


DEEDS: dict[DeedVerb, Callable[[discord.Interaction, str], Awaitable[None]]] = {
    DeedVerb.UNDO: _undo,
    DeedVerb.ON_TOP: _on_top,
    DeedVerb.AGAIN: editing.open_again,
    DeedVerb.APPROVE: reviewing.approve,
    DeedVerb.NEWEST: reviewing.approve_newest,
    DeedVerb.EDIT: reviewing.open_edit,
    DeedVerb.REJECT: reviewing.open_reject,
    DeedVerb.APPLY: importing.apply,
    DeedVerb.SHOW: reviewing.show,
    DeedVerb.FORGET: privacy.forget,
}


class DeedButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=DEED_PATTERN):
    """A button whose custom id is a deed."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Made anew for each click."""
        return cls(cast("discord.ui.Button[Any]", item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Does the deed, if who clicked may."""
        deed = decode_deed(self.item.custom_id or "")
        try:
            await _do(interaction, deed)
        except Exception as error:
            await desk_of(interaction).fail(interaction, error, None)


async def _do(interaction: discord.Interaction, deed: Deed | None) -> None:
    desk_of(interaction).pace.note(interaction.user.id, interaction.created_at)
    if deed is None:
        raise OutdatedControl
    await DEEDS[deed.verb](interaction, deed.key)
