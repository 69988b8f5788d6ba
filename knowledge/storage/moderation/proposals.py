"""Proposals in SQL."""

from datetime import datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.codec import document_from_dict, document_to_dict, entry_from_dict, entry_to_dict
from knowledge.model import Scope
from knowledge.moderation.model import Item, Proposal, ProposalKind, ProposalState
from knowledge.storage.tables import ProposalRow


class SqlProposals:
    """``knowledge.moderation.ports.Proposals`` on a session."""

    def __init__(self, session: AsyncSession, writes: bool) -> None:
        self._session = session
        self._writes = writes

    async def get(self, scope: Scope, proposal_id: str) -> Proposal | None:
        """See the port."""
        lock = True if self._writes else None
        row = await self._session.get(ProposalRow, (scope.id, proposal_id), with_for_update=lock)
        return _from_row(row) if row else None

    async def put(self, proposal: Proposal) -> None:
        """See the port."""
        await self._session.merge(_to_row(proposal))
        await self._session.flush()

    async def pending(self, scope: Scope, limit: int) -> list[Proposal]:
        """See the port."""
        waiting = _of(scope).where(ProposalRow.state == ProposalState.PENDING.value).limit(limit)
        return [_from_row(row) for row in await self._session.scalars(waiting)]

    async def made_since(self, scope: Scope, proposer: str, kind: ProposalKind, moment: datetime) -> int:
        """See the port."""
        statement = select(func.count()).where(
            ProposalRow.scope == scope.id,
            ProposalRow.proposer == proposer,
            ProposalRow.kind == kind.value,
            ProposalRow.created_at >= moment,
        )
        return await self._session.scalar(statement) or 0

    async def by(self, scope: Scope, proposer: str) -> list[Proposal]:
        """See the port."""
        theirs = _of(scope).where(ProposalRow.proposer == proposer)
        return [_from_row(row) for row in await self._session.scalars(theirs)]

    async def forget_drafts(self, before: datetime) -> None:
        """See the port."""
        drafts = delete(ProposalRow).where(ProposalRow.state == ProposalState.DRAFT.value)
        await self._session.execute(drafts.where(ProposalRow.created_at < before))


def _of(scope: Scope) -> Select[ProposalRow]:
    """The oldest first."""
    return select(ProposalRow).where(ProposalRow.scope == scope.id).order_by(ProposalRow.created_at, ProposalRow.id)


def _to_row(proposal: Proposal) -> ProposalRow:
    return ProposalRow(
        scope=proposal.scope.id,
        id=proposal.id,
        kind=proposal.kind.value,
        state=proposal.state.value,
        items=[{"version": item.version, "entry": entry_to_dict(item.entry)} for item in proposal.items],
        proposer=proposal.proposer,
        created_at=proposal.created_at,
        documents=[document_to_dict(each) for each in proposal.documents],
        reason=proposal.reason,
        message_url=proposal.message_url,
        notify=proposal.notify,
        edited_by=proposal.edited_by,
        decided_by=proposal.decided_by,
        decided_at=proposal.decided_at,
        decision=proposal.decision,
        batch=proposal.batch,
    )


def _from_row(row: ProposalRow) -> Proposal:
    return Proposal(
        id=row.id,
        scope=Scope(row.scope),
        kind=ProposalKind(row.kind),
        state=ProposalState(row.state),
        items=tuple(Item(entry_from_dict(each["entry"]), each["version"]) for each in row.items),
        proposer=row.proposer,
        created_at=row.created_at,
        documents=tuple(document_from_dict(each) for each in row.documents),
        reason=row.reason,
        message_url=row.message_url,
        notify=row.notify,
        edited_by=row.edited_by,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision=row.decision,
        batch=row.batch,
    )
