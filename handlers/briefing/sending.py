"""``/briefing preview`` and ``send``: what is new, for the editor alone or for the channel, now."""

from typing import Protocol, cast

import discord

from handlers.briefing.options import Typed, meant, naming_one
from handlers.briefing.places import BriefingPlace, check_place
from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.groups import briefing
from handlers.moderation.places import Place
from handlers.moderation.telling import reply, soon
from handlers.render.briefing import Part, embed_of, render_briefing
from handlers.render.subscriptions import preview_words, render_nothing_new, render_sending
from handlers.views import desk_of
from knowledge.briefing.model import Delivery, DeliveryKind
from knowledge.briefing.subscribing import Preview


class Publishes(Protocol):
    """What looks for deliveries and sends them."""

    def wake(self) -> None:
        """Makes it look at once."""
        ...


class HasPublisher(Protocol):
    """The client, as far as it is needed here."""

    publisher: Publishes


@briefing.command(description="What would go out now, for you alone")
@naming_one
async def preview(
    interaction: discord.Interaction, subscription: Typed | None = None, channel: BriefingPlace | None = None
) -> None:
    """Shows the first part of what would go out now."""
    found = await soon(interaction, _preview(interaction, subscription, channel))
    if found.digest is None:
        await reply(interaction, render_nothing_new(found.subscription))
        return
    now = desk_of(interaction).briefings.now().replace(microsecond=0)
    delivery = Delivery(found.subscription.id, found.subscription.scope, now, DeliveryKind.MANUAL)
    await _show(interaction, render_briefing(found.subscription, delivery, found.digest, found.naming))


@briefing.command(description="Briefs the channel now on what is new; the schedule stays")
@naming_one
async def send(
    interaction: discord.Interaction, subscription: Typed | None = None, channel: BriefingPlace | None = None
) -> None:
    """Sets off a briefing, if there is anything new."""

    async def planned() -> Preview:
        found = await _preview(interaction, subscription, channel)
        if found.digest is not None:
            scope, caller, place = server_of(interaction), caller_of(interaction), found.subscription.channel
            check_place(interaction.guild, place, publish=found.subscription.publish, role=None)
            await desk_of(interaction).briefings.send_now(scope, caller, found.subscription.id)
            cast(HasPublisher, interaction.client).publisher.wake()
        return found

    done = await soon(interaction, planned())
    now = done.subscription
    await reply(interaction, render_sending(now, done.digest) if done.digest else render_nothing_new(now))


async def _preview(interaction: discord.Interaction, subscription: str | None, channel: Place | None) -> Preview:
    scope, caller, typed = server_of(interaction), caller_of(interaction), meant(interaction, subscription, channel)
    return await desk_of(interaction).briefings.preview(scope, caller, typed)


async def _show(interaction: discord.Interaction, parts: tuple[Part, ...]) -> None:
    """The message as the channel would get it, below a line that says what it is; it pings nobody."""
    content = f"{preview_words(len(parts))}\n{parts[0].content}"
    if interaction.response.is_done():
        await interaction.followup.send(content, embed=embed_of(parts[0]), ephemeral=True)
    else:
        await interaction.response.send_message(content, embed=embed_of(parts[0]), ephemeral=True)
