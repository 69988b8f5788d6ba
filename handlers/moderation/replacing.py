"""Shows what came of a click in place of what was clicked."""

import discord

from handlers.render.card import Card
from handlers.render.layout import PageView, files_of
from handlers.render.paging import pages


async def in_place(interaction: discord.Interaction, card: Card) -> None:
    """Puts the first page of a card in place of the message whose click was acknowledged by ``response.defer()``."""
    page = pages(card)[0]
    await interaction.edit_original_response(view=PageView(page), attachments=files_of(page))
