"""From what a moderator wants to what becomes of it: made at once, waiting for a second person, or overtaken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace

from knowledge.model import Document, Entry, Revision, Scope
from knowledge.moderation.context import Sitting
from knowledge.moderation.entries import write
from knowledge.moderation.errors import AlreadyDecided, NoSuchProposal, Quota, QuotaReached
from knowledge.moderation.model import Item, Proposal, ProposalKind, ProposalState, Settings, TwoPerson
from knowledge.moderation.outcomes import Applied, Outcome, Overtaken, Submitted
from knowledge.moderation.people import who_of
from knowledge.ports import UnitOfWork
from knowledge.service.entries import visible, visible_heads

MOST_PENDING = 500
"""The most proposals of a server that wait for approval."""
Heads = Mapping[str, Revision]


def make_proposal(
    at: Sitting,
    kind: ProposalKind,
    items: Sequence[Item],
    documents: Iterable[Document] = (),
    reason: str | None = None,
) -> Proposal:
    """A draft of the caller's, not stored yet."""
    return Proposal(
        id=at.mod.new_id(10),
        scope=at.scope,
        kind=kind,
        state=ProposalState.DRAFT,
        items=tuple(items),
        proposer=at.handle,
        created_at=at.trail.now,
        documents=tuple(documents),
        reason=reason,
    )


async def submit(at: Sitting, proposal: Proposal) -> Outcome:
    """Makes what a draft wants, or lets it wait for a second person, or keeps it where it was overtaken.

    Raises:
        NothingChanged, QuotaReached: nothing is kept.
    """
    heads = await heads_of(at, proposal)
    if not is_overtaken(proposal, heads) and needs_two(at.settings, proposal, heads):
        return await wait(at, replace(proposal, kind=ProposalKind.CHANGE))
    return await settle(at, proposal, heads)


async def wait(at: Sitting, proposal: Proposal) -> Submitted:
    """Puts a proposal before the approvers; QuotaReached where too many wait already."""
    if len(await at.work.proposals.pending(at.scope, MOST_PENDING)) >= MOST_PENDING:
        raise QuotaReached(Quota.PENDING, MOST_PENDING)
    pending = replace(proposal, state=ProposalState.PENDING)
    await at.work.proposals.put(pending)
    who = await who_of(at.work, at.scope, [pending.proposer, pending.edited_by])
    return Submitted(pending, at.settings, who, await heads_of(at, pending))


async def settle(at: Sitting, proposal: Proposal, heads: Heads) -> Applied | Overtaken:
    """Makes what a proposal wants; where an entry was changed since, nothing, and the proposal is kept."""
    if is_overtaken(proposal, heads):
        return await _keep(at, proposal, heads)
    await write(at, proposal.items, proposal.documents, proposal.reason)
    stored = await at.work.proposals.get(at.scope, proposal.id)
    if stored is not None:
        await at.work.proposals.put(decided(at, replace(proposal, batch=at.trail.first), ProposalState.APPLIED))
    return Applied(tuple(at.trail.changes), at.settings, await who_of(at.work, at.scope, [at.handle]))


def decided(at: Sitting, proposal: Proposal, state: ProposalState) -> Proposal:
    """The proposal as the caller has decided it."""
    return replace(proposal, state=state, decided_by=at.handle, decided_at=at.trail.now)


async def on_top(at: Sitting, proposal: Proposal, heads: Heads) -> Proposal:
    """The same wish, starting from what the entries are now: what was typed replaces those fields, others stay."""
    items = [await _rebased(at, item, heads.get(item.entry.id)) for item in proposal.items]
    return replace(proposal, items=tuple(items))


def is_overtaken(proposal: Proposal, heads: Heads) -> bool:
    """Whether an entry was changed since a proposal started from it."""
    return _late(proposal, heads) is not None


def needs_two(settings: Settings, proposal: Proposal, heads: Heads) -> bool:
    """Whether the server's rule asks for the approval of a second person."""
    if settings.two_person is TwoPerson.CONTESTED:
        before = [heads[item.entry.id].entry for item in proposal.items if item.entry.id in heads]
        return any(entry.contested for entry in [*before, *(item.entry for item in proposal.items)])
    return settings.two_person is TwoPerson.ALL


async def heads_of(at: Sitting, proposal: Proposal) -> Heads:
    """What the entries of a proposal are now, by id."""
    return await visible_heads(at.work, at.scope, [item.entry.id for item in proposal.items])


async def open_proposal(work: UnitOfWork, scope: Scope, proposal_id: str, state: ProposalState) -> Proposal:
    """A proposal in this state.

    Raises:
        NoSuchProposal, AlreadyDecided: there is none, or it is in another state.
    """
    proposal = await work.proposals.get(scope, proposal_id)
    if proposal is None:
        raise NoSuchProposal(proposal_id)
    if proposal.state is not state:
        raise AlreadyDecided(proposal, await who_of(work, scope, [proposal.decided_by]))
    return proposal


def _late(proposal: Proposal, heads: Heads) -> Item | None:
    for item in proposal.items:
        head = heads.get(item.entry.id)
        if (head.sequence if head else None) != item.version:
            return item
    return None


async def _keep(at: Sitting, proposal: Proposal, heads: Heads) -> Overtaken:
    """A proposal that waits stays as it is; a draft becomes one that can be applied on top."""
    kept = proposal if proposal.state is ProposalState.PENDING else replace(proposal, kind=ProposalKind.OVERTAKEN)
    await at.work.proposals.put(kept)
    late = _late(proposal, heads) or proposal.items[0]
    newer = await visible(at.work, at.scope, late.entry.id)
    rebased = await _rebased(at, late, newer.revision)
    return Overtaken(newer, kept, rebased.entry, await who_of(at.work, at.scope, [kept.proposer, newer.revision.actor]))


async def _rebased(at: Sitting, item: Item, head: Revision | None) -> Item:
    if head is None:
        return replace(item, version=None)
    steps = await at.work.revisions.history(at.scope, item.entry.id)
    base = next((step.entry for step in steps if step.sequence == item.version), head.entry)
    return Item(merged(base, item.entry, head.entry), head.sequence)


def merged(base: Entry, typed: Entry, newest: Entry) -> Entry:
    """The newest entry with all that was typed into its base."""
    names = [each.name for each in fields(Entry)]
    return replace(
        newest, **{name: getattr(typed, name) for name in names if getattr(typed, name) != getattr(base, name)}
    )
