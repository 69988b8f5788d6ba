"""A server of the two valleys with its moderators, on a store and with a clock that the test sets."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import count

from knowledge.model import Kind, Scope
from knowledge.moderation.context import Moderation
from knowledge.moderation.drafts import Draft
from knowledge.moderation.model import Caller
from knowledge.moderation.service import ModerationService
from knowledge.moderation.vocabulary import load_additions
from knowledge.ports import Storage
from knowledge.requests import EntryHistoryRequest, EntryRequest, PositionRequest
from knowledge.service import KnowledgeService
from knowledge.service.context import Context, make_context
from knowledge.service.scoped import ScopedContexts
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import LETTER, SERVER, TAXONOMY, TREATY, WEDNESDAY

EDITORS, APPROVERS = 501, 502
ANN = Caller(11, frozenset({EDITORS}))
BOB = Caller(12, frozenset({EDITORS, APPROVERS}))
CLEO = Caller(13)
DANA = Caller(14, manages=True)
EVE = Caller(15, frozenset({APPROVERS}))

DRAFT = Draft(
    claim="Uplands demands two meters of water.",
    sources="River gazette | https://gazette.example/1 | 2026-11",
    said="2026-11-17",
    act="demand",
    party="uplands",
    topic="water",
)


@dataclass
class Office:
    """Both services on one store, as one process has them."""

    storage: Storage = field(default_factory=MemoryStorage)
    now: datetime = WEDNESDAY
    ids: "count[int]" = field(default_factory=lambda: count(1))
    context: Context = field(init=False)
    knowledge: KnowledgeService = field(init=False)
    moderation: ModerationService = field(init=False)

    def __post_init__(self) -> None:
        self.context = make_context(self.storage, TAXONOMY, [TREATY, LETTER], lambda: self.now)
        self.restart()

    def restart(self) -> None:
        """A new process on the same store."""
        contexts = ScopedContexts(self.context, partial(load_additions, self.storage))
        mod = Moderation(self.storage, contexts, lambda: self.now, self._new_id)
        self.knowledge = KnowledgeService(self.context, contexts)
        self.moderation = ModerationService(mod)

    async def set_roles(self, scope: Scope = SERVER, **others: str) -> None:
        """Gives the server its roles."""
        values: dict[str, int | str | None] = {"editor_role": EDITORS, "approver_role": APPROVERS, **others}
        await self.moderation.change_settings(scope, DANA, values)

    async def told(self, party: str = "uplands", topic: str = "water", scope: Scope = SERVER) -> list[str]:
        """The claims that a member of a server is answered."""
        answer = await self.knowledge.answer(PositionRequest(party, topic), scope)
        return [entry.claim for entry in answer.claims]  # type: ignore[union-attr]  # a position was asked

    async def version(self, entry_id: str, scope: Scope = SERVER) -> int:
        """The revision that a form would start from."""
        answer = await self.knowledge.answer(EntryRequest(entry_id), scope)
        return answer.revision.sequence  # type: ignore[union-attr]  # an entry was asked

    async def steps(self, entry_id: str, scope: Scope = SERVER) -> list[tuple[str, str | None]]:
        """What was done to an entry and why, the oldest first."""
        answer = await self.knowledge.answer(EntryHistoryRequest(entry_id), scope)
        return [(step.action.value, step.reason) for step in answer.revisions]  # type: ignore[union-attr]

    def _new_id(self, length: int) -> str:
        return str(next(self.ids)).rjust(length, "0")


def draft(claim: str, **fields: str) -> Draft:
    """The draft of a stance of the uplands on water."""
    return replace(DRAFT, claim=claim, **{"kind": Kind.STANCE.value, **fields})
