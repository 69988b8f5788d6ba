"""The desk: takes a request from anywhere on Discord, makes one call to the service, and replies."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

import discord
import structlog

from handlers.custom_ids import Target, Verb
from handlers.errors import error_card, is_gone, unwrap
from handlers.pace import Pace
from handlers.render import render, with_guesses
from handlers.render.asking import render_gaps, render_guess, render_unanswered
from handlers.render.card import Card, Page
from handlers.render.layout import PageView, files_of
from handlers.render.paging import pages
from handlers.render.text import safe
from knowledge.answers import Answer
from knowledge.briefing.service import BriefingService
from knowledge.errors import Slot
from knowledge.interpretation import AnswerKind, Interpretation
from knowledge.model import BASE, Scope
from knowledge.moderation.model import Audience
from knowledge.moderation.service import ModerationService
from knowledge.requests import Request
from knowledge.service.gaps import NearGap
from knowledge.service.naming import Naming

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

    async def naming(self, scope: Scope = BASE) -> Naming:
        """What things are called."""
        ...


class Desk:
    """Answers interactions. One for each bot; holds nothing about anyone but how fast they went of late."""

    def __init__(
        self,
        service: Service,
        moderation: ModerationService,
        briefings: BriefingService,
        note_question: Callable[[AnswerKind], None] = lambda _: None,
    ) -> None:
        self._service, self._note_question = service, note_question
        self.moderation = moderation
        self.briefings = briefings
        self.pace = Pace()

    async def open(self, interaction: discord.Interaction, request: Request) -> None:
        """Replies with the answer, seen only by who asked unless the server wants it otherwise."""
        verb = await self._verb(interaction)
        await send(interaction, await self._page(interaction, Target(request, verb)), ephemeral=verb is Verb.OPEN)

    async def ask(self, interaction: discord.Interaction, question: str, *, count: bool = True) -> None:
        """Replies to a question in any words, seen as ``open`` has it; ``count`` keeps what was not understood.

        What nobody was asked (``count`` is off) is seen only by who asked.
        """
        verb = await self._verb(interaction) if count else Verb.OPEN
        card = await patiently(interaction, self.card_for(question, scope_of(interaction), count=count), verb)
        await send(interaction, pages(card)[0], ephemeral=verb is Verb.OPEN)

    async def card_for(self, question: str, scope: Scope, *, count: bool = True) -> Card:
        """The card for a question in any words; what is not understood is counted, if ``count`` says so."""
        found = await self._service.ask(question, scope)
        self._note_question(found.kind)
        naming = await self._service.naming(scope)
        if found.request is None:
            if count:
                await self._service.note_gap(question, scope)
            return render_unanswered(question, found, naming.request_name)
        card = render(await self._service.answer(found.request, scope))
        return render_guess(card, found, naming.request_name)

    async def show_gaps(self, interaction: discord.Interaction) -> None:
        """Replies with what was asked here and not found."""
        asked = self._service.gaps(scope_of(interaction), GAPS_SHOWN)
        card = render_gaps(await patiently(interaction, asked, Verb.OPEN))
        await send(interaction, pages(card)[0], ephemeral=True)

    async def follow(self, interaction: discord.Interaction, target: Target) -> None:
        """Does what a button promises: opens, turns or shares."""
        if target.verb is Verb.SHARE:
            shared_by = f"Shared by {safe(interaction.user.display_name)}"
            await send(interaction, await self._page(interaction, target, shared_by), ephemeral=False)
        elif target.verb is Verb.TURN and _is_own(interaction):
            await replace_message(interaction, await self._page(interaction, target))
        else:
            await send(interaction, await self._page(interaction, target), ephemeral=True)

    async def complete(self, scope: Scope, slot: Slot, typed: str) -> list[tuple[str, str]]:
        """Shown names and slugs for what is being typed; from memory."""
        return (await self._service.naming(scope)).complete(slot, typed)

    async def naming(self, scope: Scope) -> Naming:
        """What things are called in a server; from memory."""
        return await self._service.naming(scope)

    async def fail(self, interaction: discord.Interaction, error: BaseException, request: Request | None) -> None:
        """The one error door: says kindly what went wrong and what to do, and logs what is not the user's doing."""
        try:
            await self._tell(interaction, error, request)
        except discord.HTTPException as failure:
            if is_gone(failure):
                log.info("interaction.gone", interaction=interaction.id)
            else:
                log.warning("error.not_told", interaction=interaction.id, status=failure.status, code=failure.code)

    async def error_card(self, error: BaseException, scope: Scope, request: Request | None = None) -> Card:
        """What is told of an error; what is not the user's doing is logged with the number that it tells."""
        return error_card(error, request, await self._name_of(scope))

    async def _tell(self, interaction: discord.Interaction, error: BaseException, request: Request | None) -> None:
        if is_gone(error):
            raise unwrap(error)
        card = await self.error_card(error, scope_of(interaction), request)
        await send(interaction, pages(card)[0], ephemeral=True)

    async def _page(self, interaction: discord.Interaction, target: Target, shared_by: str = "") -> Page:
        scope = scope_of(interaction)
        answer = await patiently(interaction, self._service.answer(target.request, scope), target.verb)
        naming = await self._service.naming(scope)
        card = with_guesses(render(answer), naming.guesses(target.request))
        return _numbered(card, target.page, shared_by)

    async def _verb(self, interaction: discord.Interaction) -> Verb:
        """How the server wants answers to commands to be seen."""
        public = await self.moderation.audience(scope_of(interaction)) is Audience.PUBLIC
        return Verb.SHARE if public else Verb.OPEN

    async def _name_of(self, scope: Scope) -> Callable[[Slot, str], str]:
        """The names of a server or, where they cannot be read, slugs: an error must be told in any case."""
        try:
            return (await self._service.naming(scope)).shown_name
        except Exception:
            log.exception("naming.failed", scope=scope.id)
            return lambda _, slug: slug


def scope_of(interaction: discord.Interaction) -> Scope:
    """The server's, or the base in a DM."""
    return Scope(interaction.guild_id or BASE.id)


def _numbered(card: Card, number: int, shared_by: str) -> Page:
    """The page asked for, or the last one where the answer has become shorter."""
    found = pages(card, shared_by)
    return found[min(number, len(found) - 1)]


async def patiently(interaction: discord.Interaction, answer: Awaitable[T], verb: Verb = Verb.OPEN) -> T:
    """The answer; if it takes long, Discord is told in time that it is coming."""
    task = asyncio.ensure_future(answer)
    done, _ = await asyncio.wait({task}, timeout=PATIENCE)
    if not done and not interaction.response.is_done():
        if verb is Verb.TURN and _is_own(interaction):
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=verb is not Verb.SHARE, thinking=True)
    return await task


async def send(interaction: discord.Interaction, page: Page, *, ephemeral: bool) -> None:
    """Replies with a page, whether Discord was told before that it is coming or not."""
    if interaction.response.is_done():
        await interaction.followup.send(view=PageView(page), ephemeral=ephemeral, files=files_of(page))
    else:
        await interaction.response.send_message(view=PageView(page), ephemeral=ephemeral, files=files_of(page))


async def replace_message(interaction: discord.Interaction, page: Page) -> None:
    """Puts a page in place of the message that was clicked."""
    if interaction.response.is_done():
        await interaction.edit_original_response(view=PageView(page))
    else:
        await interaction.response.edit_message(view=PageView(page))


def _is_own(interaction: discord.Interaction) -> bool:
    """Whether the message that was clicked is seen by nobody else, so that it may change under the hand."""
    return interaction.message is not None and interaction.message.flags.ephemeral
