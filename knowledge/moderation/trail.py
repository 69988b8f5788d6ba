"""Writes the audit trail: the changes of one person in one transaction are one batch, which is undone as one."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from knowledge.model import Action, Scope
from knowledge.moderation.chain import START, link_of
from knowledge.moderation.model import JSON, Change, Subject
from knowledge.ports import UnitOfWork


@dataclass
class Trail:
    """A batch that is being written. Hold it no longer than its transaction."""

    work: UnitOfWork
    scope: Scope
    actor: str
    now: datetime
    position: int
    link: str
    first: int = field(init=False)
    changes: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first = self.position + 1

    async def add(
        self,
        subject: Subject,
        key: str,
        action: Action,
        *,
        before: JSON | None = None,
        after: JSON | None = None,
        number: int = 0,
        previous: int | None = None,
        reason: str | None = None,
    ) -> Change:
        """Adds a change behind the last one of the scope and returns it."""
        change = Change(
            scope=self.scope,
            position=self.position + 1,
            batch=self.first,
            subject=subject,
            key=key,
            action=action,
            actor=self.actor,
            recorded_at=self.now,
            number=number,
            previous=previous,
            before=before,
            after=after,
            reason=reason,
        )
        linked = replace(change, link=link_of(change, self.link))
        await self.work.changes.append(linked)
        self.position, self.link = linked.position, linked.link
        self.changes.append(linked)
        return linked


async def open_trail(work: UnitOfWork, scope: Scope, actor: str, now: datetime) -> Trail:
    """A batch behind the last change of the scope; nobody else can add one until the transaction ends.

    It goes on from what is remembered beside the trail: if the trail's end was cut off, the gap stays to be seen.
    """
    position, link = await work.changes.head(scope) or (0, START)
    return Trail(work, scope, actor, now, position, link)
