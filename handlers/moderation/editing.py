"""What becomes of a form that was not taken, and of one that was left open over a restart."""

from collections.abc import Iterator, Mapping
from typing import Any

import discord

from handlers.moderation.forms import PREFIX, open_form
from handlers.moderation.telling import reply
from handlers.moderation.typed import typed_into
from handlers.render.moderation.forms import render_gone, render_lost


async def open_again(interaction: discord.Interaction, key: str) -> None:
    """Opens a form that was not taken, with what was typed into it; says kindly if it is gone."""
    form = typed_into(interaction.client).find(interaction.user.id, key)
    if form is None:
        await reply(interaction, render_gone())
    else:
        await open_form(interaction, form)


async def lost_form(interaction: discord.Interaction) -> bool:
    """Gives back what was typed into a form that nobody waits for any more; False where it is no such form.

    A restart makes forms forgotten that people have open. To be called for each interaction.
    """
    data: Mapping[str, Any] = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    is_form = interaction.type is discord.InteractionType.modal_submit and custom_id.startswith(PREFIX)
    if not is_form or custom_id in typed_into(interaction.client).open:
        return False
    await reply(interaction, render_lost(dict(_typed(data.get("components", [])))))
    return True


def _typed(components: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for part in components:
        inner = part.get("component")
        yield from _typed([*part.get("components", []), *([inner] if inner else [])])
        if "custom_id" in part:
            yield part["custom_id"], part.get("value") or ", ".join(part.get("values", []))
