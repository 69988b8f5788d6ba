"""The desk: takes a request from anywhere on Discord, makes one call to the service, and replies."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Protocol, TypeVar

import discord
import structlog

from handlers.custom_ids import Target, Verb
from handlers.errors import error_card, is_gone
from handlers.render import render, with_guesses
from handlers.render.asking import render_gaps, render_guess, render_unanswered
from handlers.render.card import Card, Page
from handlers.render.layout import PageView
from handlers.render.paging import pages
from handlers.render.text import safe
from knowledge.answers import Answer
from knowledge.errors import Slot
from knowledge.interpretation import Interpretation
from knowledge.model import BASE, Scope
from knowledge.requests import Request
from knowledge.service.gaps import NearGap

log = structlog.get_logger(__name__)
T = TypeVar("T")

GAPS_SHOWN = 12
"""So many gaps fit one message, whatever their length."""
PATIENCE = 1.5
"""Seconds until a slow answer is announced ("thinking …"); Discord gives up after 3."""


class Service(Protocol):
    """What the desk needs of ``knowledge.service.KnowledgeService``."""

    async def answer(self, request: Request, scope: Scope = BASE) -> Answer:
        """The answer to a request."""
        ...

    async def ask(self, text: str, scope: Scope = BASE) -> Interpretation:
        """What a question in any words asks for."""
        ...

    async def note_gap(self, text: str, scope: Scope = BASE) -> None:
        """Counts a question that was not understood."""
        ...

    async def gaps(self, scope: Scope | None = None, limit: int = 50) -> Sequence[NearGap]:
        """What was asked and not found."""
        ...

    def request_name(self, request: Request) -> str:
        """The shown names of what a request is about."""
        ...

    def complete(self, slot: Slot, typed: str) -> list[tuple[str, str]]:
        """Shown names and slugs for what is being typed."""
        ...

    def shown_name(self, slot: Slot, slug: str) -> str:
        """The name of a slug."""
        ...

    def guesses(self, request: Request) -> list[tuple[str, str]]:
        """The words that were understood only by likeness, each with what they were taken to mean."""
        ...


class Desk:
    """Answers interactions. One for each bot; holds nothing about anyone."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def open(self, interaction: discord.Interaction, request: Request) -> None:
        """Replies with the answer, seen only by who asked."""
        page = await self._page(interaction, Target(request))
        await _send(interaction, page, ephemeral=True)

    async def ask(self, interaction: discord.Interaction, question: str, *, count: bool = True) -> None:
        """Replies to a question in any words, seen only by who asked; ``count`` keeps what was not understood."""
        card = await _patiently(interaction, self.card_for(question, scope_of(interaction), count=count), Verb.OPEN)
        await _send(interaction, pages(card)[0], ephemeral=True)

    async def card_for(self, question: str, scope: Scope, *, count: bool = True) -> Card:
        """The card for a question in any words; what is not understood is counted, if ``count`` says so."""
        found = await self._service.ask(question, scope)
        if found.request is None:
            if count:
                await self._service.note_gap(question, scope)
            return render_unanswered(question, found, self._service.request_name)
        card = render(await self._service.answer(found.request, scope))
        return render_guess(card, found, self._service.request_name)

    async def show_gaps(self, interaction: discord.Interaction) -> None:
        """Replies with what was asked here and not found."""
        asked = self._service.gaps(scope_of(interaction), GAPS_SHOWN)
        card = render_gaps(await _patiently(interaction, asked, Verb.OPEN))
        await _send(interaction, pages(card)[0], ephemeral=True)

    async def follow(self, interaction: discord.Interaction, target: Target) -> None:
        """Does what a button promises: opens, turns or shares."""
        if target.verb is Verb.SHARE:
            shared_by = f"Shared by {safe(interaction.user.display_name)}"
            await _send(interaction, await self._page(interaction, target, shared_by), ephemeral=False)
        elif target.verb is Verb.TURN and _is_own(interaction):
            await _replace(interaction, await self._page(interaction, target))
        else:
            await _send(interaction, await self._page(interaction, target), ephemeral=True)

    def complete(self, slot: Slot, typed: str) -> list[tuple[str, str]]:
        """Shown names and slugs for what is being typed; from memory."""
        return self._service.complete(slot, typed)

    async def fail(self, interaction: discord.Interaction, error: BaseException, request: Request | None) -> None:
        """The one error door: says kindly what went wrong and what to do, and logs what is not the user's doing."""
        if is_gone(error):
            log.info("interaction.gone", interaction=interaction.id)
            return
        card = self.error_card(error, request)
        try:
            await _send(interaction, pages(card)[0], ephemeral=True)
        except discord.HTTPException as failure:
            log.warning("error.not_told", interaction=interaction.id, reason=str(failure))

    def error_card(self, error: BaseException, request: Request | None = None) -> Card:
        """What is told of an error; what is not the user's doing is logged with the number that it tells."""
        return error_card(error, request, self._service.shown_name)

    async def _page(self, interaction: discord.Interaction, target: Target, shared_by: str = "") -> Page:
        scope = scope_of(interaction)
        answer = await _patiently(interaction, self._service.answer(target.request, scope), target.verb)
        card = with_guesses(render(answer), self._service.guesses(target.request))
        return _numbered(card, target.page, shared_by)


def scope_of(interaction: discord.Interaction) -> Scope:
    """The server's, or the base in a DM."""
    return Scope(interaction.guild_id or BASE.id)


def _numbered(card: Card, number: int, shared_by: str) -> Page:
    """The page asked for, or the last one where the answer has become shorter."""
    found = pages(card, shared_by)
    return found[min(number, len(found) - 1)]


async def _patiently(interaction: discord.Interaction, answer: Awaitable[T], verb: Verb) -> T:
    """The answer; if it takes long, Discord is told in time that it is coming."""
    task = asyncio.ensure_future(answer)
    done, _ = await asyncio.wait({task}, timeout=PATIENCE)
    if not done and not interaction.response.is_done():
        if verb is Verb.TURN and _is_own(interaction):
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=verb is not Verb.SHARE, thinking=True)
    return await task


async def _send(interaction: discord.Interaction, page: Page, *, ephemeral: bool) -> None:
    if interaction.response.is_done():
        await interaction.followup.send(view=PageView(page), ephemeral=ephemeral)
    else:
        await interaction.response.send_message(view=PageView(page), ephemeral=ephemeral)


async def _replace(interaction: discord.Interaction, page: Page) -> None:
    if interaction.response.is_done():
        await interaction.edit_original_response(view=PageView(page))
    else:
        await interaction.response.edit_message(view=PageView(page))


def _is_own(interaction: discord.Interaction) -> bool:
    """Whether the message that was clicked is seen by nobody else, so that it may change under the hand."""
    return interaction.message is not None and interaction.message.flags.ephemeral
