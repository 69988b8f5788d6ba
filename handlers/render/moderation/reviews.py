"""What waits for approval, one after the other, and what the one who suggested it is told of the outcome."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.custom_ids import Deed, DeedVerb
from handlers.render.card import Block, Card, Link
from handlers.render.moderation.changes import person
from handlers.render.moderation.proposals import render_proposal
from handlers.render.text import echo, safe
from knowledge.model import CLAIM_LENGTH
from knowledge.moderation.model import Proposal, ProposalKind, ProposalState
from knowledge.moderation.outcomes import Review, Who
from knowledge.moderation.reviewing import REVIEWED

AFTER = 4
"""So many of those that wait after the one shown are named."""


def render_review(found: Review, key: str) -> Card:
    """The proposal with the id ``key``, or the oldest where that one does not wait any more."""
    if not found.proposals:
        return Card("Nothing waits for approval", (Block("Suggestions and changes for a second person show up here."),))
    ids = [each.id for each in found.proposals]
    place = ids.index(key) if key in ids else 0
    card = render_proposal(found.proposals[place], found.heads, found.who)
    total = f"{len(ids)}{' or more' if len(ids) == REVIEWED else ''}"
    return replace(
        card,
        title=f"{place + 1} of {total} · {card.title}",
        blocks=(*card.blocks, *_after(found.proposals[place + 1 :], found.who)),
        links=(*card.links, *_ways(ids, place)),
    )


def told_words(proposal: Proposal, server: str) -> str:
    """What is told in a DM, in plain text."""
    what = "suggestion" if proposal.kind is ProposalKind.SUGGESTION else "proposed change"
    head = f"Your {what} in **{safe(server)}** was {_became(proposal)}"
    why = f"\nReason: {safe(proposal.decision)}" if proposal.decision else ""
    return f"{head}:\n> {echo(proposal.items[0].entry.claim, CLAIM_LENGTH)}{why}"


def _became(proposal: Proposal) -> str:
    if proposal.state is ProposalState.REJECTED:
        return "not taken up"
    return "approved in a moderator's words" if proposal.edited_by else "approved, thank you"


def _after(waiting: Sequence[Proposal], who: Who) -> list[Block]:
    lines = [f"`{each.id}` {_claim(each)} · {person(each.proposer, who)}" for each in waiting[:AFTER]]
    more = len(waiting) - AFTER
    lines += [f"-# … and {more} more"] if more > 0 else []
    return [Block("\n".join(lines), section="After this")] if lines else []


def _claim(proposal: Proposal) -> str:
    more = f" (+{len(proposal.items) - 1})" if len(proposal.items) > 1 else ""
    return echo(proposal.items[0].entry.claim) + more


def _ways(ids: Sequence[str], place: int) -> tuple[Link, ...]:
    ways = [("‹ Back", place - 1), ("Next ›", place + 1)]
    return tuple(Link(label, Deed(DeedVerb.SHOW, ids[to])) for label, to in ways if 0 <= to < len(ids))
