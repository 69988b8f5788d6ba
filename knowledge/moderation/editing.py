"""What editors do to entries, and what members suggest."""

from dataclasses import replace
from datetime import timedelta

from knowledge.model import Entry, Revision, Scope, Status
from knowledge.moderation.context import Moderation, Sitting, looking, sitting
from knowledge.moderation.drafts import Draft, item_of
from knowledge.moderation.errors import Quota, QuotaReached
from knowledge.moderation.model import (
    REASON_LENGTH,
    Caller,
    Item,
    Level,
    ProposalKind,
    ProposalState,
    Settings,
    Visible,
)
from knowledge.moderation.outcomes import Decided, Outcome, Submitted
from knowledge.moderation.proposing import make_proposal, open_proposal, submit, wait
from knowledge.moderation.reviewing import edit
from knowledge.moderation.text import clean
from knowledge.ports import UnitOfWork
from knowledge.service.entries import near, visible

SUGGESTIONS_A_DAY = 20
"""The most suggestions that a member can make in a server in 24 hours."""
FOUND = 25
"""The most entries that autocomplete offers (Discord's limit)."""


async def find(mod: Moderation, scope: Scope, typed: str) -> list[Revision]:
    """Entries of which the id or words of the claim are being typed; at most ``FOUND``."""
    async with mod.storage.reading() as work:
        return await near(work, scope, typed, FOUND)


async def to_edit(mod: Moderation, scope: Scope, caller: Caller, entry_id: str) -> Visible:
    """An entry as it is, for a form; Forbidden for who is no editor, UnknownName where the server sees none."""
    async with looking(mod, scope, caller, Level.EDITOR) as (work, _):
        return await visible(work, scope, entry_id)


async def may_add(mod: Moderation, scope: Scope, caller: Caller) -> Settings:
    """The server's settings, if the caller is an editor; raises Forbidden otherwise."""
    async with looking(mod, scope, caller, Level.EDITOR) as (_, settings):
        return settings


async def add(mod: Moderation, scope: Scope, caller: Caller, draft: Draft) -> Outcome:
    """Adds an entry to a server's overlay; raises as ``revise`` does."""
    async with sitting(mod, scope, caller, Level.EDITOR) as at:
        item, documents = await item_of(at, draft, None, None)
        proposal = make_proposal(at, ProposalKind.CHANGE, [item], documents, _reason(draft.reason))
        return await submit(at, proposal)


async def revise(mod: Moderation, scope: Scope, caller: Caller, entry_id: str, version: int, draft: Draft) -> Outcome:
    """Makes an entry what a draft says, if it is still the revision with the sequence number ``version``.

    Raises:
        Forbidden, NothingChanged, QuotaReached, and what ``item_of`` raises: nothing changes.
    """
    async with sitting(mod, scope, caller, Level.EDITOR) as at:
        before = await started_from(at.work, scope, entry_id, version)
        item, documents = await item_of(at, draft, before, version)
        proposal = make_proposal(at, ProposalKind.CHANGE, [item], documents, _reason(draft.reason))
        return await submit(at, proposal)


async def set_status(
    mod: Moderation, scope: Scope, caller: Caller, entry_id: str, version: int, status: Status, reason: str
) -> Outcome:
    """Marks an entry as no longer held, as wrongly recorded, or as standing again; raises as ``revise`` does."""
    async with sitting(mod, scope, caller, Level.EDITOR) as at:
        before = await started_from(at.work, scope, entry_id, version)
        why = clean(reason, limit=REASON_LENGTH)
        entry = replace(before, status=status, reason=None if status is Status.ACTIVE else why)
        return await submit(at, make_proposal(at, ProposalKind.CHANGE, [Item(entry, version)], (), why))


async def suggest(
    mod: Moderation, scope: Scope, caller: Caller, draft: Draft, message_url: str | None, *, notify: bool
) -> Submitted:
    """Puts a member's suggestion before the approvers.

    Raises:
        QuotaReached, and what ``item_of`` raises: nothing is kept.
    """
    async with sitting(mod, scope, caller, Level.VIEWER) as at:
        await _within_quota(at)
        item, documents = await item_of(at, draft, None, None)
        proposal = make_proposal(at, ProposalKind.SUGGESTION, [item], documents, _reason(draft.reason))
        return await wait(at, replace(proposal, message_url=message_url, notify=notify))


async def edit_pending(mod: Moderation, scope: Scope, caller: Caller, proposal_id: str, draft: Draft) -> Decided:
    """Puts what waits into the approver's words, and makes it unless the rule of two asks for somebody else.

    Raises:
        Forbidden, NoSuchProposal, AlreadyDecided, and what ``item_of`` raises: nothing changes.
    """
    async with sitting(mod, scope, caller, Level.APPROVER) as at:
        proposal = await open_proposal(at.work, scope, proposal_id, ProposalState.PENDING)
        old = proposal.items[0]
        item, documents = await item_of(at, draft, old.entry, old.version, proposal.documents)
        return await edit(at, proposal, [item], documents)


async def started_from(work: UnitOfWork, scope: Scope, entry_id: str, version: int) -> Entry:
    """The content of the revision that a form started from, or the newest where that one is gone."""
    steps = await work.revisions.history(scope, entry_id)
    found = next((step.entry for step in steps if step.sequence == version), None)
    return found or (await visible(work, scope, entry_id)).revision.entry


async def _within_quota(at: Sitting) -> None:
    since = at.trail.now - timedelta(days=1)
    made = await at.work.proposals.made_since(at.scope, at.handle, ProposalKind.SUGGESTION, since)
    if made >= SUGGESTIONS_A_DAY:
        raise QuotaReached(Quota.SUGGESTIONS, SUGGESTIONS_A_DAY)


def _reason(typed: str) -> str | None:
    return clean(typed, limit=REASON_LENGTH) if typed.strip() else None
