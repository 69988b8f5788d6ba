"""What is set in a server, and what was changed of it."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from handlers.render.card import Block, Card
from handlers.render.moderation.differences import LABELS, value_words
from handlers.render.moderation.outcomes import render_outcome
from knowledge.moderation.model import Audience, Settings, TwoPerson
from knowledge.moderation.outcomes import Applied

UNSET = {
    "editor_role": "not set, so whoever may manage the server",
    "approver_role": "not set, so whoever may manage the server",
    "review_channel": "not set; `/review list` shows what waits",
    "audit_channel": "not set; `/audit export` has all changes",
}
MEANINGS: dict[str, str] = {
    TwoPerson.OFF: "off: an editor's change is made at once",
    TwoPerson.CONTESTED: "a second person approves changes of contested entries",
    TwoPerson.ALL: "a second person approves every change",
    Audience.EPHEMERAL: "seen only by who asks",
    Audience.PUBLIC: "seen by everyone in the channel",
}


def render_settings(settings: Settings) -> Card:
    """All settings, and what those mean that are not set."""
    lines = [f"**{LABELS[name]}**: {_words(name, value)}" for name, value in asdict(settings).items()]
    return Card(
        "Settings of this server",
        (Block("\n".join(lines)),),
        footer="/settings set changes them; its option reset puts one back",
    )


def render_set(outcome: Applied, silent: Sequence[int]) -> Card:
    """What was changed, with a warning for each channel in which the bot may not write."""
    card = render_outcome(outcome)
    warnings = [
        Block(f"⚠ I may not write in <#{each}>. Allow me *View Channel* and *Send Messages* there, or choose another.")
        for each in silent
    ]
    return replace(card, blocks=(*card.blocks, *warnings))


def _words(name: str, value: str | int | None) -> str:
    if value is None:
        return UNSET[name]
    return MEANINGS.get(str(value)) or value_words(name, value)
