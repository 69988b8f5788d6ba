"""Files in and out: always a dry run first, then all or nothing; what is exported can be imported anywhere."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from knowledge.model import Document, Entry, Revision, Scope
from knowledge.moderation.context import Moderation, Sitting, looking, sitting
from knowledge.moderation.drafts import known_names
from knowledge.moderation.entries import new_entry_id
from knowledge.moderation.errors import NoSuchProposal
from knowledge.moderation.files import Checked, Format, read_file, rows_to_entries, write_file
from knowledge.moderation.model import Caller, Item, Level, ProposalKind, ProposalState
from knowledge.moderation.outcomes import ImportPlan, Outcome, RowNote
from knowledge.moderation.proposing import make_proposal, open_proposal, submit
from knowledge.ports import Selection
from knowledge.service.context import entries
from knowledge.service.entries import visible_heads

DRAFTS_KEPT = timedelta(days=1)
"""How long a dry run can be applied, and what was typed over a newer version be put on top."""


async def plan_import(mod: Moderation, scope: Scope, caller: Caller, data: bytes) -> ImportPlan:
    """What applying a file would do; it is kept for ``DRAFTS_KEPT``, to be applied as it was seen.

    Raises:
        Forbidden: the caller is no approver.
    """
    taxonomy = (await mod.contexts.of(scope)).taxonomy
    async with looking(mod, scope, caller, Level.APPROVER) as (work, _):
        known = known_names(taxonomy, await work.documents.all(scope))
    checked = await asyncio.to_thread(lambda: rows_to_entries(read_file(data), known))
    async with sitting(mod, scope, caller, Level.APPROVER) as at:
        await at.work.proposals.forget_drafts(at.trail.now - DRAFTS_KEPT)
        return await _plan(at, checked)


async def apply_import(mod: Moderation, scope: Scope, caller: Caller, proposal_id: str) -> Outcome:
    """Applies a dry run, if nothing that it concerns was changed since.

    Raises:
        Forbidden, NoSuchProposal, AlreadyDecided, QuotaReached: nothing changes.
    """
    async with sitting(mod, scope, caller, Level.APPROVER) as at:
        proposal = await open_proposal(at.work, scope, proposal_id, ProposalState.DRAFT)
        if proposal.kind is not ProposalKind.IMPORT:
            raise NoSuchProposal(proposal_id)
        return await submit(at, proposal)


async def export_entries(mod: Moderation, scope: Scope, caller: Caller, form: Format) -> bytes:
    """All entries that the server sees, and the documents they cite; raises Forbidden for who is no approver."""
    async with looking(mod, scope, caller, Level.APPROVER) as (work, _):
        found = await entries(work, scope, Selection(active_only=False))
        cited = {citation.document for entry in found for citation in entry.citations}
        documents = [each for each in await work.documents.all(scope) if each.id in cited]
    return await asyncio.to_thread(write_file, found, documents, form)


async def _plan(at: Sitting, checked: Checked) -> ImportPlan:
    named = [(number, entry if entry.id else replace(entry, id=new_entry_id(at))) for number, entry in checked.entries]
    heads = await visible_heads(at.work, at.scope, [entry.id for _, entry in named])
    added = [(number, entry) for number, entry in named if entry.id not in heads]
    changed = [(number, entry) for number, entry in named if entry.id in heads and heads[entry.id].entry != entry]
    documents = await _new_documents(at, checked.documents)
    items = [_item(entry, heads.get(entry.id)) for _, entry in (*added, *changed)]
    proposal = None
    if items and not checked.faults:
        proposal = make_proposal(at, ProposalKind.IMPORT, items, documents)
        await at.work.proposals.put(proposal)
    return ImportPlan(
        added=[RowNote(number, entry.id, entry.claim) for number, entry in added],
        changed=[RowNote(number, entry.id, entry.claim) for number, entry in changed],
        unchanged=len(named) - len(added) - len(changed),
        faults=checked.faults,
        documents=documents,
        proposal=proposal,
    )


async def _new_documents(at: Sitting, documents: Sequence[Document]) -> list[Document]:
    """Those of the file that the server does not have; what it has stays as it is."""
    known = {each.id for each in await at.work.documents.all(at.scope)}
    return [each for each in documents if each.id not in known]


def _item(entry: Entry, head: Revision | None) -> Item:
    return Item(entry, head.sequence if head else None)
