"""The words of the forms, and how typed text comes back to who typed it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.custom_ids import Deed, DeedVerb
from handlers.render.card import Attachment, Block, Card, Link
from handlers.render.text import clip, safe
from knowledge.model import CLAIM_LENGTH, Status
from knowledge.moderation.model import REASON_LENGTH

TITLE_LIMIT = 45
"""Discord's limit for the title of a form."""
SHOWN = 1_500
"""Up to so many characters, typed text is shown in the message; more comes back as a file."""
FENCE = "ˋ"
"""Stands for a backtick where one would end the block that shows typed text as it is."""


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What a field of a form says: at most 45, 100 and 100 characters."""

    label: str
    description: str = ""
    placeholder: str = ""


FIELDS = {
    "party": FieldWords("Party", "Who says or does it"),
    "topic": FieldWords("Topic", "On what"),
    "act": FieldWords("Act", "What the party does by saying it"),
    "claim": FieldWords("Claim", f"One sentence of at most {CLAIM_LENGTH} characters"),
    "sources": FieldWords(
        "Sources", "One a line: title | https address | date", "Talks resume | https://example.org/talks | 2025-06-02"
    ),
    "said": FieldWords(
        "Said on", "As precise as it is known; leave empty if the source does not say", "2025, 2025-06 or 2025-06-02"
    ),
    "reason": FieldWords("Reason", f"For the history, at most {REASON_LENGTH} characters"),
}
TITLES = {
    "add": "Add an entry",
    "suggest": "Suggest an entry",
    "revise": "Revise",
    Status.SUPERSEDED: "Mark as no longer held",
    Status.RETRACTED: "Retract",
    Status.ACTIVE: "Restore",
}
SOURCES_AND_DATE = FieldWords(
    "Sources, and when it was said",
    "One a line: title | https address | date; below them, if known, when it was said: said 2025-06",
    "Talks resume | https://example.org/talks | 2025-06-02",
)


def form_title(*parts: str) -> str:
    """The title of a form; parts that are empty are left out."""
    return clip(" · ".join(filter(None, parts)), TITLE_LIMIT)


def claim_note(claim: str) -> str:
    """What a form that changes no words is about."""
    return f"> {safe(claim)}"


def message_source(said: datetime, address: str) -> str:
    """A message as a line of sources."""
    return f"Message of {said:%Y-%m-%d} | {address} | {said:%Y-%m-%d}"


def typed_block(label: str, text: str) -> Block:
    """Typed text as it is, ready to be copied."""
    return Block(f"```\n{text.replace('`', FENCE)}\n```", section=label)


def render_returned(card: Card, typed: Mapping[str, str], key: str) -> Card:
    """Why a form was not taken, with what was typed into it and *Edit again*."""
    again = Link("Edit again", Deed(DeedVerb.AGAIN, key), primary=True)
    return replace(_with_typed(card, typed), links=(again, *(link for link in card.links if link.primary)))


def render_lost(typed: Mapping[str, str]) -> Card:
    """What is told of a form that nobody waits for any more."""
    text = "I was restarted, or this form was open for long, so I could not take it. Here is your text; "
    text += "please use the command again."
    return _with_typed(Card("Please send this once more", (Block(text),)), typed)


def render_gone() -> Card:
    """What is told of *Edit again* after a restart."""
    text = "I was restarted, or this was long ago, so I cannot open that form again. Your text still stands above: "
    return Card("That form is gone", (Block(f"{text}copy it, and use the command again."),))


def _with_typed(card: Card, typed: Mapping[str, str]) -> Card:
    named = {FIELDS[field].label if field in FIELDS else field: text for field, text in typed.items() if text.strip()}
    if sum(map(len, named.values())) <= SHOWN:
        return replace(card, blocks=(*card.blocks, *(typed_block(label, text) for label, text in named.items())))
    whole = "\n\n".join(f"{label}:\n{text}" for label, text in named.items())
    hint = Block("What you typed is in the file below.")
    return replace(card, blocks=(*card.blocks, hint), attachment=Attachment("what-you-typed.txt", whole.encode()))
