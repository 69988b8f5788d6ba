"""What servers keep, wait for and who works there, in the fake store."""

from datetime import datetime

from knowledge.model import Scope
from knowledge.moderation.model import Proposal, ProposalKind, ProposalState, Record, Subject
from tests.fakes.storage.tables import Tables, stored


class MemoryRecords:
    """``knowledge.moderation.ports.Records``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, scope: Scope, subject: Subject, key: str) -> Record | None:
        """See the port."""
        return self._tables.records.get((scope, subject, key))

    async def all(self, scope: Scope) -> list[Record]:
        """See the port."""
        found = [each for each in self._tables.records.values() if each.scope == scope]
        return sorted(found, key=lambda each: (each.subject, each.key))

    async def put(self, record: Record) -> None:
        """See the port."""
        kept = Record(record.scope, record.subject, record.key, stored(record.content))
        self._tables.records[record.scope, record.subject, record.key] = kept

    async def remove(self, scope: Scope, subject: Subject, key: str) -> None:
        """See the port."""
        self._tables.records.pop((scope, subject, key), None)


class MemoryProposals:
    """``knowledge.moderation.ports.Proposals``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, scope: Scope, proposal_id: str) -> Proposal | None:
        """See the port."""
        return self._tables.proposals.get((scope, proposal_id))

    async def put(self, proposal: Proposal) -> None:
        """See the port."""
        self._tables.proposals[proposal.scope, proposal.id] = proposal

    async def pending(self, scope: Scope, limit: int) -> list[Proposal]:
        """See the port."""
        return [each for each in self._of(scope) if each.state is ProposalState.PENDING][:limit]

    async def made_since(self, scope: Scope, proposer: str, kind: ProposalKind, moment: datetime) -> int:
        """See the port."""
        theirs = await self.by(scope, proposer)
        return sum(each.kind is kind and each.created_at >= moment for each in theirs)

    async def by(self, scope: Scope, proposer: str) -> list[Proposal]:
        """See the port."""
        return [each for each in self._of(scope) if each.proposer == proposer]

    async def forget_drafts(self, before: datetime) -> None:
        """See the port."""
        self._tables.proposals = {
            key: each
            for key, each in self._tables.proposals.items()
            if each.state is not ProposalState.DRAFT or each.created_at >= before
        }

    def _of(self, scope: Scope) -> list[Proposal]:
        found = [each for each in self._tables.proposals.values() if each.scope == scope]
        return sorted(found, key=lambda each: (each.created_at, each.id))


class MemoryPeople:
    """``knowledge.moderation.ports.People``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def handle(self, scope: Scope, user: int) -> str | None:
        """See the port."""
        return self._tables.people.get((scope, user))

    async def add(self, scope: Scope, user: int, handle: str) -> None:
        """See the port."""
        if (scope, user) in self._tables.people or await self.user(scope, handle) is not None:
            raise ValueError(f"the handle {handle} is taken, or the user has one already")
        self._tables.people[scope, user] = handle

    async def user(self, scope: Scope, handle: str) -> int | None:
        """See the port."""
        known = self._tables.people.items()
        return next((user for (where, user), name in known if (where, name) == (scope, handle)), None)

    async def handles(self, user: int) -> dict[Scope, str]:
        """See the port."""
        return {scope: handle for (scope, who), handle in self._tables.people.items() if who == user}

    async def forget(self, scope: Scope, user: int) -> None:
        """See the port."""
        self._tables.people.pop((scope, user), None)
