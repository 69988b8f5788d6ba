"""What approvers do with what waits: approve, edit, reject; and applying on top what was overtaken."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.model import Document, Scope
from knowledge.moderation.context import Moderation, Sitting, looking, sitting
from knowledge.moderation.errors import NoSuchProposal, OwnProposal
from knowledge.moderation.model import REASON_LENGTH, Caller, Item, Level, Proposal, ProposalKind, ProposalState
from knowledge.moderation.outcomes import Applied, Decided, Outcome, Review
from knowledge.moderation.people import who_of
from knowledge.moderation.proposing import (
    Heads,
    decided,
    heads_of,
    needs_two,
    on_top,
    open_proposal,
    settle,
    submit,
    wait,
)
from knowledge.moderation.rights import require
from knowledge.moderation.text import clean
from knowledge.service.entries import visible_heads

REVIEWED = 100
"""The most proposals that a list shows."""


async def review(mod: Moderation, scope: Scope, caller: Caller) -> Review:
    """What waits for approval; raises Forbidden for who is no approver."""
    async with looking(mod, scope, caller, Level.APPROVER) as (work, settings):
        found = await work.proposals.pending(scope, REVIEWED)
        heads = await visible_heads(work, scope, [item.entry.id for each in found for item in each.items])
        return Review(found, heads, settings, await who_of(work, scope, [each.proposer for each in found]))


async def pending(mod: Moderation, scope: Scope, caller: Caller, proposal_id: str) -> Proposal:
    """One that waits, to be edited.

    Raises:
        Forbidden, NoSuchProposal, AlreadyDecided: the caller is no approver, or it does not wait.
    """
    async with looking(mod, scope, caller, Level.APPROVER) as (work, _):
        return await open_proposal(work, scope, proposal_id, ProposalState.PENDING)


async def approve(mod: Moderation, scope: Scope, caller: Caller, proposal_id: str, *, newest: bool = False) -> Decided:
    """Makes what a proposal wants; ``newest`` puts it on top of what the entries have become since.

    Raises:
        Forbidden, NoSuchProposal, AlreadyDecided, OwnProposal, NothingChanged, QuotaReached: nothing changes.
    """
    async with sitting(mod, scope, caller, Level.APPROVER) as at:
        proposal = await open_proposal(at.work, scope, proposal_id, ProposalState.PENDING)
        heads = await heads_of(at, proposal)
        return await _approve(at, await on_top(at, proposal, heads) if newest else proposal, heads)


async def reject(mod: Moderation, scope: Scope, caller: Caller, proposal_id: str, why: str | None) -> Decided:
    """Closes a proposal without doing what it wants.

    Raises:
        Forbidden, NoSuchProposal, AlreadyDecided, TextTooLong, TextEmpty: nothing changes.
    """
    async with sitting(mod, scope, caller, Level.APPROVER) as at:
        proposal = await open_proposal(at.work, scope, proposal_id, ProposalState.PENDING)
        said = clean(why, limit=REASON_LENGTH) if why and why.strip() else None
        closed = decided(at, replace(proposal, decision=said), ProposalState.REJECTED)
        await at.work.proposals.put(closed)
        return Decided(
            closed, None, await _to_tell(at, closed), await who_of(at.work, scope, [closed.proposer, at.handle])
        )


async def edit(at: Sitting, proposal: Proposal, items: Sequence[Item], documents: Iterable[Document]) -> Decided:
    """A pending proposal in the caller's words: made at once, or waiting for somebody else by the rule of two."""
    cited = {citation.document for item in items for citation in item.entry.citations}
    kept = tuple(each for each in (*proposal.documents, *documents) if each.id in cited)
    fresh = replace(proposal, items=tuple(items), documents=kept, edited_by=at.handle)
    heads = await heads_of(at, fresh)
    if needs_two(at.settings, fresh, heads):
        waiting = await wait(at, fresh)
        return Decided(waiting.proposal, waiting, None, waiting.who)
    return await _approve(at, fresh, heads)


async def apply_on_top(mod: Moderation, scope: Scope, caller: Caller, proposal_id: str) -> Outcome:
    """Applies what the caller typed for an older revision on top of the newest one.

    Raises:
        Forbidden, NoSuchProposal, AlreadyDecided, NothingChanged: nothing changes.
    """
    async with sitting(mod, scope, caller, Level.EDITOR) as at:
        proposal = await open_proposal(at.work, scope, proposal_id, ProposalState.DRAFT)
        if proposal.kind is not ProposalKind.OVERTAKEN or proposal.proposer != at.handle:
            raise NoSuchProposal(proposal_id)
        if len(proposal.items) > 1:  # a file's
            require(caller, at.settings, Level.APPROVER)
        return await submit(at, await on_top(at, proposal, await heads_of(at, proposal)))


async def _approve(at: Sitting, proposal: Proposal, heads: Heads) -> Decided:
    if needs_two(at.settings, proposal, heads):
        await _must_be_anothers(at, proposal)
    outcome = await settle(at, proposal, heads)
    who = await who_of(at.work, at.scope, [proposal.proposer, at.handle])
    if not isinstance(outcome, Applied):
        return Decided(proposal, outcome, None, who)
    made = decided(at, replace(proposal, batch=at.trail.first), ProposalState.APPLIED)
    return Decided(made, outcome, await _to_tell(at, made), who)


async def _must_be_anothers(at: Sitting, proposal: Proposal) -> None:
    """Of somebody who was forgotten nobody knows whether it is the caller, who has a new handle since."""
    whose = proposal.edited_by or proposal.proposer
    if whose == at.handle or await at.work.people.user(at.scope, whose) is None:
        raise OwnProposal(proposal.id)


async def _to_tell(at: Sitting, proposal: Proposal) -> int | None:
    return await at.work.people.user(at.scope, proposal.proposer) if proposal.notify else None
