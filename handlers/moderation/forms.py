"""Forms: opened for who may, read, sent to the service. What was typed is never lost, whatever goes wrong."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import discord

from handlers.errors import is_gone
from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.fields import ACT_NAMES, Input, Names, make_fields, read_fields
from handlers.moderation.telling import reply, soon, tell_outcome
from handlers.moderation.typed import typed_into
from handlers.render.moderation.forms import render_returned
from handlers.views import desk_of
from knowledge.errors import Slot
from knowledge.moderation.context import random_id
from knowledge.moderation.drafts import Draft
from knowledge.moderation.outcomes import Outcome

PREFIX = "form:"
LIFETIME = 3_600.0
"""Seconds for which a form that is open is waited for."""
Work = Callable[[discord.Interaction, Draft], Awaitable[Any]]


async def tell_here(interaction: discord.Interaction, outcome: Outcome) -> None:
    """Says what came of a form."""
    await tell_outcome(interaction, desk_of(interaction), server_of(interaction), outcome)


async def for_editors(interaction: discord.Interaction) -> None:
    """Lets editors pass; raises Forbidden for others."""
    await desk_of(interaction).moderation.may_add(server_of(interaction), caller_of(interaction))


async def for_everyone(_: discord.Interaction) -> None:
    """Lets everyone pass."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form before it is opened: what it asks for, what stands in it, and what is done with what is sent.

    ``name`` goes into the custom id (at most 80 characters). ``fields`` are names of fields of ``Draft``. ``gate``
    raises for who may not open it; ``work`` asks for rights again when it is sent. ``note`` is shown above the fields.
    """

    name: str
    title: str
    draft: Draft
    fields: tuple[str, ...]
    required: frozenset[str]
    work: Work
    gate: Callable[[discord.Interaction], Awaitable[None]] = for_editors
    tell: Callable[[discord.Interaction, Any], Awaitable[None]] = tell_here
    note: str = ""

    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {field: text for field in (*self.fields, "said") if (text := getattr(self.draft, field))}


async def open_form(interaction: discord.Interaction, form: Form) -> None:
    """Opens a form as the answer to an interaction, for who may."""
    await form.gate(interaction)
    names = {field: await _names(interaction, field) for field in form.fields}
    modal = FormModal(form, names, typed_into(interaction.client).open)
    await interaction.response.send_modal(modal)


class FormModal(discord.ui.Modal):
    """A form as it is open before somebody. Each has its own custom id, so that two people's are never mixed up."""

    def __init__(self, form: Form, names: dict[str, Names], known: set[str]) -> None:
        super().__init__(title=form.title, timeout=LIFETIME, custom_id=f"{PREFIX}{form.name}:{random_id(8)}")
        self.form = form
        self._known = known
        known.add(self.custom_id)
        if form.note:
            self.add_item(discord.ui.TextDisplay(form.note))
        self._labels = make_fields(form.draft, form.fields, names, form.required)
        for label in self._labels.values():
            self.add_item(label)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Sends what was typed to the service; gives it back if that does not take it."""
        draft = read_fields(self.form.draft, self._inputs())
        try:
            await self._send(interaction, replace(self.form, draft=draft))
        finally:
            self.stop()
            self._known.discard(self.custom_id)

    async def on_timeout(self) -> None:
        """Nobody waits for it any more; if it is sent all the same, the text is given back."""
        self._known.discard(self.custom_id)

    async def on_error(  # type: ignore[override]  # a form has no item, as discord.py's own Modal says
        self, interaction: discord.Interaction, error: Exception
    ) -> None:
        """Goes to the one error door."""
        await desk_of(interaction).fail(interaction, error, None)

    async def _send(self, interaction: discord.Interaction, form: Form) -> None:
        try:
            result = await soon(interaction, form.work(interaction, form.draft))
        except Exception as error:
            await give_back(interaction, form, error)
        else:
            await form.tell(interaction, result)

    def _inputs(self) -> dict[str, Input]:
        return {field: label.component for field, label in self._labels.items()}  # type: ignore[misc]


async def give_back(interaction: discord.Interaction, form: Form, error: Exception) -> None:
    """Says what is wrong with a form, and gives back what was typed."""
    if is_gone(error):
        raise error
    key = typed_into(interaction.client).keep(interaction.user.id, form)
    card = await desk_of(interaction).error_card(error, server_of(interaction))
    await reply(interaction, render_returned(card, form.typed(), key))


async def _names(interaction: discord.Interaction, field: str) -> Names:
    """What can be chosen in a field; nothing where it is typed into."""
    if field == "act":
        return ACT_NAMES
    if field not in (Slot.PARTY, Slot.TOPIC):
        return ()
    return await desk_of(interaction).moderation.complete_name(server_of(interaction), Slot(field), "")
