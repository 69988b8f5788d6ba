"""``/review list`` and what the buttons below a proposal do, there and in the review channel, after any restart."""

from collections.abc import Awaitable, Callable

import discord

from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.deciding import decide, tell_decided
from handlers.moderation.fields import fields_of_new, fields_of_old, required_of
from handlers.moderation.forms import Form, open_form
from handlers.moderation.groups import review
from handlers.moderation.replacing import in_place
from handlers.moderation.telling import reply, soon
from handlers.render.moderation.forms import form_title
from handlers.render.moderation.reviews import render_review
from handlers.views import desk_of
from knowledge.moderation.drafts import Draft, draft_of_proposal
from knowledge.moderation.model import Proposal
from knowledge.moderation.outcomes import Decided


@review.command(name="list", description="What waits for approval, the oldest first")
async def list_pending(interaction: discord.Interaction) -> None:
    """The oldest that waits, with a way to the next."""
    waiting = desk_of(interaction).moderation.review(server_of(interaction), caller_of(interaction))
    await reply(interaction, render_review(await soon(interaction, waiting), ""))


async def show(interaction: discord.Interaction, key: str) -> None:
    """Shows one that waits in place of the message that was clicked."""
    await interaction.response.defer()
    found = await desk_of(interaction).moderation.review(server_of(interaction), caller_of(interaction))
    await in_place(interaction, render_review(found, key))


async def approve(interaction: discord.Interaction, key: str) -> None:
    """Makes what a proposal wants."""
    scope, caller = server_of(interaction), caller_of(interaction)
    await decide(interaction, desk_of(interaction).moderation.approve(scope, caller, key))


async def approve_newest(interaction: discord.Interaction, key: str) -> None:
    """Makes what a proposal wants, on top of what was changed since."""
    scope, caller = server_of(interaction), caller_of(interaction)
    await decide(interaction, desk_of(interaction).moderation.approve(scope, caller, key, newest=True))


async def open_reject(interaction: discord.Interaction, key: str) -> None:
    """Asks for a reason, if the caller may reject and it still waits."""

    async def work(interaction: discord.Interaction, draft: Draft) -> None:
        scope, caller = server_of(interaction), caller_of(interaction)
        await decide(interaction, desk_of(interaction).moderation.reject(scope, caller, key, draft.reason))

    async def told(_: discord.Interaction, __: None) -> None:
        """Deciding has told it."""

    form = Form(
        name=f"reject:{key}",
        title=form_title("Reject", key),
        draft=Draft(claim=""),
        fields=("reason",),
        required=frozenset(),
        work=work,
        gate=_gate(key),
        tell=told,
    )
    await open_form(interaction, form)


async def open_edit(interaction: discord.Interaction, key: str) -> None:
    """Opens a proposal's form, if the caller may decide on it and it still waits."""
    proposal = await _pending(interaction, key)
    draft = draft_of_proposal(proposal)

    async def work(interaction: discord.Interaction, draft: Draft) -> Decided:
        await interaction.response.defer()  # the form came from a button: its message changes, and no new one comes
        scope, caller = server_of(interaction), caller_of(interaction)
        return await desk_of(interaction).moderation.edit_pending(scope, caller, key, draft)

    form = Form(
        name=f"edit:{key}",
        title=form_title("Edit", key),
        draft=draft,
        fields=_fields(proposal, draft),
        required=required_of(draft),
        work=work,
        gate=_gate(key),
        tell=tell_decided,
    )
    await open_form(interaction, form)


def _gate(key: str) -> Callable[[discord.Interaction], Awaitable[None]]:
    """Lets approvers pass for as long as the proposal waits."""

    async def gate(interaction: discord.Interaction) -> None:
        await _pending(interaction, key)

    return gate


async def _pending(interaction: discord.Interaction, key: str) -> Proposal:
    return await desk_of(interaction).moderation.pending(server_of(interaction), caller_of(interaction), key)


def _fields(proposal: Proposal, draft: Draft) -> tuple[str, ...]:
    """Of a new entry also the party and the topic; the reason stays the proposer's."""
    if proposal.items[0].version is None:
        return fields_of_new(draft, is_party_sure=False, is_topic_sure=False)
    return tuple(field for field in fields_of_old(draft) if field != "reason")
