"""The values of briefings: who subscribed to what, and what became of each slot."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from knowledge.briefing.cadence import Schedule
from knowledge.model import Scope

ID_LENGTH = 8
"""The characters of a subscription's id."""


class WhenQuiet(StrEnum):
    """What a channel gets when nothing has changed."""

    SILENT = "silent"
    LINE = "line"


class SubscriptionState(StrEnum):
    """Whether slots come due."""

    ACTIVE = "active"
    PAUSED = "paused"
    """By a moderator."""
    STOPPED = "stopped"
    """Because the channel cannot be posted in; ``reason`` says why."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel's wish to be told what changed.

    ``parties`` and ``topics`` are slugs, empty for all. ``role`` is pinged. ``publish`` crossposts from an announcement
    channel. ``cursor`` is the sequence number up to which the channel has been told. ``next_slot`` is UTC, None while
    it is not active, and for a subscription on change until something has changed. ``note`` says why the last slot was
    not posted.
    """

    id: str
    scope: Scope
    channel: int
    schedule: Schedule
    cursor: int
    created_at: datetime
    parties: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    role: int | None = None
    when_quiet: WhenQuiet = WhenQuiet.SILENT
    publish: bool = False
    state: SubscriptionState = SubscriptionState.ACTIVE
    next_slot: datetime | None = None
    reason: str | None = None
    note: str | None = None


class DeliveryKind(StrEnum):
    """Why there is a delivery."""

    SCHEDULED = "scheduled"
    CHANGE = "change"
    MANUAL = "manual"


class DeliveryState(StrEnum):
    """How far a delivery is; ``docs/briefings.md`` has a picture."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    """A process works on it, until its lease ends."""
    DONE = "done"
    QUIET = "quiet"
    """There was nothing to tell, and the channel wants no line."""
    FAILED = "failed"
    """It was not published, and a moderator is told; its content goes into the next one."""
    SKIPPED = "skipped"
    """It was missed while nobody ran; its content goes into the next one."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One slot of a subscription.

    It tells the revisions after ``since`` up to ``upto`` (sequence numbers), frozen when it is first claimed, so that
    whoever goes on after a crash tells the same. ``parts`` are the ids of the messages sent so far, in order, of
    ``total``; ``thread`` is the post made in a forum. ``touched_at`` is when somebody last tried to send; ``retry_at``
    when to try again. ``told`` says that a moderator knows of the failure.
    """

    subscription: str
    scope: Scope
    slot: datetime
    kind: DeliveryKind
    state: DeliveryState = DeliveryState.PLANNED
    delayed: bool = False
    worker: str | None = None
    lease_until: datetime | None = None
    since: int | None = None
    upto: int | None = None
    total: int | None = None
    parts: tuple[int, ...] = ()
    thread: int | None = None
    attempts: int = 0
    touched_at: datetime | None = None
    retry_at: datetime | None = None
    finished_at: datetime | None = None
    error: str | None = None
    told: bool = True
